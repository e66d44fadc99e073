import type { LakeStore } from '../../model/lake.js';
import type { Gap } from '../../model/results.js';
import type { CoverageBook, Trouble } from '../coverage.js';
import { spanOf, type ExpectedPlace } from '../expected-places.js';
import { day, type Window } from '../window.js';
import { selectionOf } from '../selection.js';

const call = 'cloudtrail:GetEventDataStore';

interface Asked {
  readonly window: Window;
  /** When the run reads, in milliseconds. */
  readonly at: number;
  readonly expected: readonly ExpectedPlace[] | undefined;
}

/** What an event data store cannot hold, by what it says of itself, once it is known which accounts and Regions occur. */
export function tellStoreHoles(store: LakeStore, asked: Asked, book: CoverageBook): void {
  const { details, createdAt, region, account } = store;
  const name = nameOf(store);
  if (details.status !== 'ENABLED') {
    tell(`${name} is ${details.status}: it does not say since when it ingests no events, so that no hour is known.`);
  }
  if (!selectionOf(details.advancedEventSelectors).allManagement) {
    tell(`${name} selects only a part of management events: of the others nothing is known.`);
  }
  const { retentionPeriod } = details;
  if (retentionPeriod === undefined) tell(`${name} does not say how long it keeps events.`);
  else {
    const oldest = asked.at - retentionPeriod * day;
    tellBefore(oldest, `${name} keeps events for ${retentionPeriod} days: what happened before is not in it any more.`);
  }
  if (createdAt === undefined) tell(`${name} does not say since when it is there.`);
  else {
    const since = new Date(createdAt).toISOString().slice(0, 16);
    tellBefore(
      createdAt,
      `${name} was created at ${since}Z: what happened before is in it only as far as it was copied, which is not told.`,
    );
  }
  if (!details.multiRegionEnabled) {
    const message = `${name} ingests events of ${region} alone.`;
    if (asked.expected === undefined) tell(`${message} Of other Regions nothing is known.`);
    else tellPlaces((it) => it.region !== region, message);
  }
  if (!details.organizationEnabled) {
    tellPlaces((it) => it.account !== account, `${name} ingests events of account ${account} alone.`);
  }

  function tell(message: string): void {
    book.trouble(trouble(store, message));
  }

  function tellBefore(time: number, message: string): void {
    const { from, to } = asked.window;
    if (from >= time) return;
    for (const it of [...book.seenPlaces(), ...(asked.expected ?? [])]) {
      book.unreadSpan(it.account, it.region, { from, to: Math.min(time, to) }, trouble(store, message));
    }
  }

  function tellPlaces(isLost: (place: ExpectedPlace) => boolean, message: string): void {
    for (const it of asked.expected?.filter(isLost) ?? []) {
      book.unreadSpan(it.account, it.region, spanOf(it, asked.window), trouble(store, message));
    }
  }
}

/** Why a store may lack data events that a policy asks. */
export function withoutDataEvents(store: LakeStore, at: string): Gap {
  const why = selectionOf(store.details.advancedEventSelectors).someData
    ? 'selects data events by conditions of its own: whether it holds each that is asked is not known'
    : 'selects no data events';
  const { message, resource, reason } = trouble(store, `${nameOf(store)} ${why}.`);
  return { id: 'log-data-events', call, accountId: store.account, region: store.region, resource, reason, message, at };
}

function nameOf({ arn }: LakeStore): string {
  return `Event data store ${arn}`;
}

function trouble({ arn }: LakeStore, message: string): Trouble {
  return { call, resource: arn, reason: 'not-collected', message };
}
