import type { Results } from '../../model/results.js';

/** What `--previous` names: the results of the last run, or, as `none`, that there was no earlier run. */
export interface PreviousRun {
  readonly results: Results | undefined;
}

/** Finds the last run, once it is known what this one is about; undefined: nobody knows what was before. */
export type PreviousFinder = (run: {
  readonly results: Results;
  /** Of its SARIF report. */
  readonly category: string;
}) => Promise<PreviousRun | undefined>;

/** What a command knows of the process it runs in. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** What `--previous auto` asks, where runs are kept. */
  readonly findPrevious?: PreviousFinder;
}

/** https://no-color.org: any value but the empty one turns colors off; FORCE_COLOR turns them on without a terminal. */
export function wantsColor({ environment, stdout }: Terminal): boolean {
  if ((environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stdout.isTTY && environment['TERM'] !== 'dumb';
}

/** Columns to fill: the terminal's, within what reads well. */
export function columnsOf({ stdout }: Terminal): number {
  return Math.min(120, Math.max(60, stdout.columns ?? 100));
}
