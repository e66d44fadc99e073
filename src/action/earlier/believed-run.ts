import type { Artifact } from '../github/artifacts.js';
import type { GitHub } from '../github/github.js';
import { isOnBranch, workflowRun, type WorkflowRun } from '../github/workflow-runs.js';

/** What this run is, as far as it tells which others are of the same scan. What is not known is empty. */
export interface ThisRun {
  /** The file of its workflow, as `.github/workflows/scan.yml`. */
  readonly workflow: string;
  readonly job: string;
  readonly event: string;
  /** `OWNER/NAME` */
  readonly repository: string;
  readonly branch: string;
  readonly sha: string;
  readonly id: number;
  /** From 1: how often it was started. */
  readonly attempt: number;
}

/** Whether what a run kept counts. */
export type Belief =
  | { readonly is: 'believed'; readonly run: WorkflowRun }
  | { readonly is: 'not'; readonly reason: string };

/** Events whose runs are of a commit of the repository itself; a pull request may bring a workflow of its own. */
const trustedEvents: ReadonlySet<string> = new Set(['schedule', 'workflow_dispatch', 'repository_dispatch', 'push']);

/**
 * Whether an artifact was kept by an earlier run of this workflow, for this branch: anybody who can push a branch, a
 * tag or a pull request can keep any file under any name.
 *
 * @throws GitHubError when nobody can tell.
 */
export async function believed(github: GitHub, { runId }: Artifact, now: ThisRun): Promise<Belief> {
  if (now.id !== 0 && runId === now.id && now.attempt === 1) {
    return no('another job of this very run kept it: give each scan a scan-id and a previous-artifact of its own');
  }
  const run = await workflowRun(github, runId);
  if (run === undefined) return no('its workflow run is gone');
  const { workflow, event, headRepository, branch, sha } = run;
  if (now.workflow !== '' && workflow !== now.workflow) {
    return no(
      `the workflow ${workflow} kept it, and this is ${now.workflow}: give each scan a scan-id and a previous-artifact of its own`,
    );
  }
  if (event !== now.event && !trustedEvents.has(event)) return no(`a run on ${event} kept it`);
  if (headRepository.toLowerCase() !== now.repository.toLowerCase()) return no(`a run of ${headRepository} kept it`);
  if (branch !== now.branch) return no(`a run of ${branch} kept it`);
  // Schedules run on the default branch only.
  if (event === 'schedule' || (await isOnBranch(github, sha, now))) return { is: 'believed', run };
  return no(`its commit ${sha} is not on the branch ${now.branch}`);
}

function no(reason: string): Belief {
  return { is: 'not', reason };
}
