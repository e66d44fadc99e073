import { isObject } from '../../model/is-object.js';
import { GitHubError } from './github-error.js';
import type { GitHub } from './github.js';

/** What a run of this repository, on this branch, kept. */
export interface Artifact {
  readonly id: number;
  readonly runId: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly isExpired: boolean;
}

const pageSize = 100;
const mostPages = 50;
const mostBytes = 500_000_000;

/**
 * The artifacts of a name that runs on the branch have kept, newest first. Those of forks are none of them: a pull
 * request could bring any file under the same name.
 *
 * @param since milliseconds since 1970: what is older is left out, and not asked for page by page
 * @throws GitHubError
 */
export async function artifactsNamed(
  github: GitHub,
  { artifact: name, branch }: { readonly artifact: string; readonly branch: string },
  since: number,
): Promise<readonly Artifact[]> {
  const found: Artifact[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await github.get('actions/artifacts', { name, per_page: String(pageSize), page: String(page) });
    const entries = isObject(answer) ? answer['artifacts'] : undefined;
    if (!Array.isArray(entries)) throw new GitHubError('GitHub answered actions/artifacts with no list');
    found.push(...entries.flatMap((entry: unknown) => artifactOf(entry, name, branch)));
    // The newest come first: behind a page of older ones there are only older ones.
    if (entries.length < pageSize || entries.every((entry: unknown) => timeOf(entry) < since))
      return found.filter((it) => it.createdAt >= since).toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  }
  throw new GitHubError(`there are more than ${mostPages * pageSize} artifacts called ${name}`);
}

/** The zip file of an artifact. */
export async function downloadArtifact(github: GitHub, { id }: Artifact): Promise<Buffer> {
  return await github.download(`actions/artifacts/${id}/zip`, mostBytes);
}

/** When an artifact was kept; not a number where it does not say, which is never older than anything. */
function timeOf(entry: unknown): number {
  const created = isObject(entry) ? entry['created_at'] : undefined;
  return typeof created === 'string' ? Date.parse(created) : Number.NaN;
}

function artifactOf(entry: unknown, name: string, branch: string): Artifact[] {
  if (!isObject(entry)) throw new GitHubError('GitHub answered actions/artifacts with something else');
  const { id, name: itsName, expired, workflow_run: run } = entry;
  const createdAt = timeOf(entry);
  if (typeof id !== 'number' || Number.isNaN(createdAt) || !isObject(run)) return [];
  const isOurs =
    itsName === name &&
    typeof run['repository_id'] === 'number' &&
    run['head_repository_id'] === run['repository_id'] &&
    run['head_branch'] === branch;
  if (!isOurs) return [];
  const runId = typeof run['id'] === 'number' ? run['id'] : 0;
  return [{ id, runId, createdAt, isExpired: expired === true }];
}
