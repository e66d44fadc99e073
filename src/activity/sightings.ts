import { evaluate, Unknown, type ViewObject } from '../expression/index.js';
import { byText } from '../text/order.js';
import type { CompiledActivity, FamiliarForm } from './compiled-activity.js';
import { combinationOf } from './familiar-question.js';
import { matchesOf, type Match, type SeenEvent } from './match.js';
import { scopeOf } from './scope.js';

export const day = 86_400_000;

/** What was seen on one day of UTC. */
export interface DaySeen {
  /** The first event; undefined: one that is allowed. */
  readonly first: Match | undefined;
  readonly rank: Rank;
  /** Milliseconds. */
  readonly last: number;
}

/** Which of two events is the first: its time, and for one second what does not depend on the order of reading. */
type Rank = readonly [
  at: number,
  replaces: number,
  isAllowed: number,
  eventID: string,
  verified: number,
  object: string,
];

/** By what was seen together: by day. */
export type Combinations = ReadonlyMap<string, ReadonlyMap<number, DaySeen>>;

/**
 * What a policy on familiar things saw, by account: of each combination and day the first event and the last time. That
 * is enough, as no past is shorter than a day, and there may be millions of events.
 */
export class Sightings {
  readonly byAccount = new Map<string, Map<string, Map<number, DaySeen>>>();
  /** Events of which it is not known what they show, or whether the policy speaks of them. */
  readonly doubtful: Match[] = [];

  constructor(
    private readonly activity: CompiledActivity,
    private readonly form: FamiliarForm,
  ) {}

  add(params: ViewObject, event: SeenEvent, replaces: string | undefined): void {
    const scope = scopeOf({ event: event.event, params });
    const holds = evaluate(this.form.where, scope);
    if (holds === false) return;
    const combination = combinationOf(this.form.what, scope);
    const { except } = this.activity;
    const isAllowed = except === undefined ? false : evaluate(except, scope);
    const matched = (): Match | undefined => {
      const [match] = matchesOf(this.activity, params, event);
      return match === undefined || replaces === undefined ? match : { ...match, replaces };
    };
    const isCertain = holds === true && typeof combination === 'string' && event.at !== undefined;
    if (!isCertain || typeof isAllowed !== 'boolean') this.doubt(matched());
    if (isCertain) this.see(event, event.kept(combination), event.at, isAllowed !== false, replaces, matched);
  }

  private doubt(match: Match | undefined): void {
    if (match !== undefined) this.doubtful.push(match);
  }

  private see(
    { account, eventID, origin }: SeenEvent,
    combination: string,
    at: number,
    isAllowed: boolean,
    replaces: string | undefined,
    matched: () => Match | undefined,
  ): void {
    const days = madeIn(madeIn(this.byAccount, account), combination);
    const number = Math.floor(at / day);
    const before = days.get(number);
    if (before !== undefined && at > before.rank[0]) {
      if (at > before.last) days.set(number, { ...before, last: at });
      return;
    }
    const rank: Rank = [
      at,
      replaces === undefined ? 1 : 0,
      isAllowed ? 1 : 0,
      eventID,
      origin.verified === true ? 0 : 1,
      origin.object,
    ];
    const order = before === undefined ? -1 : compared(rank, before.rank);
    if (order > 0) return;
    const first = isAllowed ? undefined : matched();
    // Records of one id in one object: whichever came first.
    if (order === 0 && byText(JSON.stringify(first ?? null), JSON.stringify(before?.first ?? null)) >= 0) return;
    days.set(number, { first, rank, last: Math.max(at, before?.last ?? at) });
  }
}

function compared(a: Rank, b: Rank): number {
  for (const [index, it] of a.entries()) {
    const other = b[index] ?? 0;
    const difference = typeof it === 'number' ? it - Number(other) : byText(it, String(other));
    if (difference !== 0) return difference;
  }
  return 0;
}

function madeIn<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  map.set(key, made);
  return made;
}

/** What leaves open whether an event is what it seems. */
export function doubtOf({ doubt, eventID }: Match): readonly string[] {
  return doubt instanceof Unknown && doubt.gaps.length > 0 ? doubt.gaps : [`event:${eventID}`];
}
