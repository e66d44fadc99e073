import { isObject } from '../../model/is-object.js';
import { GitHubError } from './github-error.js';
import type { GitHub } from './github.js';

/** A run of a workflow of the repository. */
export interface WorkflowRun {
  /** The file of the workflow, as `.github/workflows/scan.yml`. */
  readonly workflow: string;
  readonly event: string;
  /** The branch or tag that it is of: the API does not say which of the two. */
  readonly branch: string;
  readonly sha: string;
  /** `OWNER/NAME` of the repository that its commit is from. */
  readonly headRepository: string;
  /** When it began, in milliseconds since 1970; undefined where GitHub does not say. */
  readonly startedAt: number | undefined;
}

/**
 * A run by its id.
 *
 * @returns undefined where there is none any more
 * @throws GitHubError
 */
export async function workflowRun(github: GitHub, id: number): Promise<WorkflowRun | undefined> {
  const answer = await orMissing(async () => await github.get(`actions/runs/${id}`, {}));
  if (!isObject(answer)) return undefined;
  const text = (key: string): string => (typeof answer[key] === 'string' ? answer[key] : '');
  const head = answer['head_repository'];
  const startedAt = Date.parse(text('run_started_at') || text('created_at'));
  return {
    // Some answers have the ref behind the path.
    workflow: text('path').replace(/@.*$/, ''),
    event: text('event'),
    branch: text('head_branch'),
    sha: text('head_sha'),
    headRepository: isObject(head) && typeof head['full_name'] === 'string' ? head['full_name'] : '',
    startedAt: Number.isNaN(startedAt) ? undefined : startedAt,
  };
}

/**
 * Whether a commit is one that the branch of this run went through. A tag may have the branch's name, and the API
 * lists the runs of both alike.
 *
 * @param now the branch, and its commit in this run
 * @throws GitHubError when nobody can tell.
 */
export async function isOnBranch(
  github: GitHub,
  sha: string,
  now: { readonly branch: string; readonly sha: string },
): Promise<boolean> {
  if (sha !== '' && sha === now.sha) return true;
  if (sha !== '' && now.sha !== '') {
    const path = `compare/${encodeURIComponent(sha)}...${encodeURIComponent(now.sha)}`;
    const compared = await orMissing(async () => await github.get(path, { per_page: '1' }));
    if (isObject(compared)) return compared['status'] === 'identical' || compared['status'] === 'ahead';
  }
  // Not to be compared: then it is of the branch, unless there is a tag that could be meant instead.
  const name = now.branch.split('/').map(encodeURIComponent).join('/');
  return (await orMissing(async () => await github.get(`git/ref/tags/${name}`, {}))) === undefined;
}

/**
 * Whether a branch or tag is there, by its full name, such as `refs/heads/main`.
 *
 * @throws GitHubError when nobody can tell.
 */
export async function isRef(github: GitHub, ref: string): Promise<boolean> {
  const path = ref.split('/').slice(1).map(encodeURIComponent).join('/');
  const answer = await orMissing(async () => await github.get(`git/ref/${path}`, {}));
  // A name that was changed may be answered with what it is called now.
  return isObject(answer) && answer['ref'] === ref;
}

async function orMissing(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}
