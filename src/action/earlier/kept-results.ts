import { uploadable } from '../../evaluate/index.js';
import { categoryOf } from '../../report/index.js';
import { checkResults, parseJson } from '../../storage/index.js';
import { UsageError } from '../../model/errors.js';
import type { Results } from '../../model/results.js';
import { isObject } from '../../model/is-object.js';
import type { Analysis } from '../github/analyses.js';
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

/**
 * The results that an artifact holds, where the run may follow on them.
 *
 * @param uploaded the upload that the run made which kept them, if it made one
 */
export async function keptResults(zip: Buffer, run: RunInQuestion, uploaded?: Analysis): Promise<Kept> {
  try {
    const results = await resultsIn(zip);
    const sarif = await zipEntry(zip, 'results.sarif', mostBytes);
    const report = sarif === undefined ? undefined : reportIn(sarif);
    const reason = whyNotReport(report, results, run, uploaded) ?? whyNot(results, run);
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

interface Report {
  readonly category: string | undefined;
  readonly results: number;
}

function reportIn(sarif: Buffer): Report {
  const log = parseJson(sarif.toString('utf8'), 'its results.sarif');
  const runs: unknown = isObject(log) ? log['runs'] : undefined;
  const first: unknown = Array.isArray(runs) ? runs[0] : undefined;
  const details = isObject(first) ? first['automationDetails'] : undefined;
  const id = isObject(details) ? details['id'] : undefined;
  const results = isObject(first) ? first['results'] : undefined;
  return { category: typeof id === 'string' ? id : undefined, results: Array.isArray(results) ? results.length : 0 };
}

/** Without SARIF beside them, results that do not say their scan are taken for this one's. */
function whyNotReport(
  report: Report | undefined,
  results: Results,
  { category }: RunInQuestion,
  uploaded: Analysis | undefined,
): string | undefined {
  const own = results.run.scan === undefined ? (report ?? { category }).category : categoryOf(results);
  if (own !== category || (report !== undefined && report.category !== category))
    return 'they belong to another category';
  if (report === undefined || uploaded?.results === undefined || report.results === uploaded.results) return undefined;
  return `they have ${report.results} alerts, and code scanning stored ${uploaded.results}`;
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
  const fingerprints = new Set(kept.evaluations.map(({ fingerprint }) => fingerprint));
  return fingerprints.size < kept.evaluations.length ? 'they hold an evaluation twice' : undefined;
}
