import { isObject } from '../../model/is-object.js';
import { GitHubError } from './github-error.js';
import type { GitHub } from './github.js';

/** What code scanning has of a category. */
export interface StoredAnalyses {
  /** When the last upload was stored, in milliseconds since 1970; undefined: there was none. */
  readonly latest: number | undefined;
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
  for (let page = 1; page <= mostPages; page += 1) {
    const analyses = await pageOf(github, ref, page);
    const ours = analyses.filter((it) => withoutSlash(it.category) === wanted).map((it) => it.createdAt);
    if (ours.length > 0) return { latest: Math.max(...ours) };
    if (analyses.length < pageSize) return { latest: undefined };
  }
  throw new GitHubError(`code scanning lists more than ${mostPages * pageSize} analyses of other categories`);
}

interface Analysis {
  readonly category: string;
  readonly createdAt: number;
}

/** The newest come first. */
async function pageOf(github: GitHub, ref: string, page: number): Promise<readonly Analysis[]> {
  const query = {
    tool_name: 'Trailproof',
    ref,
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
    const createdAt = Date.parse(entry['created_at']);
    const category = typeof entry['category'] === 'string' ? entry['category'] : '';
    if (!Number.isNaN(createdAt)) return { createdAt, category };
  }
  throw new GitHubError('GitHub answered code-scanning/analyses with an analysis that has no time');
}

/** A category is said with the slash that ends it in SARIF, or without. */
function withoutSlash(category: string): string {
  return category.replace(/\/+$/, '');
}
