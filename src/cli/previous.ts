import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { UsageError } from '../model/errors.js';
import type { Results } from '../model/results.js';
import { readPackageJson } from '../package-file.js';
import { categoryOf } from '../report/index.js';
import { visible } from './print-error.js';
import type { Terminal } from './terminal.js';

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

/**
 * What `--previous` comes to. A file is read at once, so that a mistake ends the run before it begins; `auto` is found
 * after the state was read, by whoever started the run.
 *
 * @returns the last run, for the results of this one
 * @throws UsageError for a file that is missing or broken, and for `auto` where nothing keeps earlier runs.
 */
export async function previousOf(
  given: string | undefined,
  { findPrevious }: Terminal,
): Promise<(results: Results, policySet: string) => Promise<PreviousRun | undefined>> {
  if (given !== 'auto') {
    const loaded = given === undefined ? undefined : await loadPrevious(given);
    return () => Promise.resolve(loaded);
  }
  if (findPrevious === undefined) {
    throw new UsageError(
      '--previous auto is for the GitHub Action, which keeps the results of each run.',
      'Give the results.json of the last run, or none for a first run.',
    );
  }
  return async (results, policySet) => await findPrevious({ results, category: categoryOf(results, policySet) });
}

/**
 * Reads the results of the last run.
 *
 * @throws UsageError when they are missing or broken. A missing file is no first run: findings would close in silence.
 */
async function loadPrevious(file: string): Promise<PreviousRun> {
  if (file === 'none') return { results: undefined };
  const parsed = parse(await read(file), file);
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  ajvFormats.default(ajv);
  ajv.addKeyword('tsType');
  const validate = ajv.compile(readPackageJson('schema/results.v1.json') as object);
  if (!validate(parsed)) {
    const [first] = validate.errors ?? [];
    throw new UsageError(
      `${file} holds no results of a run: ${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}.`,
      'Give --previous the results.json of the last run.',
    );
  }
  // The schema that it was just held against is the one that the type is made from.
  return { results: parsed as Results };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The results of the last run, ${file}, cannot be read: ${messageOf(error)}`,
      'For a first run: --previous none. If they are lost, leave --previous out, and upload only when the run is complete.',
      { cause: error },
    );
  }
}

function parse(text: string, file: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${messageOf(error)}`, undefined, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What became of earlier findings, and whether the SARIF report may be uploaded; nothing without `--previous`. */
export function sayUploadable({ evaluations, previous }: Results): string {
  if (previous === undefined) return '';
  const carried = evaluations.filter((it) => it.carriedForward !== undefined && it.causedBy === undefined).length;
  const reasons = new Map<string, number>();
  for (const { reason } of previous.closed) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    ...(carried > 0 ? [`Carried forward, not evaluated again: ${findings(carried)}`] : []),
    ...[...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `Closed ${findings(count)}: ${why}`),
    `The SARIF report may ${previous.sarifUploadable ? '' : 'not '}be uploaded: ${previous.reason}`,
  ]
    .map((line) => `${visible(line)}\n`)
    .join('');
}

function findings(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}
