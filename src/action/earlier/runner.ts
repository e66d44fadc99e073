import type { PreviousFinder } from '../../cli/index.js';
import { gitHub } from '../github/github.js';
import type { ThisRun } from './believed-run.js';
import { findEarlier, type Earlier, type Place } from './find-earlier.js';
import { visible } from '../../text/printable.js';

/** What a runner says of the repository and of the branch that it works for. */
interface Surroundings {
  readonly apiUrl: string;
  readonly repository: string;
  readonly place: Omit<Place, 'artifact'>;
}

/** Looks for the earlier run when it is asked, and remembers what came of it. */
export interface EarlierRuns {
  readonly find: PreviousFinder;
  /** Undefined until it was asked. */
  readonly found: () => Earlier | undefined;
}

/**
 * Earlier runs of this workflow's repository.
 *
 * @param artifact the name that runs keep their reports under
 * @param log one line on what was found
 * @returns undefined outside of a workflow, and without a token.
 */
export function earlierRuns(
  environment: NodeJS.ProcessEnv,
  { token, artifact }: { readonly token: string; readonly artifact: string },
  signal: AbortSignal,
  log: (text: string) => void,
): EarlierRuns | undefined {
  const around = surroundings(environment);
  if (around === undefined || token === '') return undefined;
  let earlier: Earlier | undefined;
  return {
    found: () => earlier,
    find: async (run) => {
      const github = gitHub({ ...around, token, signal, environment });
      earlier = await findEarlier(github, { ...around.place, artifact }, run);
      log(`${visible(describe(earlier))}\n`);
      switch (earlier.is) {
        case 'first':
          return { results: undefined };
        case 'found':
          return { results: earlier.results };
        case 'lost':
        case 'shared':
        case 'off':
          return undefined;
      }
    },
  };
}

/** https://docs.github.com/actions/reference/workflows-and-actions/variables */
function surroundings(environment: NodeJS.ProcessEnv): Surroundings | undefined {
  const repository = environment['GITHUB_REPOSITORY'] ?? '';
  const ref = environment['GITHUB_REF'] ?? '';
  if (!/^[\w-]+\/(?!\.\.?$)[\w.-]+$/.test(repository) || ref === '') return undefined;
  // Of a pull request, runs are listed under the branch that it comes from; what runs of a tag keep counts for nobody.
  const branch =
    environment['GITHUB_HEAD_REF'] || (ref.startsWith('refs/tags/') ? '' : ref.replace(/^refs\/heads\//, ''));
  const run: ThisRun = {
    // OWNER/NAME/.github/workflows/scan.yml@refs/heads/main
    workflow: (environment['GITHUB_WORKFLOW_REF'] ?? '').replace(/^[^/]+\/[^/]+\//, '').replace(/@.*$/, ''),
    job: environment['GITHUB_JOB'] ?? '',
    event: environment['GITHUB_EVENT_NAME'] ?? '',
    repository,
    branch,
    sha: environment['GITHUB_SHA'] ?? '',
    id: Number(environment['GITHUB_RUN_ID'] ?? 0) || 0,
    attempt: Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
  };
  return { apiUrl: environment['GITHUB_API_URL'] || 'https://api.github.com', repository, place: { ref, run } };
}

/** What to know where another scan of the organization has alerts: by another choice of packs, it may be the same. */
export function besideNote(category: string): string {
  const id = category.replace(/\/[^/]*$/, '').replace(/^[^/]*\//, '');
  return `The alerts of ${category} stay as they are. If this is that scan with other packs, set scan-id to ${id}, and it goes on with them.`;
}

function describe(earlier: Earlier): string {
  switch (earlier.is) {
    case 'first':
      return `Nothing was uploaded before in this category: this is a first run.${earlier.beside === undefined ? '' : ` ${besideNote(earlier.beside)}`}`;
    case 'found':
      return `This run follows the one of ${earlier.results.run.capturedAt} (workflow run ${earlier.runId}).`;
    case 'lost':
      return `warning: the results of the last run are lost: ${earlier.reason}`;
    case 'shared':
      return `warning: do not upload the findings: ${earlier.reason}`;
    case 'off':
      return `Code scanning is not there for this repository, so that nothing is uploaded; the findings are in the reports (${earlier.reason}).`;
  }
}
