import { uploadable } from '../../evaluate/index.js';
import { checkResults, parseJson } from '../../storage/index.js';
import { UsageError } from '../../model/errors.js';
import type { Results } from '../../model/results.js';
import { isObject } from '../../model/is-object.js';
import { ZipError, zipEntry } from './zip-entry.js';

/** What an artifact is to the run that follows on it. */
export type Kept =
  | { readonly is: 'results'; readonly results: Results }
  /** It says nothing of what code scanning shows, and an older one may. */
  | { readonly is: 'nothing'; readonly reason: string };

/** A run, and the category of its SARIF report. */
export interface RunInQuestion {
  readonly results: Results;
  readonly category: string;
}

/** 10,000 accounts give some 60 MB. */
const mostBytes = 500_000_000;

/** The results that an artifact holds, where the run may follow on them. */
export async function keptResults(zip: Buffer, run: RunInQuestion): Promise<Kept> {
  try {
    const results = await resultsIn(zip);
    const sarif = await zipEntry(zip, 'results.sarif', mostBytes);
    const category = sarif === undefined ? run.category : categoryIn(sarif);
    const reason = category === run.category ? whyNot(results, run) : 'they belong to another category';
    return reason === undefined ? { is: 'results', results } : { is: 'nothing', reason };
  } catch (error) {
    if (error instanceof ZipError || error instanceof UsageError) return { is: 'nothing', reason: error.message };
    throw error;
  }
}

async function resultsIn(zip: Buffer): Promise<Results> {
  const bytes = await zipEntry(zip, 'results.json', mostBytes);
  if (bytes === undefined) throw new ZipError('it holds no results.json');
  return checkResults(parseJson(bytes.toString('utf8'), 'its results.json'), 'its results.json');
}

function categoryIn(sarif: Buffer): string | undefined {
  const log = parseJson(sarif.toString('utf8'), 'its results.sarif');
  const runs: unknown = isObject(log) ? log['runs'] : undefined;
  const first: unknown = Array.isArray(runs) ? runs[0] : undefined;
  const details = isObject(first) ? first['automationDetails'] : undefined;
  const id = isObject(details) ? details['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/**
 * Results that follow on earlier ones hold what those held and could not be evaluated again, and so did those. Where
 * the chain is broken, only a run that evaluated everything begins a new one.
 */
function whyNot(kept: Results, { results }: RunInQuestion): string | undefined {
  if (kept.run.partition !== results.run.partition || kept.organization?.id !== results.organization?.id)
    return 'they belong to another organization';
  if (Date.parse(kept.run.capturedAt) > Date.parse(results.run.capturedAt)) return 'they are later than this run';
  if (kept.previous === undefined && !uploadable(kept, false).sarifUploadable)
    return 'they are not complete, and do not follow earlier ones';
  return undefined;
}
