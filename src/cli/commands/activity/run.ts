import { Collector } from '../../../activity/index.js';
import {
  activityResults,
  followUpActivity,
  PlacedPolicies,
  scanOf,
  withWaiversOfActivity,
} from '../../../evaluate/index.js';
import { InterruptedError, UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Results } from '../../../model/results.js';
import type { EventCoverage, EventSource } from '../../../model/log-events.js';
import { parseFormat } from '../../../report/index.js';
import { loadInventory } from '../../../storage/index.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { readWaivers, type CheckedWaivers, type WaiverOptions } from '../../policies/load-waivers.js';
import { exitCodeOf, exitCodes, failOnOf } from '../../process/exit-codes.js';
import { splitList } from '../../process/split-list.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { writeLines } from '../../process/write-lines.js';
import { parseTime, parseWindow } from '../../source/parse-time.js';
import { previousOf, sayUploadable } from '../scan/previous-results.js';
import { checkPlaces, writeReports } from '../scan/write-reports.js';

/** As commander gives them: each declared in declare.ts. */
interface ActivityOptions extends PolicyOptions, WaiverOptions {
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly inventory?: string;
  readonly verify?: true;
  readonly keys?: string;
  readonly logRoleName?: string;
  readonly plan?: true;
  readonly externalId?: string;
  readonly previous?: string;
  readonly keepOpen: string;
  readonly scanId?: string;
  readonly format: string;
  readonly output: string;
  readonly failOn: string;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** `trailproof activity`: policies on the events of the logs. */
export async function activityCommand(given: unknown, terminal: Terminal): Promise<number> {
  const options = given as ActivityOptions;
  const formats = [...new Set(splitList(options.format).map(parseFormat))];
  const failOn = failOnOf(options.failOn);
  const startedAt = new Date();
  const window = windowOf(options, startedAt);
  const loaded = readPolicies(options, true);
  const waivers = readWaivers(options, loaded);
  if (!reportDiagnostics(waivers, terminal)) return exitCodes.usage;
  const keepOpen = daysOf(options.keepOpen);
  const previousFor = await previousOf(options.previous, terminal);
  await checkPlaces(options, formats);
  const inventory = options.inventory === undefined ? undefined : await loadInventory(options.inventory);
  const placed = new PlacedPolicies(loaded.policies, inventory);
  const source = sourceOf(options);
  if (options.plan === true) return await printPlan({ ...options, ...window, source }, inventory, terminal);
  const read = await readEvents(placed, { ...options, ...window, source }, inventory, terminal);
  const judged = activityResults(
    placed,
    read.collected,
    read.coverage,
    {
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      readAt: startedAt.toISOString(),
      source,
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
    },
    inventory,
  );
  const previous = await previousFor(judged);
  const followed = previous === undefined ? judged : followUpActivity(judged, previous.results, keepOpen);
  const results = options.waivers === undefined ? followed : waived(followed, waivers, inventory, terminal);
  if (results === undefined) return exitCodes.usage;
  const written = await writeReports(results, formats, options, terminal);
  if (options.quiet !== true) {
    const wrote = written.length > 0 ? [`Wrote ${written.join(', ')}`] : [];
    writeLines(terminal.stderr, [...wrote, ...sayUploadable(results)]);
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

/** What reading would take, by listings alone. */
async function printPlan(choice: Chosen, inventory: Inventory | undefined, terminal: Terminal): Promise<number> {
  const { planEventSource } = await import('../../source/event-source.js');
  const { source, from, to, logRoleName, externalId } = choice;
  const lines = await planEventSource(
    {
      source,
      from,
      to,
      ...(inventory === undefined ? {} : { inventory }),
      ...(logRoleName === undefined ? {} : { logRoleName }),
      ...(externalId === undefined ? {} : { externalId }),
    },
    terminal,
  );
  writeLines(terminal.stdout, lines);
  return exitCodes.ok;
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

interface Chosen extends ActivityOptions {
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

interface ReadEvents {
  readonly collected: Collector;
  readonly coverage: EventCoverage;
  readonly isInterrupted: boolean;
  readonly requests: number;
}

async function readEvents(
  placed: PlacedPolicies,
  choice: Chosen,
  inventory: Inventory | undefined,
  terminal: Terminal,
): Promise<ReadEvents> {
  const { withEventSource } = await import('../../source/event-source.js');
  const { from, to } = choice;
  const window = { from: Date.parse(from), to: Date.parse(to) };
  const collected = new Collector(placed.asked, window, placed.paramsFor);
  let requests = 0;
  const read = async (source: EventSource): Promise<EventCoverage> => {
    for await (const batch of source.read(collected.wanted, terminal.signal)) collected.add(batch);
    return source.coverage();
  };
  const { source, verify, keys, logRoleName, externalId } = choice;
  try {
    const coverage = await withEventSource(
      {
        source,
        from,
        to,
        ...(inventory === undefined ? {} : { inventory }),
        ...(verify === undefined ? {} : { verify }),
        ...(keys === undefined ? {} : { keys }),
        ...(logRoleName === undefined ? {} : { logRoleName }),
        ...(externalId === undefined ? {} : { externalId }),
        onRequests: (count) => {
          requests = count;
        },
      },
      terminal,
      read,
    );
    return { collected, coverage, isInterrupted: false, requests };
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    return { collected, coverage: nothingWhole(choice), isInterrupted: true, requests };
  }
}

/** Of a reading that was stopped: what was found counts, and what was not found proves nothing. */
function nothingWhole({ from, to, source }: Chosen): EventCoverage {
  const gap = {
    id: 'log-interrupted',
    call: 's3:GetObject',
    accountId: 'unknown',
    region: 'global',
    resource: source,
    reason: 'not-collected' as const,
    message: 'The reading was interrupted before all log files were read.',
    at: new Date().toISOString(),
  };
  return { from, to, cells: [], gaps: [gap] };
}

const day = 86_400_000;
const hour = 3_600_000;

function windowOf({ from, to }: ActivityOptions, now: Date): { readonly from: string; readonly to: string } {
  const hourAgo = new Date(Math.floor((now.getTime() - hour) / 60_000) * 60_000);
  const end = to === undefined ? hourAgo.toISOString() : parseTime('--to', to, now);
  const start = from ?? new Date(Date.parse(end) - day).toISOString();
  return parseWindow(start, to ?? end, now);
}

function sourceOf({ source }: ActivityOptions): string {
  if (source !== undefined) return source;
  throw new UsageError(
    'It is not said where the log files are.',
    'Name a folder of log files, or their bucket: --source s3://BUCKET/PREFIX.',
  );
}
