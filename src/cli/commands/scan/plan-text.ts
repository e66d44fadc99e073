import { supposedLatency, type Plan, type PlannedCall, type Range } from '../../../collect/index.js';
import { thousands } from '../../../text/plural.js';
import { prose } from '../../../text/printable.js';

/** The plan for a terminal: one line a call, then how long they take and what was supposed. */
export function* planText(plan: Plan, concurrency: number): Generator<string> {
  const { caller, accounts, calls, total, supposed, asked } = plan;
  const aside = [
    accounts.elsewhere > 0 ? `${thousands(accounts.elsewhere)} read elsewhere` : '',
    accounts.outOfScope > 0 ? `${thousands(accounts.outOfScope)} out of scope` : '',
  ].filter((text) => text !== '');
  yield `A scan would read ${thousands(accounts.toRead)} of ${thousands(accounts.listed)} accounts${aside.length > 0 ? ` (${aside.join(', ')})` : ''}`;
  yield `as ${caller.arn}`;
  if (accounts.listFailure !== undefined) {
    yield `The list of accounts could not be read to its end, so there may be more: ${prose(accounts.listFailure)}`;
  }
  yield '';
  const rows = [
    ['call', 'at least', 'at most', 'accounts', 'Regions', 'why'],
    ...calls.map(rowOf),
    ['all', thousands(total.atLeast), thousands(total.atMost), '', '', ''],
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    yield row
      .map((cell, column) => padded(cell, column, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  yield '';
  yield timeOf(plan, concurrency);
  yield '';
  yield `At most: if each account has up to 5 trails (${thousands(supposed.trails.atMost)} in all) and 10 event data stores, each with`;
  yield "a bucket, key and log group of its own in the organization's accounts. At least: if there are no trails at all.";
  yield 'Retries and further pages of a list come on top. An account that cannot be entered costs one call: trailproof doctor.';
  yield `Made for this plan: ${thousands(asked)} calls to STS and Organizations.`;
}

const regionsInWords: Readonly<Record<PlannedCall['regions'], string>> = {
  one: 'one',
  'each-enabled': 'each',
  'of-the-resource': 'its own',
};

function rowOf({ operation, calls, accounts, regions, purpose }: PlannedCall): string[] {
  const { atLeast, atMost } = calls;
  return [operation, thousands(atLeast), thousands(atMost), thousands(accounts), regionsInWords[regions], purpose];
}

/** Numbers to the right, words to the left. */
function padded(cell: string, column: number, width: number): string {
  return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width);
}

function timeOf({ seconds, boundBy }: Plan, concurrency: number): string {
  const bound =
    boundBy === undefined
      ? `AWS's answers limit it more than its quotas do: each is assumed to take ${supposedLatency} s, with ${concurrency} accounts at once (--concurrency).`
      : `The quota of ${boundBy.operation} limits it: ${boundBy.perSecond.toFixed(1)} calls a second are planned.`;
  return `Time: ${range(seconds)}. ${bound}`;
}

function range({ atLeast, atMost }: Range): string {
  const [least, most] = [duration(atLeast), duration(atMost)];
  return least === most ? least : `${least} to ${most}`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
