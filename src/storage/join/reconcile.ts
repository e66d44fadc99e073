import { hash } from 'node:crypto';
import type { Gap } from '../../model/inventory.js';
import { isObject } from '../../model/is-object.js';
import type { Known } from '../../model/known.js';
import { byText } from '../../text/order.js';

/** What one part of a run told. */
export interface Told<T> {
  readonly it: T;
  /** When that part was read, RFC 3339. */
  readonly at: string;
}

/** How parts are joined that tell different things of one and the same. */
export interface Joining {
  /** The newest is right: it was read to take the place of the others. */
  readonly newestWins: boolean;
  /** Takes note of a disagreement. */
  readonly note: (gap: Gap) => void;
}

/**
 * One thing as all parts together tell it, member by member: what one was refused another may have been told, whichever
 * of the two is newer. Where two were told different things it changed meanwhile, and neither is the state of the run.
 * How far the deliveries of a trail have come differs from part to part, and is taken from the newest.
 */
export function reconciled<T extends object>(what: Place, all: readonly Told<T>[], joining: Joining): T {
  const parts = all.toSorted((a, b) => byText(b.at, a.at));
  const names = new Set(parts.flatMap(({ it }) => Object.keys(it)));
  const merged = [...names].flatMap((name): [string, unknown][] => {
    const told = parts.flatMap(({ it, at }) => {
      const value: unknown = Reflect.get(it, name);
      return value === undefined ? [] : [{ it: value, at }];
    });
    const known = told.flatMap(({ it, at }) => (isKnown(it) ? [{ it, at }] : []));
    if (known.length > 0) return [[name, agreed(what, name, known, joining)]];
    if (name === 'evidence') return [[name, evidenceOf(told)]];
    // A list that some part has to its end is whole.
    if (name.endsWith('Gap') && told.length < parts.length) return [];
    return [[name, told[0]?.it]];
  });
  // Each member is one of the same type, or unknown where it was a `Known`.
  return Object.fromEntries(merged) as T;
}

/** Which thing it is, for gaps. */
export interface Place {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
}

/** What the parts tell of one member, the newest first; of several reasons for an unknown one the newest stands. */
function agreed(what: Place, member: string, all: readonly Told<Known<unknown>>[], joining: Joining): Known<unknown> {
  const told = all.filter(({ it }) => it.state !== 'unknown');
  const [first, ...others] = told;
  if (first === undefined) return all[0]?.it ?? { state: 'absent' };
  const other = others.find(({ it }) => textOf(steady(it)) !== textOf(steady(first.it)));
  if (other === undefined || joining.newestWins) return first.it;
  const gap = disagreement(what, member, first.at, other.at);
  joining.note(gap);
  return { state: 'unknown', gap: gap.id };
}

/** Whether two values are the same, in whatever order their members were written. */
export function tellTheSame(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b);
}

/** Equal for equal values, in whatever order their members were written. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    isObject(it) ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => byText(a, b))) : it,
  );
}

/** Without what changes from hour to hour in a trail's status: times, and errors of the last attempt. */
function steady(it: Known<unknown>): unknown {
  if (it.state !== 'known' || !isObject(it.value) || !('isLogging' in it.value)) return it;
  return it.value['isLogging'];
}

/** That parts tell different things of one member of a thing. */
export function disagreement({ id, accountId, region }: Place, member: string, a: string, b: string): Gap {
  const call = `record of ${member}`;
  return {
    id: hash('sha256', ['disagreement', call, id].join('\n'), 'hex').slice(0, 16),
    call,
    accountId,
    region,
    resource: id,
    reason: 'error',
    message: `Parts of this run that were read at ${b} and at ${a} tell different things of it: it was changed meanwhile. Read all parts again.`,
    at: a,
  };
}

/** Of each call the newest. */
function evidenceOf(all: readonly Told<unknown>[]): object {
  return Object.fromEntries(all.toReversed().flatMap(({ it }) => (isObject(it) ? Object.entries(it) : [])));
}

function isKnown(value: unknown): value is Known<unknown> {
  return isObject(value) && (value['state'] === 'known' || value['state'] === 'absent' || value['state'] === 'unknown');
}
