import {
  activityResults,
  followUpActivity,
  PlacedPolicies,
  scanOf,
  withWaiversOfActivity,
} from '../../../evaluate/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Results } from '../../../model/results.js';
import { parseFormat, parseProductArn } from '../../../report/index.js';
import { loadInventory } from '../../../storage/index.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { readWaivers, type CheckedWaivers, type WaiverOptions } from '../../policies/load-waivers.js';
import { exitCodeOf, exitCodes, failOnOf } from '../../process/exit-codes.js';
import { splitList } from '../../process/split-list.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { checkWritable } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';
import { flagOf, type FlagsGiven } from '../../source/flags-given.js';
import { checkedRoleName } from '../../source/source-options.js';
import { bytesIn } from '../../source/parse-bytes.js';
import { isAthena } from '../../source/athena-source.js';
import { isInsights } from '../../source/insights-source.js';
import { isLake } from '../../source/lake-source.js';
import { parseTime, parseWindow } from '../../source/parse-time.js';
import { previousOf, sayUploadable } from '../scan/previous-results.js';
import { openBaseline } from './baseline.js';
import { printPlan } from './plan.js';
import { beginOf, conditionOf, readEvents, readSample, wantedOf, type EventsChoice } from './read-events.js';
import { sampleReadAt, sampleWindow } from './sample-day.js';
import { saveSinceLast, startSinceLast } from './since-last.js';
import { checkPlaces, writeReports } from '../scan/write-reports.js';

/** As commander gives them: each declared in declare.ts. */
interface ActivityOptions extends PolicyOptions, WaiverOptions, FlagsGiven {
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly inventory?: string;
  readonly verify?: true;
  readonly keys?: string;
  readonly roleName: string;
  readonly sample?: true;
  readonly logRoleName?: string;
  readonly plan?: true;
  readonly externalId?: string;
  readonly workgroup?: string;
  readonly catalog?: string;
  readonly maxBytes?: string;
  readonly previous?: string;
  readonly keepOpen: string;
  readonly baseline?: string;
  readonly saveBaseline?: string;
  readonly sinceLast?: string;
  readonly scanId?: string;
  readonly format: string;
  readonly output: string;
  readonly productArn?: string;
  readonly failOn: string;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** `trailproof activity`: policies on the events of the logs. */
export async function activityCommand(given: unknown, terminal: Terminal): Promise<number> {
  // Of a report, --max-bytes says another thing.
  const { workgroup, catalog, maxBytes, ...others } = given as ActivityOptions;
  const options = { ...others, flagsGiven: others.flagsGiven?.filter((it) => it !== 'maxBytes') };
  const query = {
    workgroup,
    catalog,
    maxBytes: maxBytes === undefined ? undefined : bytesIn('--max-bytes', maxBytes),
  };
  const formats = [...new Set(splitList(options.format).map(parseFormat))];
  refuseUseless(given as ActivityOptions);
  const failOn = failOnOf(options.failOn);
  if (options.productArn !== undefined) parseProductArn(options.productArn);
  const startedAt = new Date();
  const isSample = options.sample === true;
  checkedRoleName(options.roleName);
  if (options.logRoleName !== undefined) checkedRoleName(options.logRoleName, '--log-role-name');
  const loaded = readPolicies(options, true);
  const waivers = readWaivers(options, loaded);
  if (!reportDiagnostics(waivers, terminal)) return exitCodes.usage;
  const keepOpen = daysOf(options.keepOpen);
  if (options.previous === 'auto') throw new UsageError(previousFirst, namePrevious);
  const earlier = await previousOf(options.previous, terminal);
  await checkPlaces(options, formats);
  for (const file of [options.saveBaseline, options.sinceLast]) if (file !== undefined) await checkWritable(file);
  const inventory = options.inventory === undefined ? undefined : await loadInventory(options.inventory);
  const placed = new PlacedPolicies(loaded.policies, inventory);
  const source = sourceOf(options);
  const window = isSample ? sampleWindow : await windowSince(options, source, startedAt, placed, inventory);
  const baseline = await openBaseline(options, placed, inventory);
  const choice = { ...options, ...window, source, query };
  if (options.plan === true) {
    const asked = { ...choice, from: isSample ? choice.from : beginOf(placed, choice) };
    const plan = {
      ...asked,
      query: { ...query, wanted: wantedOf(placed, asked), ...conditionOf(placed, asked, inventory) },
    };
    return await printPlan(plan, inventory, terminal);
  }
  const read = isSample
    ? await readSample(placed, choice, terminal)
    : await readEvents(placed, { ...choice, sought: incidentEventsOf(earlier.known?.results) }, inventory, terminal);
  const readAt = isSample ? sampleReadAt : startedAt.toISOString();
  const judged = activityResults(
    placed,
    read.collected,
    read.coverage,
    {
      startedAt: readAt,
      // The sample is the same to the byte each time.
      finishedAt: isSample ? readAt : new Date().toISOString(),
      readAt,
      source,
      isSample,
      version: version(),
      scan: scanOf({
        named: options.scanId,
        // A category of its own in code scanning, whatever the packs are called.
        packs: ['activity', ...loaded.chosen],
        scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
        roleName: undefined,
      }),
      isInterrupted: read.isInterrupted,
      apiCalls: { total: read.requests, byOperation: {}, denied: 0 },
      past: baseline.past,
    },
    inventory,
  );
  const previous = await earlier.find(judged);
  const followed =
    previous === undefined ? judged : followUpActivity(judged, previous.results, keepOpen, read.collected.foundAgain);
  const results = options.waivers === undefined ? followed : waived(followed, waivers, inventory, terminal);
  if (results === undefined) return exitCodes.usage;
  const written = await writeReports(results, formats, options, terminal);
  const kept = [
    ...(await baseline.save(read, readAt)),
    // The last thing: a run that is killed before is made again.
    ...(options.sinceLast === undefined
      ? []
      : await saveSinceLast({ ...choice, file: options.sinceLast }, placed, read, inventory, readAt)),
  ];
  if (options.quiet !== true) {
    const wrote = written.length > 0 ? [`Wrote ${written.join(', ')}`] : [];
    writeLines(terminal.stderr, [...wrote, ...kept, ...sayUploadable(results)]);
  }
  if (options.verbose === true) {
    writeLines(
      terminal.stderr,
      results.gaps.map(
        ({ call, accountId, region, reason, message }) => `gap ${call} ${accountId} ${region} ${reason}: ${message}`,
      ),
    );
  }
  if (read.isInterrupted) {
    writeLines(terminal.stderr, [
      'The reading was interrupted: what was found is reported, and everything else is open.',
    ]);
    return exitCodes.interrupted;
  }
  return exitCodeOf(results, failOn, options.allowIncomplete === true);
}

/** What `auto` finds is known after the reading, and an incident is closed only where its events were looked for. */
const previousFirst =
  '--previous auto is for scans: here the incidents of the last run must be known before logs are read.';
const namePrevious = 'Give the results.json of the last run of trailproof activity, or none for a first run.';

/** The events of the incidents of the last run: whether they are still there decides whether one may be closed. */
function incidentEventsOf(previous: Results | undefined): NonNullable<EventsChoice['sought']> {
  const open = previous?.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT') ?? [];
  return open.flatMap((it) => it.incident?.events ?? []);
}

/** The results with waivers applied; undefined when one of them names what is not there. */
function waived(
  followed: Results,
  { waivers, sources }: CheckedWaivers,
  inventory: Inventory | undefined,
  terminal: Terminal,
): Results | undefined {
  const { results, diagnostics } = withWaiversOfActivity(followed, waivers, inventory);
  return reportDiagnostics({ diagnostics, sources }, terminal) ? results : undefined;
}

/** `30d`, or a number of days. */
function daysOf(text: string): number {
  const days = /^(\d{1,4})d?$/.exec(text)?.[1];
  if (days !== undefined) return Number(days);
  throw new UsageError(`--keep-open '${text}' is not a number of days.`, 'For example: --keep-open 30d.');
}

const day = 86_400_000;
const hour = 3_600_000;

function windowOf({ from, to, verify }: ActivityOptions, now: Date): { readonly from: string; readonly to: string } {
  // Digest files tell of an hour up to two hours later.
  const delay = verify === true ? 3 * hour : hour;
  const settled = new Date(Math.floor((now.getTime() - delay) / 60_000) * 60_000);
  const end = to === undefined ? settled.toISOString() : parseTime('--to', to, now);
  const start = from ?? new Date(Date.parse(end) - day).toISOString();
  return parseWindow(start, to ?? end, now);
}

/** The window: of `--since-last` it begins where the last run ended. */
async function windowSince(
  options: ActivityOptions,
  source: string,
  now: Date,
  placed: PlacedPolicies,
  inventory: Inventory | undefined,
): Promise<ReturnType<typeof windowOf>> {
  const window = windowOf(options, now);
  const { sinceLast: file, from } = options;
  if (file === undefined) return window;
  const given = { file, source, to: window.to, from: from === undefined ? undefined : window.from, now };
  return parseWindow(await startSinceLast(given, placed, inventory), window.to, now);
}

/** No flag is passed over in silence. */
function refuseUseless(options: ActivityOptions): void {
  const { flagsGiven: given = [], verify, previous, source, format, sample, plan } = options;
  const of = sourceKind(source);
  const rules: readonly (readonly [name: string, isUsed: boolean, hint: string])[] = [
    ['keys', verify === true && of === 'folder', 'It is for a folder with --verify.'],
    ['sinceLast', sample !== true, 'The sample is one day.'],
    ['baseline', sample !== true, 'The sample has no past.'],
    ['saveBaseline', sample !== true && plan !== true, 'Nothing of yours is read.'],
    ['keepOpen', previous !== undefined, 'It is for --previous.'],
    ['roleName', of === 'event-history', 'It is for --source event-history.'],
    ['logRoleName', of === 'bucket', 'It is for --source s3://BUCKET/PREFIX.'],
    ['externalId', of === 'event-history' || of === 'bucket', 'It is for roles that are assumed.'],
    ['workgroup', of === 'athena', ofAthena],
    ['catalog', of === 'athena', ofAthena],
    ['maxBytes', isQueried(of), 'It is for sources that are read by queries.'],
    ['verify', !isQueried(of), 'Queries read no digest files: trailproof verify-logs does.'],
    ['verify', of !== 'event-history', 'Event history has no digest files.'],
    ['productArn', splitList(format).includes('asff'), 'It is for --format asff.'],
  ];
  const wrong = rules.find(([name, isUsed]) => given.includes(name) && !isUsed);
  if (wrong === undefined) return;
  throw new UsageError(`${flagOf(wrong[0])} has no effect here.`, `${wrong[2]} Leave it out.`);
}

const ofAthena = 'It is for --source athena:DATABASE.TABLE.';

type SourceKind = 'event-history' | 'bucket' | 'athena' | 'lake' | 'insights' | 'folder';

function isQueried(of: SourceKind): boolean {
  return of === 'athena' || of === 'lake' || of === 'insights';
}

function sourceKind(source: string | undefined): SourceKind {
  if (source === 'event-history') return 'event-history';
  if (source !== undefined && isAthena(source)) return 'athena';
  if (source !== undefined && isLake(source)) return 'lake';
  if (source !== undefined && isInsights(source)) return 'insights';
  return source?.startsWith('s3://') === true ? 'bucket' : 'folder';
}

function sourceOf({ source, sample, inventory, verify, plan }: ActivityOptions): string {
  if (sample === true) {
    if ([source, inventory, verify, plan].every((it) => it === undefined)) return 'sample';
    throw new UsageError(
      '--sample reads nothing else.',
      'Leave out --source, --inventory, --verify and --plan, or --sample.',
    );
  }
  if (source !== undefined) return source;
  throw new UsageError(
    'It is not said where the log files are.',
    'Name a folder of log files, their bucket as in --source s3://BUCKET/PREFIX, event-history, athena:DATABASE.TABLE, lake:EVENT_DATA_STORE, or insights:LOG_GROUP; --sample shows a result.',
  );
}
