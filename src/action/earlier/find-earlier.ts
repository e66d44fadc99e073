import { isObject } from '../../model/is-object.js';
import type { Results } from '../../model/results.js';
import { shortened } from '../../text/printable.js';
import { branchesOf, latestAnalysis, type Analysis, type StoredAnalyses } from '../github/analyses.js';
import { artifactsNamed, downloadArtifact, type Artifact } from '../github/artifacts.js';
import { GitHubError } from '../github/github-error.js';
import type { GitHub } from '../github/github.js';
import { believed, type ThisRun } from './believed-run.js';
import { isRef } from '../github/workflow-runs.js';
import { keptResults, type RunInQuestion } from './kept-results.js';

/** What came before a run in code scanning. */
export type Earlier =
  /** Nothing is stored: nothing can close. `beside` is another category of the same organization that has alerts. */
  | { readonly is: 'first'; readonly beside?: string }
  | { readonly is: 'found'; readonly results: Results; readonly runId: number }
  /** Something is, or may be, and what it was cannot be had: only a run that evaluated everything may replace it. */
  | { readonly is: 'lost'; readonly reason: string }
  /** Another scan uploads under the same id: they would close each other's alerts. */
  | { readonly is: 'shared'; readonly reason: string }
  /** The repository has no code scanning: there is nothing to upload to. */
  | { readonly is: 'off'; readonly reason: string };

/** Where to look. */
export interface Place {
  /** That uploads are stored under, such as `refs/heads/main`. */
  readonly ref: string;
  /** The name of the artifact that each run keeps its reports in. */
  readonly artifact: string;
  readonly run: ThisRun;
}

/** Each costs a download; that many in a row are no accident any more. */
const mostDownloads = 20;

/**
 * Finds what code scanning shows before a run: it asks when the category was uploaded last, then looks for the results
 * that were kept since.
 *
 * @returns `lost` also where GitHub does not answer. Cancelling throws an InterruptedError.
 */
export async function findEarlier(github: GitHub, place: Place, run: RunInQuestion): Promise<Earlier> {
  let asked = 'security-events: read';
  try {
    const stored = await latestAnalysis(github, place.ref, run.category);
    const { latest } = stored;
    if (latest === undefined) {
      const before = await branchBefore(github, place.ref, run.category);
      if (before === undefined) return { is: 'first', ...besideOf(stored, run.category) };
      return {
        is: 'lost',
        reason: `what was uploaded before is of ${before}, which is gone: this branch is a new one`,
      };
    }
    const other = otherUploader(stored, place.run) ?? matrixJobs(stored);
    if (other !== undefined) return { is: 'shared', reason: other };
    asked = 'actions: read';
    const named = { artifact: place.artifact, branch: place.run.branch };
    // The report was uploaded, then kept: what is older does not know of that upload.
    const since = await artifactsNamed(github, named, latest.createdAt);
    return await newestOf(github, since, run, place, latest);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    if (isOff(error)) return { is: 'off', reason: error.message };
    const advice = isPermission(error) ? ` Does the job have the permission ${asked}?` : '';
    return { is: 'lost', reason: `what was uploaded before cannot be read: ${error.message}.${advice}` };
  }
}

/** A refusal that another token would not get. A limit, or a list of addresses, refuses with 403 as well. */
function isPermission({ message, status }: GitHubError): boolean {
  return (status === 403 || status === 404) && !/rate limit|abuse detection|IP allow list/i.test(message);
}

/**
 * The branch that a default branch was called before: a list of alerts is that of the default branch, and what cannot be
 * read now would be missing from it.
 */
async function branchBefore(github: GitHub, ref: string, category: string): Promise<string | undefined> {
  const other = (await branchesOf(github, category)).find((it) => it !== ref);
  if (other === undefined) return undefined;
  const repository = await github.get('', {});
  const isDefault = isObject(repository) && ref === `refs/heads/${String(repository['default_branch'])}`;
  return isDefault && !(await isRef(github, other)) ? other : undefined;
}

/**
 * GitHub's answers for a repository without code scanning: private, and without Code Security, or switched off.
 * https://docs.github.com/code-security/reference/code-scanning/troubleshoot-analysis-errors/advanced-security-must-be-enabled
 */
function isOff({ message, status }: GitHubError): boolean {
  return (
    (status === 403 || status === 404) &&
    /(code security|advanced security) must be enabled|code scanning is not enabled|not enabled for code scanning/i.test(
      message,
    )
  );
}

/** The last upload of another scan of the same organization. */
function besideOf({ others }: StoredAnalyses, category: string): { readonly beside?: string } {
  const owner = (it: string): string => it.replace(/\/+$/, '').replace(/^.*\//, '');
  const beside = others.find((it) => owner(it.category) === owner(category));
  return beside === undefined ? {} : { beside: beside.category };
}

/**
 * Where two workflows or jobs upload under one category in turn, each closes the alerts of the other. A workflow that
 * was renamed is not taken for another one: this one has uploaded nothing before.
 */
function otherUploader({ ours, latest }: StoredAnalyses, { workflow, job }: ThisRun): string | undefined {
  const own = `${workflow}:${job}`;
  if (workflow === '' || job === '' || latest === undefined || latest.key === '' || latest.key === own)
    return undefined;
  if (!ours.some(({ key }) => key === own)) return undefined;
  return `${latest.key} uploads under the id of this scan, too, and this is ${own}: each would close the alerts of the other`;
}

/** A switch or two is a matrix that was changed, and perhaps changed back. */
const mostSwitches = 2;
const lastUploads = 6;

/** Jobs of one matrix have one name. Where they upload under one category, the values of the matrix take turns. */
function matrixJobs({ ours, latest }: StoredAnalyses): string | undefined {
  const values = ours.filter(({ key }) => key === latest?.key).map(({ environment }) => environment);
  const last = values.slice(0, lastUploads);
  const switches = last.filter((it, index) => index > 0 && it !== last[index - 1]);
  if (switches.length <= mostSwitches) return undefined;
  const two = [...new Set(last)].slice(0, 2).map((it) => shortened(it === '' ? 'none' : it, 60));
  return `jobs of a matrix (${two.join(' and ')}) upload under the id of this scan in turn: each would close the alerts of the other`;
}

async function newestOf(
  github: GitHub,
  artifacts: readonly Artifact[],
  run: RunInQuestion,
  { artifact: name, run: now }: Place,
  latest: Analysis,
): Promise<Earlier> {
  const there = artifacts.filter((it) => !it.isExpired);
  const oldest = artifacts.at(-1);
  const reasons: string[] = [];
  for (const artifact of there.slice(0, mostDownloads)) {
    const belief = await believed(github, artifact, now);
    if (belief.is === 'not') {
      reasons.push(`artifact ${artifact.id}: ${belief.reason}`);
      continue;
    }
    const { startedAt } = belief.run;
    const hasUploaded = startedAt === undefined ? artifact === oldest : startedAt <= latest.createdAt;
    const zip = await downloaded(github, artifact);
    if (zip === undefined) {
      reasons.push(`artifact ${artifact.id}: it was deleted or has expired`);
      continue;
    }
    const kept = await keptResults(zip, run, hasUploaded ? latest : undefined);
    if (kept.is === 'results') return { is: 'found', results: kept.results, runId: artifact.runId };
    reasons.push(`artifact ${artifact.id}: ${kept.reason}`);
  }
  const [first] = reasons;
  const expired = artifacts.length > there.length;
  const why = first ?? (expired ? 'they have expired' : 'no run has kept any since');
  return { is: 'lost', reason: `the results of the last upload are not in the artifact ${name} (${why})` };
}

/** Undefined where it went between the list and now. */
async function downloaded(github: GitHub, artifact: Artifact): Promise<Buffer | undefined> {
  try {
    return await downloadArtifact(github, artifact);
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}
