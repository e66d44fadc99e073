import type { Results } from '../../model/results.js';
import { latestAnalysis } from '../github/analyses.js';
import { artifactsNamed, downloadArtifact, type Artifact } from '../github/artifacts.js';
import { GitHubError } from '../github/github-error.js';
import type { GitHub } from '../github/github.js';
import { keptResults, type RunInQuestion } from './kept-results.js';

/** What came before a run in code scanning. */
export type Earlier =
  /** Nothing is stored: nothing can close. */
  | { readonly is: 'first' }
  | { readonly is: 'found'; readonly results: Results; readonly runId: number }
  /** Something is, or may be, and what it was cannot be had: nothing is to be uploaded. */
  | { readonly is: 'lost'; readonly reason: string };

/** Where to look. */
export interface Place {
  /** That uploads are stored under, such as `refs/heads/main`. */
  readonly ref: string;
  /** That runs are of, such as `main`. */
  readonly branch: string;
  /** The name of the artifact that each run keeps its reports in. */
  readonly artifact: string;
}

/** Each costs a download; that many in a row are no accident any more. */
const mostDownloads = 10;

/**
 * Finds what code scanning shows before a run: it asks when the category was uploaded last, then looks for the results
 * that were kept since.
 *
 * @returns `lost` also where GitHub does not answer. Cancelling throws an InterruptedError.
 */
export async function findEarlier(github: GitHub, place: Place, run: RunInQuestion): Promise<Earlier> {
  let asked = 'security-events: read';
  try {
    const { latest } = await latestAnalysis(github, place.ref, run.category);
    if (latest === undefined) return { is: 'first' };
    asked = 'actions: read';
    const artifacts = await artifactsNamed(github, place.artifact, place.branch);
    // The report was uploaded, then kept: what is older does not know of that upload.
    const since = artifacts.filter((it) => it.createdAt >= latest);
    return await newestOf(github, since, run, place);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const advice = error.status === 403 || error.status === 404 ? ` Does the job have the permission ${asked}?` : '';
    return { is: 'lost', reason: `what was uploaded before cannot be read: ${error.message}.${advice}` };
  }
}

async function newestOf(
  github: GitHub,
  artifacts: readonly Artifact[],
  run: RunInQuestion,
  { artifact: name }: Place,
): Promise<Earlier> {
  const there = artifacts.filter((it) => !it.isExpired);
  const reasons: string[] = [];
  for (const artifact of there.slice(0, mostDownloads)) {
    const kept = await keptResults(await downloadArtifact(github, artifact), run);
    if (kept.is === 'results') return { is: 'found', results: kept.results, runId: artifact.runId };
    reasons.push(`artifact ${artifact.id}: ${kept.reason}`);
  }
  const [first] = reasons;
  const expired = artifacts.length > there.length;
  const why = first ?? (expired ? 'they have expired' : 'no run has kept any since');
  return { is: 'lost', reason: `the results of the last upload are not in the artifact ${name} (${why})` };
}
