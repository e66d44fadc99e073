import { Collector } from '../../../activity/index.js';
import { activityResults, PlacedPolicies, scanOf } from '../../../evaluate/index.js';
import { InterruptedError, UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { EventCoverage, EventSource } from '../../../model/log-events.js';
import { parseFormat } from '../../../report/index.js';
import { loadInventory } from '../../../storage/index.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { exitCodeOf, exitCodes, failOnOf } from '../../process/exit-codes.js';
import { splitList } from '../../process/split-list.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { writeLines } from '../../process/write-lines.js';
import { parseTime, parseWindow } from '../../source/parse-time.js';
import { checkPlaces, writeReports } from '../scan/write-reports.js';

/** As commander gives them: each declared in declare.ts. */
interface ActivityOptions extends PolicyOptions {
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly inventory?: string;
  readonly verify?: true;
  readonly keys?: string;
  readonly logRoleName?: string;
  readonly externalId?: string;
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
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  await checkPlaces(options, formats);
  const inventory = options.inventory === undefined ? undefined : await loadInventory(options.inventory);
  const placed = new PlacedPolicies(loaded.policies, inventory);
  const source = sourceOf(options);
  const read = await readEvents(placed, { ...options, ...window, source }, inventory, terminal);
  const results = activityResults(
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
        named: undefined,
        packs: loaded.chosen,
        scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
        roleName: undefined,
      }),
      isInterrupted: read.isInterrupted,
      apiCalls: { total: read.requests, byOperation: {}, denied: 0 },
    },
    inventory,
  );
  const written = await writeReports(results, formats, options, terminal);
  if (options.quiet !== true && written.length > 0) writeLines(terminal.stderr, [`Wrote ${written.join(', ')}`]);
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
