import { hash } from 'node:crypto';
import { evaluate, stopped, Unknown, type ViewObject } from '../expression/index.js';
import type {
  EventBatch,
  EventOrigin,
  EventRecord,
  LightEvent,
  LikeRecords,
  OpenQuestion,
  RecordSorter,
  WantedValues,
} from '../model/log-events.js';
import { Replacements } from '../model/replacements.js';
import { byText } from '../text/order.js';
import type { AskedPolicy, CompiledActivity } from './compiled-activity.js';
import { standing } from './each-once.js';
import { accountOf, textIn } from './event-facts.js';
import { KeptMatches, type GroupTotal } from './kept-matches.js';
import { isShownOpen, openMembersAsked, sampleObject } from './like-records.js';
import { lightId } from './packed-rows.js';
import { matchesOf, seenEvent, unknownAccount, type Match, type SeenEvent } from './match.js';
import { asksCategory, isOfDeed } from './record-kinds.js';
import { quantityOf, scopeOf } from './scope.js';
import { Sightings } from './sightings.js';
import { conditionsOf, eventNamesOf, factsDemanded, wantedValues } from './wanted.js';
import type { DemandedFact } from './wanted-presence.js';

/** The parameters of a policy that are in force in an account; undefined: it is not asked there. */
export type ParamsFor = (policyId: string, account: string) => ViewObject | undefined;

/** Milliseconds; `to` is outside. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Takes the events of a source, in whatever order, and keeps what policies may be about. */
export class Collector implements RecordSorter {
  /** By policy id, but for those in {@link kept}. */
  private readonly others = new Map<string, Match[]>();
  /** By policy id, of those that count. */
  private readonly kept = new Map<string, KeptMatches>();
  /** By policy id, of those that ask what is familiar. */
  readonly sightings = new Map<string, Sightings>();
  /** Accounts of which there are events that a policy may be about. */
  readonly accounts = new Set<string>();
  /** Events that later records replace. */
  readonly replaced = new Replacements();
  /** Ids of earlier events that were looked for, and were read. */
  readonly foundAgain = new Set<string>();
  /** By id: the name of an earlier event that is looked for. */
  private readonly sought = new Map<string, string>();
  private readonly byName = new Map<string, Asked[]>();
  private readonly ofAnyName: Asked[] = [];
  private readonly all: Asked[] = [];
  /** Texts of events, each kept once: the same principals, addresses and objects come again and again. */
  private readonly texts = new Map<string, string>();
  /** By account: the policies that are asked there. */
  private readonly inForce = new Map<string, readonly (ViewObject | undefined)[]>();

  /** @param isIndexed - asks policies only of events whose names they demand: the same result, sooner */
  constructor(
    private readonly policies: readonly AskedPolicy[],
    private readonly window: Window,
    private readonly paramsFor: ParamsFor,
    isIndexed = true,
  ) {
    for (const [index, policy] of policies.entries()) {
      const { id, activity } = policy;
      const { form } = activity;
      const asked: Asked = {
        id,
        index,
        activity,
        facts: isIndexed ? factsDemanded(activity) : [],
        others: [],
        kept: form.kind === 'at-most' ? new KeptMatches() : undefined,
        sightings: form.kind === 'familiar' ? new Sightings(activity, form) : undefined,
        openMembers: openMembersAsked(activity),
        asksCategory: asksCategory(activity),
      };
      this.others.set(id, asked.others);
      if (asked.kept !== undefined) this.kept.set(id, asked.kept);
      if (asked.sightings !== undefined) this.sightings.set(id, asked.sightings);
      this.all.push(asked);
      const names = isIndexed ? eventNamesOf(activity) : undefined;
      if (names === undefined) this.ofAnyName.push(asked);
      else for (const name of names) this.byName.set(name, [...(this.byName.get(name) ?? []), asked]);
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

  /** What a policy may be about. */
  matchesOf(policyId: string): readonly Match[] {
    return [...(this.others.get(policyId) ?? []), ...(this.kept.get(policyId)?.all() ?? [])];
  }

  /**
   * The same, without those of groups in which there are not too many, whenever they happened.
   *
   * @param from - where the window begins that is judged, in milliseconds
   */
  matchesToJudge({ id, activity }: AskedPolicy, from: number): readonly Match[] {
    const others = this.others.get(id) ?? [];
    const kept = this.kept.get(id);
    if (kept === undefined || activity.form.kind !== 'at-most') return others;
    const { count, distinct, sum } = activity.form;
    const limits = new Map<string, number | undefined>();
    const limitIn = (account: string): number => {
      const params = this.paramsFor(id, account);
      if (!limits.has(account)) limits.set(account, params === undefined ? undefined : quantityOf(count, params));
      return limits.get(account) ?? Number.NEGATIVE_INFINITY;
    };
    const counted = (it: GroupTotal): number =>
      distinct !== undefined ? it.distinct : sum !== undefined ? it.sum : it.events;
    const chosen = kept.ofGroups(others, (it) => counted(it) > limitIn(it.account));
    // What happened first in the window says whether a series may have begun before it.
    return [...others, ...chosen, ...kept.firstSince(from, (it) => standing(it, this.replaced) !== undefined)];
  }

  /** Accounts of which there are matches of a policy that counts. */
  accountsOf(policyId: string): ReadonlySet<string> {
    return this.kept.get(policyId)?.accounts ?? new Set();
  }

  add({ origin, records }: EventBatch): void {
    for (const record of records) this.addRecord(record, origin);
  }

  /** What policies want of records that differ in nothing but open members that are not known. */
  kindOf(sample: EventRecord, known: ReadonlySet<string>): LikeRecords | OpenQuestion | 'whole' {
    const asked = this.askedOf(sample);
    const account = accountOf(sample);
    if (asked.length > 0 && account === undefined) return 'whole';
    const takers: TakeLight[] = [];
    const asks = new Set<string>();
    if (asked.length > 0 && account !== undefined) {
      this.accounts.add(account);
      const inForce = this.paramsIn(account);
      const event = sampleObject(sample, known, new Unknown(['open']));
      const seen = { ...seenEvent(sample, { object: '' }, '', this.keptText), event, at: 0 };
      for (const it of asked) {
        const params = inForce[it.index];
        if (params === undefined || !it.facts.every((fact) => isSo(fact, event))) continue;
        try {
          const found = this.takersOf(it, params, seen, known);
          if (found === 'whole') return 'whole';
          if (found !== undefined) takers.push(...found);
          else {
            const missing = [...it.openMembers].filter((member) => !known.has(member));
            if (missing.length === 0) return 'whole';
            for (const member of missing) asks.add(member);
          }
        } catch (error) {
          throw stopped(error, it.id, `events like ${textIn(sample, 'eventID') ?? 'one without an id'}`);
        }
      }
    }
    if (asks.size > 0) return { asks };
    return {
      take: (light, origin) => {
        if (this.sought.size > 0) {
          const eventID = lightId(light);
          if (this.sought.has(eventID)) this.foundAgain.add(eventID);
        }
        if (light.at < this.window.from || light.at >= this.window.to) return;
        for (const take of takers) take(light, origin);
      },
    };
  }

  /** Keeps what a policy wants of records that are alike; undefined where it depends on what is not known of them. */
  private takersOf(
    it: Asked,
    params: ViewObject,
    seen: SeenEvent,
    known: ReadonlySet<string>,
  ): readonly TakeLight[] | 'whole' | undefined {
    if (it.sightings !== undefined) {
      const scope = scopeOf({ event: seen.event, params });
      const [holds] = conditionsOf(it.activity).map((condition) => evaluate(condition, scope));
      // Of these the first of a day is kept, whichever that is.
      return holds === false ? [] : holds === true ? 'whole' : undefined;
    }
    const matches = matchesOf(it.activity, params, it.kept === undefined ? seen : bare(seen));
    if (matches.length > 0 && isShownOpen(it.activity, known)) return undefined;
    const takers = matches.map((match) => takerOf(it, match));
    return takers.every((taker) => taker !== undefined) ? takers : undefined;
  }

  private askedOf(record: EventRecord): readonly Asked[] {
    const name = record['eventName'];
    const asked = typeof name === 'string' ? (this.byName.get(name) ?? this.ofAnyName) : this.all;
    return isOfDeed(record) ? asked : asked.filter((it) => it.asksCategory);
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
    const asked = this.askedOf(record);
    if (asked.length === 0) return;
    const eventID = id ?? `sha256:${hash('sha256', canonical(record), 'hex')}`;
    const seen = seenEvent(record, origin, eventID, this.keptText);
    // A record without a readable time may lie in the window.
    if (seen.at !== undefined && (seen.at < this.window.from || seen.at >= this.window.to)) return;
    this.accounts.add(seen.account);
    const inForce = this.paramsIn(seen.account);
    for (const it of asked) {
      const params = inForce[it.index];
      if (params === undefined || !it.facts.every((fact) => isSo(fact, seen.event))) continue;
      try {
        this.addMatches(it, params, seen, replaces);
      } catch (error) {
        throw stopped(error, it.id, `event ${eventID}`);
      }
    }
  }

  private addMatches(it: Asked, params: ViewObject, seen: SeenEvent, replaces: string | undefined): void {
    if (it.sightings !== undefined) {
      it.sightings.add(params, seen, replaces);
      return;
    }
    for (const match of matchesOf(it.activity, params, it.kept === undefined ? seen : bare(seen))) {
      const whole = replaces === undefined ? match : { ...match, replaces };
      if (it.kept?.add(whole) !== true) it.others.push(whole);
    }
  }

  private paramsIn(account: string): readonly (ViewObject | undefined)[] {
    const known = this.inForce.get(account);
    if (known !== undefined) return known;
    const made = this.policies.map(({ id }) => this.paramsFor(id, account));
    this.inForce.set(account, made);
    return made;
  }

  private readonly keptText = (text: string): string => {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  };
}

/** A policy, and what was found of it. */
interface Asked {
  readonly id: string;
  readonly index: number;
  readonly activity: CompiledActivity;
  /** What must be so of an event for the policy to be about it. */
  readonly facts: readonly DemandedFact[];
  readonly others: Match[];
  readonly kept: KeptMatches | undefined;
  readonly sightings: Sightings | undefined;
  /** It is about records of other kinds than deeds, too. */
  readonly asksCategory: boolean;
  /** What it asks of events that like records need not have in common. */
  readonly openMembers: ReadonlySet<string>;
}

type TakeLight = (light: LightEvent, origin: EventOrigin) => void;

/** Keeps matches of one kind that differ in their id, time and object alone; undefined where these may differ in more. */
function takerOf({ kept, others }: Asked, match: Match): TakeLight | undefined {
  if (kept !== undefined) {
    const row = kept.rowOf(match);
    return row === undefined ? undefined : (light, origin) => kept.addLight(row, light, origin);
  }
  if (match.doubt !== undefined || match.sharedEventID !== undefined) return undefined;
  return (light, origin) => void others.push({ ...match, eventID: lightId(light), at: light.at, origin });
}

/** False only where it is known to be otherwise. */
function isSo({ field, is }: DemandedFact, event: ViewObject): boolean {
  const value = event.get(field);
  return typeof value !== 'boolean' || value === is;
}

const asItIs = (text: string): string => text;

/** The same event, of which no text is kept: a row of numbers keeps it. */
function bare(seen: SeenEvent): SeenEvent {
  return { ...seen, kept: asItIs };
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
