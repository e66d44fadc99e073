import { matchesOf, seenEvent } from '../../../src/activity/match.js';
import type { CompiledActivity } from '../../../src/activity/index.js';
import type { ViewObject } from '../../../src/expression/index.js';
import type { EventRecord } from '../../../src/model/log-events.js';

export interface Asked {
  readonly name: string;
  readonly activity: CompiledActivity;
  readonly params: ViewObject;
}

/** The numbers of events. */
export interface Outcomes {
  /** Those that match, and those of which that is not known. */
  readonly matching: ReadonlySet<number>;
  /** Those that match for sure. */
  readonly certain: ReadonlySet<number>;
}

/** What our engine makes of events for a policy. */
export function outcomesOf({ activity: given, params }: Asked, events: readonly EventRecord[]): Outcomes {
  const matching = new Set<number>();
  const certain = new Set<number>();
  // What is allowed makes familiar: it is no match, and it is asked for.
  const { except, ...rest } = given;
  const activity = given.form.kind === 'familiar' || except === undefined ? rest : given;
  for (const [index, record] of events.entries()) {
    const seen = seenEvent(record, { object: 'test' }, String(index), (text) => text);
    const matches = matchesOf(activity, params, seen);
    if (matches.length > 0) matching.add(index);
    if (matches.some((it) => it.doubt === undefined)) certain.add(index);
  }
  return { matching, certain };
}

/** What an engine made of a policy, and what is wrong with it; undefined: nothing. */
export function difference(
  asked: Asked,
  isExact: boolean,
  events: readonly EventRecord[],
  given: ReadonlySet<number>,
  mayBeMore: (record: EventRecord) => boolean,
): { readonly policy: string; readonly missing: readonly unknown[]; readonly extra: readonly unknown[] } | undefined {
  const ours = outcomesOf(asked, events).matching;
  const missing = [...ours].filter((index) => !given.has(index));
  const extra = isExact
    ? [...given].filter((index) => !ours.has(index) && events[index] !== undefined && !mayBeMore(events[index]))
    : [];
  if (missing.length === 0 && extra.length === 0) return undefined;
  const shown = (indexes: readonly number[]): readonly unknown[] => indexes.slice(0, 3).map((it) => events[it]);
  return { policy: asked.name, missing: shown(missing), extra: shown(extra) };
}
