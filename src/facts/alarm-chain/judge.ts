import type { EventChain } from './alarm-chains.js';
import type { LinkName } from './link.js';

export interface AlarmDemands {
  /** So many events in one period must raise the alarm, at most. Default: 1. */
  readonly maxThreshold?: number;
  /** Ids of events that need no alarm. */
  readonly exceptEvents?: readonly string[];
}

export type AlarmVerdict =
  | { readonly verdict: 'holds' }
  /** Of these events no one is told: each with its broken link. */
  | { readonly verdict: 'broken'; readonly events: readonly BrokenEvent[] }
  | { readonly verdict: 'unknown'; readonly gaps: readonly string[]; readonly why: string };

export interface BrokenEvent {
  readonly id: string;
  readonly link: LinkName;
  readonly why: string;
}

/** Whether someone is told of every event in time; one that is surely missed decides. */
export function judgeAlarms(
  events: readonly EventChain[],
  { maxThreshold = 1, exceptEvents = [] }: AlarmDemands = {},
): AlarmVerdict {
  const asked = events.filter((it) => !exceptEvents.includes(it.id));
  const failing = asked.flatMap((it) => failureOf(it, maxThreshold));
  if (failing.length > 0) return { verdict: 'broken', events: failing };
  const open = asked.flatMap(({ chain }) => {
    const isEnough =
      chain.state !== 'unknown' || (chain.firesAtMost?.firesAt ?? Number.POSITIVE_INFINITY) <= maxThreshold;
    return chain.state === 'unknown' && !isEnough ? [chain] : [];
  });
  const [first] = open;
  if (first === undefined) return { verdict: 'holds' };
  return { verdict: 'unknown', gaps: [...new Set(open.flatMap((it) => it.gaps))].toSorted(), why: first.why };
}

function failureOf({ id, chain }: EventChain, maxThreshold: number): readonly BrokenEvent[] {
  switch (chain.state) {
    case 'broken':
      return [{ id, link: chain.brokenAt, why: chain.why }];
    case 'whole':
      if (chain.firesAt <= maxThreshold) return [];
      return [{ id, link: 'alarm', why: `${chain.why} It takes ${chain.firesAt} events in one period.` }];
    case 'unknown':
      return [];
  }
}
