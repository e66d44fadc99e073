import { isOpen } from '../partial-event/index.js';
import { recordedEvent } from '../alarm-chain/index.js';
import {
  asksForPlace,
  toldByEventPatterns,
  type AlarmSubject,
  type EventClass,
  type EventPlace,
  type Told,
} from '../required-events/index.js';
import { after, bestReaction, told, undecided, untold, type Reaction } from './reaction.js';
import type { BusPlace, BusRule, RuleSources } from './sources.js';
import { endOf, waysOver, type Way } from './ways.js';

/** Whether someone is told of a kind of event, by a rule on the bus of this place. */
export interface EventReaction {
  /** The event's name. */
  readonly id: string;
  readonly what: string;
  readonly reaction: Reaction;
}

export interface EventReactions {
  /** What the rules of a place do about each of these kinds of events, all of one subject. */
  at(place: BusPlace, subject: AlarmSubject, classes: readonly EventClass[]): readonly EventReaction[];
}

const allEvents = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const states: ReadonlySet<string> = new Set(['ENABLED', 'DISABLED', allEvents]);

/** Follows events of CloudTrail over EventBridge to those who are told, and remembers what patterns match. */
export function eventReactions(sources: RuleSources): EventReactions {
  const matched = new Map<string, Told>();
  const toldBy = (
    subject: AlarmSubject,
    ways: readonly (readonly string[])[],
    classes: readonly EventClass[],
    { accountId, region }: EventPlace,
  ): Told => {
    const place = ways.flat().some(asksForPlace) ? { accountId, region } : undefined;
    const key = JSON.stringify([subject, ways, classes.map((it) => it.id), place]);
    const found = matched.get(key) ?? toldByEventPatterns(subject, ways, classes, place);
    matched.set(key, found);
    return found;
  };
  return {
    at: (place, subject, classes) => {
      const ways = place.rules.state === 'known' ? place.rules.value.flatMap((it) => waysOver(it, sources)) : [];
      return classes.map((eventClass) => {
        const { id, what } = eventClass;
        const ask: Ask = (asked) => {
          const patterns = asked.map(({ rules }) => rules.map(({ pattern }) => pattern));
          return toldBy(subject, patterns, [eventClass], place);
        };
        const reaction = byRules(place, ways, eventClass, ask, sources);
        return { id, what, reaction: after(recordedAt(place, eventClass), reaction) };
      });
    },
  };
}

/**
 * EventBridge gets what a trail records that logs.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
function recordedAt(place: BusPlace, eventClass: EventClass): Reaction {
  const { accountId, region } = place;
  const where = `in account ${accountId}, Region ${region}`;
  const records = place.records(recordedEvent(eventClass));
  if (records.state === 'unknown') {
    return undecided(`Whether a trail records ${eventClass.what} ${where} is not known.`, records.gaps);
  }
  if (records.value) return told(`A trail records ${eventClass.what} ${where}.`);
  return untold('trail', `No trail that logs records ${eventClass.what} ${where}, so EventBridge gets none.`);
}

type Ask = (ways: readonly Way[]) => Told;

function byRules(
  { rules, accountId, region }: BusPlace,
  ways: readonly Way[],
  eventClass: EventClass,
  ask: Ask,
  sources: RuleSources,
): Reaction {
  const none = untold(
    'rule',
    `No rule on the default event bus of account ${accountId} in ${region} matches ${eventClass.what}.`,
  );
  if (rules.state === 'unknown') {
    return undecided(`The rules of account ${accountId} in ${region} could not be read.`, [rules.gap]);
  }
  const best = bestReaction(
    ways.map((way) => overWay(way, eventClass, ask, sources)),
    none,
  );
  return best.state === 'told' ? best : better(best, byTogether(ways, eventClass, ask));
}

/** Rules of which each matches a part may match all together; told of that part is told whoever a rule of it tells. */
function byTogether(ways: readonly Way[], eventClass: EventClass, ask: Ask): Reaction | undefined {
  const live = ways.filter((it) => it.rules.every((rule) => isOn(rule, eventClass)) && ask([it]).state === 'told');
  const ends = live.map((way) => ({ way, end: endOf(way) }));
  const matchesAll = (chosen: readonly Way[]): boolean => {
    if (chosen.length < 2) return false;
    const it = ask(chosen);
    return it.state === 'told' && it.classes.every(({ state }) => state === 'all');
  };
  const telling = ends.filter(({ end }) => end.state === 'told').map((it) => it.way);
  if (matchesAll(telling)) {
    const arns = new Set(telling.map(({ rules: [first] }) => first.arn));
    return told(`Rules ${[...arns].join(' and ')} together notify of ${eventClass.what}.`);
  }
  const perhaps = ends.filter(({ end }) => end.state !== 'untold');
  if (!matchesAll(perhaps.map((it) => it.way))) return undefined;
  const gaps = perhaps.flatMap(({ end }) => (end.state === 'unknown' ? end.gaps : []));
  return undecided(`Whether the rules that together match ${eventClass.what} notify anyone is not known.`, gaps);
}

function better(best: Reaction, together: Reaction | undefined): Reaction {
  if (together === undefined || (best.state === 'unknown' && together.state === 'unknown')) return best;
  return together;
}

function isOn({ state }: BusRule, eventClass: EventClass): boolean {
  return state === allEvents || (state === 'ENABLED' && !mayBeRead(eventClass));
}

/** EventBridge gives reads only to rules in the state that says so. */
function mayBeRead({ event }: EventClass): boolean {
  const { readOnly } = event;
  return readOnly === true || (isOpen(readOnly) && (readOnly.of !== 'values' || readOnly.values.includes(true)));
}

function overWay(way: Way, eventClass: EventClass, ask: Ask, sources: RuleSources): Reaction {
  const { rules } = way;
  const { what } = eventClass;
  const [{ arn }] = rules;
  const isOne = rules.length === 1;
  const named = isOne ? `ule ${arn}` : `ules ${rules.map((it) => it.arn).join(' and then ')}`;
  const of = ask([way]);
  if (of.state === 'indiscriminate') {
    const nothing = untold(
      'rule',
      `R${named} also match${isOne ? 'es' : ''} what has nothing to do with ${what}: that tells nothing.`,
    );
    const sifted = rules.every((it) => isOn(it, eventClass)) ? endOf(way, true) : nothing;
    const [meant] = of.classes ?? [];
    if (sifted.state !== 'unknown' || meant === undefined || meant.state === 'misses') return nothing;
    return meant.state === 'all' ? sifted : undecided(sifted.why, sifted.gaps);
  }
  const [decided] = of.state === 'told' ? of.classes : [];
  if (decided?.state === 'misses') {
    const always = decided.missed?.isWholeClass === false ? ' always' : '';
    return untold('rule', `R${named} do${isOne ? 'es not' : ' not both'} match ${what}${always}.`);
  }
  const off = rules.find(({ state }) => state === 'DISABLED');
  if (off !== undefined) return untold('rule', `Rule ${off.arn} matches ${what}, and is disabled.`);
  const deaf = mayBeRead(eventClass) ? rules.find(({ state }) => state === 'ENABLED') : undefined;
  if (deaf !== undefined) return untold('rule', `Rule ${deaf.arn} gets no reads: its state is not ${allEvents}.`);
  const rest = endOf(way);
  const open = (why: string): Reaction => after(undecided(why, [sources.noteUnsupported(arn, why)]), rest);
  if (of.state === 'unreadable' || decided?.state !== 'all') {
    const problem = of.state === 'unreadable' ? `: ${of.why}` : '';
    return open(`Whether r${named} match${isOne ? 'es' : ''} ${what} could not be decided${problem}.`);
  }
  const newer = rules.find(({ state }) => !states.has(state));
  return newer === undefined
    ? rest
    : open(`Rule ${newer.arn} is in a state that is newer than this program (${newer.state}).`);
}
