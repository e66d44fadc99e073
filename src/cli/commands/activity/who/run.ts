import { UniqueEvents, type FoundEvent } from '../../../../events/index.js';
import { UsageError } from '../../../../model/errors.js';
import type { EventCoverage, EventSource } from '../../../../model/log-events.js';
import { jsonLines } from '../../../../report/index.js';
import { loadInventory } from '../../../../storage/index.js';
import { exitCodes } from '../../../process/exit-codes.js';
import type { Terminal } from '../../../process/terminal.js';
import { writeLines } from '../../../process/write-lines.js';
import { isAthena } from '../../../source/athena-source.js';
import { isInsights } from '../../../source/insights-source.js';
import { isLake } from '../../../source/lake-source.js';
import { withEventSource, type EventSourceChoice } from '../../../source/event-source.js';
import { parseTime, parseWindow } from '../../../source/parse-time.js';
import { accountIds, checkedRoleName, regionNames } from '../../../source/source-options.js';
import { requestLine } from '../../verify-logs/request-line.js';
import { coverageOf, isIncomplete, whoText, type WhoReport } from './report.js';
import { isAddress, subjectOf, type Subject } from './subject.js';
import { inOrder, toldEvent } from './told-event.js';

/** As commander gives them: each declared in declare.ts. */
interface WhoFlags {
  readonly from?: string;
  readonly to?: string;
  readonly source: string;
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly inventory?: string;
  readonly roleName: string;
  readonly logRoleName?: string;
  readonly externalId?: string;
  readonly verify?: true;
  readonly keys?: string;
  readonly format: string;
}

/** `trailproof activity who`: the events of a resource, a user, an access key or an address, newest first. */
export async function whoCommand(what: string, given: unknown, terminal: Terminal): Promise<number> {
  const flags = given as WhoFlags;
  if (flags.format !== 'text' && flags.format !== 'json') {
    throw new UsageError(`There is no format '${flags.format}' for activity who.`, 'One of text, json.');
  }
  const subject = subjectOf(what);
  const line = requestLine(terminal, true);
  const choice = await choiceOf(flags, subject, line.update);
  let found: Found;
  try {
    found = await withEventSource(choice, terminal, async (source) => await find(source, subject, terminal.signal));
  } finally {
    line.done();
  }
  const report: WhoReport = {
    schemaVersion: '1',
    what: subject.text,
    source: choice.source,
    from: choice.from,
    to: choice.to,
    events: inOrder(found.events.map((it) => toldEvent(it, subject.mentionsIn(it.record)))),
    coverage: coverageOf(found.coverage),
  };
  writeLines(terminal.stdout, flags.format === 'json' ? jsonLines(report) : whoText(report));
  return isIncomplete(report) ? exitCodes.incomplete : exitCodes.ok;
}

interface Found {
  readonly events: readonly FoundEvent[];
  readonly coverage: EventCoverage;
}

async function find(source: EventSource, subject: Subject, signal: AbortSignal): Promise<Found> {
  const events = new UniqueEvents<FoundEvent>();
  for await (const { origin, records } of source.read('all', signal)) {
    for (const record of records) {
      if (subject.mentionsIn(record).length > 0) events.add({ record, origin });
      else events.replace({ record, origin });
    }
  }
  return { events: events.all(), coverage: source.coverage() };
}

const day = 86_400_000;

async function choiceOf(
  flags: WhoFlags,
  subject: Subject,
  onRequests: (requests: number) => void,
): Promise<EventSourceChoice> {
  const { source, inventory, verify, keys, logRoleName, externalId, account, region } = flags;
  const isHistory = source === 'event-history';
  const what = queriedAs(source);
  if (what !== undefined) {
    throw new UsageError(
      `activity who reads Event history and log files: ${what} is asked for policies alone.`,
      'Name the bucket of the log files, as in --source s3://BUCKET/PREFIX.',
    );
  }
  if (isHistory && (verify === true || keys !== undefined || logRoleName !== undefined)) {
    throw new UsageError(
      '--verify, --keys and --log-role-name are of log files: Event history has no digest files.',
      'Leave them out, or name the log files with --source.',
    );
  }
  if (!isHistory && (account !== undefined || region !== undefined)) {
    throw new UsageError(
      '--account and --region are of Event history.',
      'Name the part of the bucket instead, as in s3://BUCKET/PREFIX/AWSLogs/111122223333.',
    );
  }
  const loaded = inventory === undefined ? undefined : await loadInventory(inventory);
  const accounts = accountIds('--account', account ?? (subject.account === undefined ? [] : [subject.account]));
  return {
    source,
    ...windowOf(flags, isHistory, subject),
    ...(loaded === undefined ? {} : { inventory: loaded }),
    ...(verify === undefined ? {} : { verify }),
    ...(keys === undefined ? {} : { keys }),
    ...(logRoleName === undefined ? {} : { logRoleName: checkedRoleName(logRoleName, '--log-role-name') }),
    ...(externalId === undefined ? {} : { externalId }),
    onRequests,
    history: {
      accounts: accounts.length === 0 ? undefined : accounts,
      regions: region === undefined ? undefined : regionNames('--region', region),
      roleName: checkedRoleName(flags.roleName),
      ...(subject.lookups === undefined ? {} : { lookups: { by: 'attributes', attributes: subject.lookups } }),
    },
  };
}

/** What is read by queries, which are made for policies; undefined: another source. */
function queriedAs(source: string): string | undefined {
  if (isAthena(source)) return 'a table of Athena';
  if (isLake(source)) return 'an event data store';
  return isInsights(source) ? 'a log group' : undefined;
}

/** All events of an account are many: of an address, which Event history cannot look up, a day of them is read. */
function windowOf(
  { from, to }: WhoFlags,
  isHistory: boolean,
  { text }: Subject,
): { readonly from: string; readonly to: string } {
  const now = new Date();
  const end = to ?? now.toISOString();
  const days = isHistory ? (isAddress(text) ? 1 : 90) : 7;
  const start = from ?? new Date(Date.parse(parseTime('--to', end, now)) - days * day).toISOString();
  return parseWindow(start, end, now);
}
