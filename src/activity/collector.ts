import { hash } from 'node:crypto';
import type { ViewObject } from '../expression/index.js';
import type { EventBatch, EventOrigin, EventRecord, WantedValues } from '../model/log-events.js';
import { Replacements } from '../model/replacements.js';
import { byText } from '../text/order.js';
import type { AskedPolicy } from './compiled-activity.js';
import { accountOf, textIn } from './event-facts.js';
import { matchesOf, seenEvent, unknownAccount, type Match } from './match.js';
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
  /** Events that later records replace. */
  readonly replaced = new Replacements();
  /** Ids of earlier events that were looked for, and were read. */
  readonly foundAgain = new Set<string>();
  /** By id: the name of an earlier event that is looked for. */
  private readonly sought = new Map<string, string>();
  private readonly byName = new Map<string, AskedPolicy[]>();
  private readonly ofAnyName: AskedPolicy[] = [];
  /** Texts of events, each kept once: the same principals, addresses and objects come again and again. */
  private readonly texts = new Map<string, string>();
  /** By account: the policies that are asked there. */
  private readonly inForce = new Map<string, ReadonlyMap<AskedPolicy, ViewObject>>();

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
    for (const [name, asked] of this.byName) this.byName.set(name, [...asked, ...this.ofAnyName]);
  }

  /** Looks for events of an earlier run, too: whether they are still there. To be said before the reading. */
  seek(events: Iterable<{ readonly eventID: string; readonly eventName: string }>): void {
    for (const { eventID, eventName } of events) this.sought.set(eventID, eventName);
  }

  /** Names of events, where policies want no others; undefined: they may want any. */
  get eventNames(): ReadonlySet<string> | undefined {
    return this.ofAnyName.length > 0 ? undefined : new Set([...this.byName.keys(), ...this.sought.values()]);
  }

  get wanted(): WantedValues {
    const wanted = wantedValues(this.policies.map((it) => it.activity));
    return wanted === 'all' ? 'all' : new Set([...wanted, ...this.sought.keys()]);
  }

  add({ origin, records }: EventBatch): void {
    for (const record of records) this.addRecord(record, origin);
  }

  private addRecord(record: EventRecord, origin: EventOrigin): void {
    const replaces = record['addendum'] === undefined ? undefined : replacedBy(record);
    if (replaces !== undefined) {
      this.replaced.add({
        original: replaces,
        by: textIn(record, 'eventID'),
        account: accountOf(record) ?? unknownAccount,
        verified: origin.verified === true,
      });
    }
    const id = textIn(record, 'eventID');
    if (id !== undefined && this.sought.has(id)) this.foundAgain.add(id);
    const name = record['eventName'];
    const asked = typeof name === 'string' ? (this.byName.get(name) ?? this.ofAnyName) : this.policies;
    if (asked.length === 0) return;
    const eventID = id ?? `sha256:${hash('sha256', canonical(record), 'hex')}`;
    const seen = seenEvent(record, origin, eventID, this.kept);
    // A record without a readable time may lie in the window.
    if (seen.at !== undefined && (seen.at < this.window.from || seen.at >= this.window.to)) return;
    this.accounts.add(seen.account);
    const inForce = this.paramsIn(seen.account);
    for (const policy of asked) {
      const params = inForce.get(policy);
      if (params === undefined) continue;
      for (const match of matchesOf(policy.activity, params, seen)) {
        this.matches.get(policy.id)?.push(replaces === undefined ? match : { ...match, replaces });
      }
    }
  }

  private paramsIn(account: string): ReadonlyMap<AskedPolicy, ViewObject> {
    const known = this.inForce.get(account);
    if (known !== undefined) return known;
    const made = new Map<AskedPolicy, ViewObject>();
    for (const policy of this.policies) {
      const params = this.paramsFor(policy.id, account);
      if (params !== undefined) made.set(policy, params);
    }
    this.inForce.set(account, made);
    return made;
  }

  private readonly kept = (text: string): string => {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  };
}

/** The id of the event that the record replaces. */
function replacedBy(record: EventRecord): string | undefined {
  const replaces = textIn(record, 'addendum', 'originalEventID');
  if (replaces === record['eventID'] || textIn(record, 'addendum', 'reason') !== 'UPDATED_DATA') return undefined;
  return replaces;
}

/** The same text for records with the same content. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) => {
    if (typeof it !== 'object' || it === null || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => byText(a, b)));
  });
}
