import { matchesOf, seenEvent } from '../../../src/activity/match.js';
import type { CompiledActivity } from '../../../src/activity/index.js';
import type { ViewObject } from '../../../src/expression/index.js';
import type { EventRecord } from '../../../src/model/log-events.js';

export interface Asked {
  readonly name: string;
  readonly activity: CompiledActivity;
  readonly params: ViewObject;
}

/** The numbers of the events that our engine gives a policy: those that match, and those of which that is not known. */
export function matching({ activity, params }: Asked, events: readonly EventRecord[]): ReadonlySet<number> {
  const found = [...events.keys()].filter((index) => {
    const record = events[index];
    if (record === undefined) return false;
    const seen = seenEvent(record, { object: 'test' }, String(index), (text) => text);
    return matchesOf(activity, params, seen).length > 0;
  });
  return new Set(found);
}

/** What an engine made of a policy, and what is wrong with it; undefined: nothing. */
export function difference(
  asked: Asked,
  isExact: boolean,
  events: readonly EventRecord[],
  given: ReadonlySet<number>,
  mayBeMore: (record: EventRecord) => boolean,
): { readonly policy: string; readonly missing: readonly unknown[]; readonly extra: readonly unknown[] } | undefined {
  const ours = matching(asked, events);
  const missing = [...ours].filter((index) => !given.has(index));
  const extra = isExact
    ? [...given].filter((index) => !ours.has(index) && events[index] !== undefined && !mayBeMore(events[index]))
    : [];
  if (missing.length === 0 && extra.length === 0) return undefined;
  const shown = (indexes: readonly number[]): readonly unknown[] => indexes.slice(0, 3).map((it) => events[it]);
  return { policy: asked.name, missing: shown(missing), extra: shown(extra) };
}
