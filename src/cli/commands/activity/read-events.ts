import { Collector, coverageFrom, readFrom } from '../../../activity/index.js';
import type { PlacedPolicies } from '../../../evaluate/index.js';
import { InterruptedError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { EventCoverage, EventSource, WantedValues } from '../../../model/log-events.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';
import { isAthena } from '../../source/athena-source.js';
import { isLake } from '../../source/lake-source.js';
import type { QueryChoice } from '../../source/query-choice.js';
import { athenaCondition, lakeCondition } from './table-condition.js';
import { eventsLine, type DeliverySpan } from './events-line.js';
import { sampleDay } from './sample-day.js';

/** What is read, and how. */
export interface EventsChoice {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly verify?: true;
  readonly keys?: string;
  readonly roleName?: string;
  readonly logRoleName?: string;
  readonly externalId?: string;
  readonly query?: QueryChoice;
  readonly quiet?: true;
  /** Earlier events that are looked for, too. */
  readonly sought?: readonly { readonly eventID: string; readonly eventName: string }[];
}

export interface ReadEvents {
  readonly collected: Collector;
  readonly coverage: EventCoverage;
  readonly isInterrupted: boolean;
  readonly requests: number;
}

/** Reads the events of a source once, for all policies. When it is interrupted, what was found is kept. */
export async function readEvents(
  placed: PlacedPolicies,
  choice: EventsChoice,
  inventory: Inventory | undefined,
  terminal: Terminal,
): Promise<ReadEvents> {
  const { withEventSource } = await import('../../source/event-source.js');
  const { source, to, verify, keys, roleName, logRoleName, externalId } = choice;
  const from = beginOf(placed, choice);
  const collected = collectorOf(placed, { from, to });
  collected.seek(choice.sought ?? []);
  const line = eventsLine(terminal, choice.quiet !== true, deliveryOf({ from, to }));
  const told: string[] = [];
  const names = collected.eventNames;
  const lookups = names === undefined ? {} : { lookups: { by: 'names' as const, names } };
  try {
    const coverage = await withEventSource(
      {
        source,
        from,
        to,
        askedFrom: choice.from,
        ...(inventory === undefined ? {} : { inventory }),
        ...(verify === undefined ? {} : { verify }),
        ...(keys === undefined ? {} : { keys }),
        ...(logRoleName === undefined ? {} : { logRoleName }),
        ...(externalId === undefined ? {} : { externalId }),
        query: {
          ...choice.query,
          ...conditionOf(placed, choice, inventory),
          onBefore: (before) => {
            line.done();
            if (choice.quiet !== true) writeLines(terminal.stderr, [before]);
          },
          onDone: (done) => told.push(done),
        },
        history: { ...(roleName === undefined ? {} : { roleName }), ...lookups },
        onObject: line.object,
        onPlace: line.place,
        onRequests: line.requests,
      },
      terminal,
      async (opened) => await readAll(opened, collected, terminal.signal),
    );
    return {
      collected,
      coverage: coverageFrom(coverage, choice.from),
      isInterrupted: false,
      requests: line.made(),
    };
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    return { collected, coverage: nothingWhole(choice), isInterrupted: true, requests: line.made() };
  } finally {
    line.done();
    if (choice.quiet !== true) writeLines(terminal.stderr, told);
  }
}

/** When reading begins: before the window, for series that reach into it. RFC 3339. */
export function beginOf({ lookBack }: PlacedPolicies, { from }: Pick<EventsChoice, 'from'>): string {
  return new Date(readFrom(Date.parse(from), lookBack)).toISOString();
}

/** When the log files were delivered that are read: those that came late for a day, as far as they can be there. */
function deliveryOf({ from, to }: Pick<EventsChoice, 'from' | 'to'>): DeliverySpan {
  return { from: Date.parse(from), to: Math.min(Date.parse(to) + day, Date.now()) };
}

const day = 86_400_000;

/** The day of the sample. */
export async function readSample(
  placed: PlacedPolicies,
  window: EventsChoice,
  terminal: Terminal,
): Promise<ReadEvents> {
  const collected = collectorOf(placed, window);
  const coverage = await readAll(sampleDay(), collected, terminal.signal);
  return { collected, coverage, isInterrupted: false, requests: 0 };
}

function collectorOf(placed: PlacedPolicies, { from, to }: Pick<EventsChoice, 'from' | 'to'>): Collector {
  return new Collector(placed.asked, { from: Date.parse(from), to: Date.parse(to) }, placed.paramsFor);
}

async function readAll(source: EventSource, collected: Collector, signal: AbortSignal): Promise<EventCoverage> {
  for await (const batch of source.read(collected.wanted, signal, collected)) collected.add(batch);
  return source.coverage();
}

/** What is asked of a table beside texts: of other sources, files are read as a whole. */
export function conditionOf(
  placed: PlacedPolicies,
  { source, sought = [] }: EventsChoice,
  inventory: Inventory | undefined,
): Pick<QueryChoice, 'condition'> {
  const asked = isAthena(source)
    ? athenaCondition(placed, inventory)
    : isLake(source)
      ? lakeCondition(placed, inventory)
      : undefined;
  return asked === undefined ? {} : { condition: { ...asked, eventIds: sought.map((it) => it.eventID) } };
}

/** What the policies want of the events of a window. */
export function wantedOf(placed: PlacedPolicies, window: EventsChoice): WantedValues {
  return collectorOf(placed, window).wanted;
}

/** Of a reading that was stopped: what was found counts, and what was not found proves nothing. */
function nothingWhole({ from, to, source }: EventsChoice): EventCoverage {
  const gap = {
    id: 'log-interrupted',
    call: 's3:GetObject',
    accountId: 'unknown',
    region: 'global',
    resource: source,
    reason: 'not-collected' as const,
    message: 'The reading was interrupted before everything was read.',
    at: to,
  };
  return { from, to, cells: [], gaps: [gap] };
}
