import { isObject } from '../../model/is-object.js';
import { GitHubError } from './github-error.js';
import type { GitHub } from './github.js';

/** An upload, as code scanning lists it. */
export interface Analysis {
  /** Without the slash that ends it in SARIF. */
  readonly category: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** How many results it holds; undefined where GitHub does not say. */
  readonly results: number | undefined;
  /** Workflow and job that uploaded it, as `.github/workflows/scan.yml:scan`; empty where GitHub does not say. */
  readonly key: string;
  /** The values of the matrix of that job, as JSON; empty where GitHub does not say. */
  readonly environment: string;
  /** That it is stored under, such as `refs/heads/main`. */
  readonly ref: string;
}

/** What code scanning has of a category. */
export interface StoredAnalyses {
  /** The last upload; undefined: there was none. */
  readonly latest: Analysis | undefined;
  /** Its category's uploads, newest first, as far as they were read. */
  readonly ours: readonly Analysis[];
  /** The newest upload of each other category that was seen on the way. */
  readonly others: readonly Analysis[];
}

const pageSize = 100;
/** Years of daily uploads. Beyond it, nobody can tell whether there was one of this category. */
const mostPages = 20;

/**
 * The last upload of a category on a branch.
 *
 * @param category as SARIF says it, with or without the slash at its end
 * @param ref such as `refs/heads/main`
 * @throws GitHubError when nobody can tell.
 */
export async function latestAnalysis(github: GitHub, ref: string, category: string): Promise<StoredAnalyses> {
  const wanted = withoutSlash(category);
  const others = new Map<string, Analysis>();
  for (let page = 1; page <= mostPages; page += 1) {
    const analyses = (await pageOf(github, ref, page)).toSorted((a, b) => b.createdAt - a.createdAt);
    const ours = analyses.filter((it) => it.category === wanted);
    for (const it of analyses) {
      if (it.category !== wanted && !others.has(it.category)) others.set(it.category, it);
    }
    const [latest] = ours;
    const isLast = analyses.length < pageSize;
    if (latest !== undefined || isLast) return { latest, ours, others: [...others.values()] };
  }
  throw new GitHubError(`code scanning lists more than ${mostPages * pageSize} analyses of other categories`);
}

/**
 * The branches that uploads of a category are stored under, the newest upload first, as far as one page tells.
 *
 * @throws GitHubError when nobody can tell.
 */
export async function branchesOf(github: GitHub, category: string): Promise<readonly string[]> {
  const wanted = withoutSlash(category);
  const analyses = (await pageOf(github, undefined, 1)).toSorted((a, b) => b.createdAt - a.createdAt);
  const refs = analyses.filter((it) => it.category === wanted).map((it) => it.ref);
  return [...new Set(refs)].flatMap((it) => (/^refs\/heads\/(?!gh-readonly-queue\/)/.test(it) ? [it] : []));
}

/** The newest come first. */
async function pageOf(github: GitHub, ref: string | undefined, page: number): Promise<readonly Analysis[]> {
  const query = {
    tool_name: 'Trailproof',
    ...(ref === undefined ? {} : { ref }),
    sort: 'created',
    direction: 'desc',
    per_page: String(pageSize),
    page: String(page),
  };
  let answer: unknown;
  try {
    answer = await github.get('code-scanning/analyses', query);
  } catch (error) {
    // GitHub's way to say that the list is empty. Any other 404 is a repository that the token may not see.
    if (error instanceof GitHubError && error.status === 404 && /no analysis found/i.test(error.message)) return [];
    throw error;
  }
  if (!Array.isArray(answer)) throw new GitHubError('GitHub answered code-scanning/analyses with no list');
  return answer.map(analysis);
}

function analysis(entry: unknown): Analysis {
  if (isObject(entry) && typeof entry['created_at'] === 'string') {
    const { created_at: created, category, results_count: count, analysis_key: key, environment, ref } = entry;
    const createdAt = Date.parse(created);
    if (!Number.isNaN(createdAt)) {
      return {
        createdAt,
        category: typeof category === 'string' ? withoutSlash(category) : '',
        results: typeof count === 'number' ? count : undefined,
        key: typeof key === 'string' ? key : '',
        environment: typeof environment === 'string' ? environment : '',
        ref: typeof ref === 'string' ? ref : '',
      };
    }
  }
  throw new GitHubError('GitHub answered code-scanning/analyses with an analysis that has no time');
}

/** A category is said with the slash that ends it in SARIF, or without. */
function withoutSlash(category: string): string {
  return category.replace(/\/+$/, '');
}
