import type { ViewObject } from '../expression/index.js';
import { excesses, mostPossible, type Excess } from './at-most.js';
import { gapsWithin, type Hole } from './account-coverage.js';
import type { Window } from './collector.js';
import type { ActivityForm, CompiledActivity } from './compiled-activity.js';
import { byTime } from './each-once.js';
import type { Match } from './match.js';
import { quantityOf } from './scope.js';

/** Events that together are one incident. */
export interface IncidentEvents {
  /** What they share. */
  readonly key: string;
  /** By time; empty where the incident is that nothing happened. */
  readonly events: readonly Match[];
  readonly count: number;
  /** Milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** What makes it the same incident in another run: with the policy and the account. */
  readonly identity: string;
}

export interface Judged {
  readonly incidents: readonly IncidentEvents[];
  /** It holds whatever is not known. */
  readonly isSettled: boolean;
  /** What leaves open whether there is an incident, beside the holes of the account: ids of gaps. */
  readonly open: readonly string[];
}

export interface Judging {
  readonly activity: CompiledActivity;
  readonly params: ViewObject;
  /** Of this account, each once, by time. */
  readonly matches: readonly Match[];
  readonly holes: readonly Hole[];
  readonly window: Window;
  /** From when on events are at hand, in milliseconds: before the window, for series that reach into it. */
  readonly atHand: number;
  readonly account: string;
}

/** What an activity policy makes of the events of one account. */
export function judge(judging: Judging): Judged {
  const { form } = judging.activity;
  switch (form.kind) {
    case 'never': {
      return judgeNever(judging);
    }
    case 'at-most': {
      return judgeAtMost(judging, form);
    }
    case 'followed-by': {
      return judgeFollowedBy(judging, form);
    }
    case 'happens': {
      return judgeHappens(judging, form);
    }
  }
}

const isCertain = (it: Match): boolean => it.doubt === undefined;
const doubtsOf = (matches: readonly Match[]): readonly string[] => matches.flatMap((it) => it.doubt?.gaps ?? []);

/** Events of the window; what has no time may be one. */
const isInside =
  ({ from }: Window) =>
  (it: Match): boolean =>
    !(it.at < from);

function judgeNever({ activity, matches: all, window }: Judging): Judged {
  const matches = all.filter(isInside(window));
  const certain = matches.filter(isCertain).map((it) => ({ events: [it], count: 1 }));
  return { incidents: joined(certain, activity), isSettled: false, open: doubtsOf(matches) };
}

const outOfRange = 'parameter:out-of-range';

function judgeAtMost(judging: Judging, form: ActivityForm & { readonly kind: 'at-most' }): Judged {
  const { activity, params, matches, window } = judging;
  const count = quantityOf(form.count, params);
  const within = quantityOf(form.within, params);
  if (count === undefined || within === undefined) return { incidents: [], isSettled: false, open: [outOfRange] };
  const counts = form.distinct !== undefined ? 'distinct' : form.sum !== undefined ? 'sum' : 'events';
  const limit = { count, within, counts } as const;
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    if (match.group === undefined) continue;
    const group = groups.get(match.group);
    if (group === undefined) groups.set(match.group, [match]);
    else group.push(match);
  }
  const anyGroup = matches.filter((it) => it.group === undefined);
  const reachesIn = ({ events }: Excess): boolean => (events.at(-1)?.at ?? 0) >= window.from;
  const found = [...groups.values()]
    .flatMap((events) => excesses(events.filter(isCertain), limit))
    .filter((it) => reachesIn(it));
  const doubtful = [...(groups.size === 0 ? [[]] : groups.values())].flatMap((events) => {
    const all = [...events, ...anyGroup].toSorted(byTime);
    return all.some((it) => !isCertain(it)) && mostPossible(all, limit, window.from) > count ? doubtsOf(all) : [];
  });
  return {
    incidents: joined(found, activity, form.by.length === 0 ? judging.account : undefined),
    isSettled: false,
    open: [...doubtful, ...openBefore(judging, within)],
  };
}

/** What may have begun before the window, and what happened then is not known: only that is open that reaches into it. */
function openBefore({ matches, holes, window, atHand }: Judging, within: number): readonly string[] {
  const first = matches.find((it) => it.at >= window.from);
  if (first === undefined || first.at - within >= window.from) return [];
  const from = first.at - within;
  return [
    ...(from < atHand ? [beforeWindow({ ...window, from: atHand })] : []),
    ...gapsWithin(holes, from, window.from - 1).map((it) => it.id),
  ];
}

function judgeFollowedBy(judging: Judging, form: ActivityForm & { readonly kind: 'followed-by' }): Judged {
  const { activity, params, matches, holes, window } = judging;
  const within = quantityOf(form.within, params);
  if (within === undefined) return { incidents: [], isSettled: false, open: [outOfRange] };
  const later = matches.filter((it) => it.part === 'then');
  const alone: Match[] = [];
  const open: string[] = [];
  for (const first of matches.filter((it) => it.part === 'where')) {
    const end = first.at + within;
    // What had its time before the window is another run's.
    if (end < window.from) continue;
    const isInTime = (it: Match): boolean => !(it.at < first.at) && !(it.at > end);
    const isSame = (it: Match): boolean =>
      it.group === first.group || it.group === undefined || first.group === undefined;
    const candidates = later.filter((it) => isInTime(it) && isSame(it) && it.eventID !== first.eventID);
    if (isCertain(first) && candidates.some((it) => isCertain(it) && it.at > first.at)) continue;
    const doubts = [
      ...doubtsOf([first]),
      ...candidates.flatMap((it) => it.doubt?.gaps ?? [`same-second:${it.eventID}`]),
      ...(end >= window.to ? [afterWindow(window)] : []),
      ...gapsWithin(holes, first.at, end).map((it) => it.id),
    ];
    if (doubts.length === 0) alone.push(first);
    else open.push(...doubts);
  }
  const incidents = joined(
    alone.map((it) => ({ events: [it], count: 1 })),
    activity,
  );
  return { incidents, isSettled: false, open };
}

/** The id of the gap behind the end of the window. */
export function afterWindow({ to }: Window): string {
  return `after-window:${new Date(to).toISOString()}`;
}

/** The id of the gap before its beginning. */
export function beforeWindow({ from }: Window): string {
  return `before-window:${new Date(from).toISOString()}`;
}

function judgeHappens(judging: Judging, form: ActivityForm & { readonly kind: 'happens' }): Judged {
  const { params, matches, holes, window, account } = judging;
  const atLeast = quantityOf(form.atLeast, params);
  const every = quantityOf(form.every, params);
  if (atLeast === undefined || every === undefined) return { incidents: [], isSettled: false, open: [outOfRange] };
  const from = window.to - every;
  const events = matches.filter((it) => !(it.at < from)).filter(isInside(window));
  const certain = events.filter(isCertain);
  if (certain.length >= atLeast) return { incidents: [], isSettled: true, open: [] };
  const open = [
    ...(events.length >= atLeast ? doubtsOf(events) : []),
    ...(from < window.from ? [beforeWindow(window)] : []),
    ...gapsWithin(holes, Math.max(from, window.from), window.to - 1).map((it) => it.id),
  ];
  if (open.length > 0) return { incidents: [], isSettled: false, open };
  const absence = {
    key: account,
    events: certain,
    count: certain.length,
    firstAt: from,
    lastAt: window.to,
    identity: '',
  };
  return { incidents: [absence], isSettled: true, open: [] };
}

/** What has one key and begins in one span is one incident. What has no key stands for itself. */
function joined(
  found: readonly { readonly events: readonly Match[]; readonly count: number }[],
  { incidentPer, form }: CompiledActivity,
  keyOfAll?: string,
): readonly IncidentEvents[] {
  const byIdentity = new Map<string, { key: string; events: Match[]; count: number }>();
  const sorted = found.toSorted((a, b) => (a.events[0]?.at ?? 0) - (b.events[0]?.at ?? 0));
  for (const { events, count } of sorted) {
    const [first] = events;
    if (first === undefined) continue;
    const shared = first.incidentKey ?? keyOfAll;
    const key = shared ?? first.eventID;
    const span = new Date(Math.floor(first.at / incidentPer) * incidentPer).toISOString();
    const identity = shared === undefined ? `event\n${first.replaces ?? first.eventID}` : `key\n${shared}\n${span}`;
    const other = byIdentity.get(identity);
    if (other === undefined) byIdentity.set(identity, { key, events: [...events], count });
    else {
      other.events.push(...events);
      const adds = form.kind !== 'at-most' || (form.distinct === undefined && form.sum === undefined);
      other.count = adds ? other.count + count : Math.max(other.count, count);
    }
  }
  return [...byIdentity].map(([identity, { key, events, count }]) => {
    const inOrder = events.toSorted(byTime);
    const [firstAt, lastAt] = [inOrder[0]?.at ?? 0, inOrder.at(-1)?.at ?? 0];
    return { identity, key, events: inOrder, count, firstAt, lastAt };
  });
}
