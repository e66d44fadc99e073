import { hash } from 'node:crypto';
import type { ViewObject } from '../expression/index.js';
import type { EventBatch, EventOrigin, EventRecord, WantedValues } from '../model/log-events.js';
import type { AskedPolicy } from './compiled-activity.js';
import { textIn } from './event-facts.js';
import { matchesOf, seenEvent, type Match } from './match.js';
import { eventNamesOf, wantedValues } from './wanted.js';

/** The parameters of a policy that are in force in an account; undefined: it is not asked there. */
export type ParamsFor = (policyId: string, account: string) => ViewObject | undefined;

/** Milliseconds; `to` is outside. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Takes the events of a source, in whatever order, and keeps what policies may be about. */
export class Collector {
  /** By policy id. */
  readonly matches = new Map<string, Match[]>();
  /** Accounts of which there are events that a policy may be about. */
  readonly accounts = new Set<string>();
  /** Events that a later record replaced. */
  readonly replaced = new Set<string>();
  private readonly byName = new Map<string, AskedPolicy[]>();
  private readonly ofAnyName: AskedPolicy[] = [];

  /** @param isIndexed - asks policies only of events whose names they demand: the same result, sooner */
  constructor(
    private readonly policies: readonly AskedPolicy[],
    private readonly window: Window,
    private readonly paramsFor: ParamsFor,
    isIndexed = true,
  ) {
    for (const policy of policies) {
      this.matches.set(policy.id, []);
      const names = isIndexed ? eventNamesOf(policy.activity) : undefined;
      if (names === undefined) this.ofAnyName.push(policy);
      else for (const name of names) this.byName.set(name, [...(this.byName.get(name) ?? []), policy]);
    }
  }

  get wanted(): WantedValues {
    return wantedValues(this.policies.map((it) => it.activity));
  }

  add({ origin, records }: EventBatch): void {
    for (const record of records) this.addRecord(record, origin);
  }

  private addRecord(record: EventRecord, origin: EventOrigin): void {
    const replaces = textIn(record, 'addendum', 'originalEventID');
    const isReplacement = textIn(record, 'addendum', 'reason') === 'UPDATED_DATA' && replaces !== undefined;
    if (isReplacement) this.replaced.add(replaces);
    const name = textIn(record, 'eventName');
    const asked = name === undefined ? this.policies : [...(this.byName.get(name) ?? []), ...this.ofAnyName];
    if (asked.length === 0) return;
    const eventID = textIn(record, 'eventID') ?? `sha256:${hash('sha256', canonical(record), 'hex')}`;
    const seen = seenEvent(record, origin, eventID);
    // A record without a readable time may lie in the window.
    if (seen.at !== undefined && (seen.at < this.window.from || seen.at >= this.window.to)) return;
    this.accounts.add(seen.account);
    for (const policy of asked) {
      const params = this.paramsFor(policy.id, seen.account);
      if (params === undefined) continue;
      for (const match of matchesOf(policy.activity, params, seen)) {
        this.matches.get(policy.id)?.push(isReplacement ? { ...match, replaces } : match);
      }
    }
  }
}

/** The same text for records with the same content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => {
    if (typeof it !== 'object' || it === null || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
