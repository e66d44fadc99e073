import { mapKnown } from '../../model/known.js';
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
import type { BusPlace, BusRule, RuleSources, RuleTarget } from './sources.js';
import { toTopic } from './topic-target.js';

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
    patterns: readonly string[],
    classes: readonly EventClass[],
    { accountId, region }: EventPlace,
  ): Told => {
    const place = patterns.some(asksForPlace) ? { accountId, region } : undefined;
    const key = JSON.stringify([subject, patterns, classes.map((it) => it.id), place]);
    const found = matched.get(key) ?? toldByEventPatterns(subject, patterns, classes, place);
    matched.set(key, found);
    return found;
  };
  return {
    at: (place, subject, classes) =>
      classes.map((eventClass) => {
        const { id, what } = eventClass;
        const ask = (patterns: readonly string[]): Told => toldBy(subject, patterns, [eventClass], place);
        return { id, what, reaction: after(recordedAt(place, eventClass), byRules(place, eventClass, ask, sources)) };
      }),
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

type Ask = (patterns: readonly string[]) => Told;

function byRules(place: BusPlace, eventClass: EventClass, ask: Ask, sources: RuleSources): Reaction {
  const { rules, accountId, region } = place;
  const none = untold(
    'rule',
    `No rule on the default event bus of account ${accountId} in ${region} matches ${eventClass.what}.`,
  );
  if (rules.state === 'unknown') {
    return undecided(`The rules of account ${accountId} in ${region} could not be read.`, [rules.gap]);
  }
  const all = rules.state === 'known' ? rules.value : [];
  const single = all.map((rule) => ({ rule, reaction: ofRule(rule, eventClass, ask, sources) }));
  const best = bestReaction(
    single.map((it) => it.reaction),
    none,
  );
  return best.state === 'told' ? best : better(best, byTogether(all, eventClass, ask, sources));
}

/** Rules of which each matches a part may match all together; told of that part is told whoever a rule of it tells. */
function byTogether(
  rules: readonly BusRule[],
  eventClass: EventClass,
  ask: Ask,
  sources: RuleSources,
): Reaction | undefined {
  const live = rules.filter((it) => isOn(it, eventClass) && ask([it.pattern]).state === 'told');
  const ends = live.map((rule) => ({ rule, end: ofTargets(rule, sources) }));
  const matchesAll = (chosen: readonly BusRule[]): boolean => {
    const it = ask(chosen.map(({ pattern }) => pattern));
    return chosen.length > 1 && it.state === 'told' && it.classes.every(({ state }) => state === 'all');
  };
  const telling = ends.filter(({ end }) => end.state === 'told').map((it) => it.rule);
  if (matchesAll(telling)) {
    return told(`Rules ${telling.map((it) => it.arn).join(' and ')} together notify of ${eventClass.what}.`);
  }
  const perhaps = ends.filter(({ end }) => end.state !== 'untold');
  if (!matchesAll(perhaps.map((it) => it.rule))) return undefined;
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

function ofRule(rule: BusRule, eventClass: EventClass, ask: Ask, sources: RuleSources): Reaction {
  const { arn, state, pattern } = rule;
  const { what } = eventClass;
  const of = ask([pattern]);
  if (of.state === 'indiscriminate') {
    const nothing = untold('rule', `Rule ${arn} also matches what has nothing to do with ${what}: it tells nothing.`);
    const sifted = isOn(rule, eventClass) ? ofTargets(withoutTopics(rule), sources) : nothing;
    const [meant] = of.classes ?? [];
    if (sifted.state !== 'unknown' || meant === undefined || meant.state === 'misses') return nothing;
    return meant.state === 'all' ? sifted : undecided(sifted.why, sifted.gaps);
  }
  const [decided] = of.state === 'told' ? of.classes : [];
  if (decided?.state === 'misses') {
    return untold(
      'rule',
      `Rule ${arn} does not match ${what}${decided.missed?.isWholeClass === false ? ' always' : ''}.`,
    );
  }
  if (state === 'DISABLED') return untold('rule', `Rule ${arn} matches ${what}, and is disabled.`);
  if (state === 'ENABLED' && mayBeRead(eventClass)) {
    return untold('rule', `Rule ${arn} gets no reads: its state is not ${allEvents}.`);
  }
  const rest = ofTargets(rule, sources);
  if (of.state === 'unreadable' || decided?.state !== 'all') {
    const problem = of.state === 'unreadable' ? `: ${of.why}` : '';
    const why = `Whether rule ${arn} matches ${what} could not be decided${problem}.`;
    return after(undecided(why, [sources.noteUnsupported(arn, why)]), rest);
  }
  if (states.has(state)) return rest;
  const why = `Rule ${arn} is in a state that is newer than this program (${state}).`;
  return after(undecided(why, [sources.noteUnsupported(arn, why)]), rest);
}

/** Who gets everything by a topic is told nothing; another bus or a function may sift it. */
function withoutTopics(rule: BusRule): BusRule {
  return { ...rule, targets: mapKnown(rule.targets, (all) => all.filter((it) => !isTopic(it))) };
}

function isTopic({ arn }: RuleTarget): boolean {
  return /^arn:[^:]+:sns:/.test(arn);
}

function ofTargets({ arn, targets }: BusRule, sources: RuleSources): Reaction {
  if (targets.state === 'unknown') return undecided(`The targets of rule ${arn} could not be read.`, [targets.gap]);
  const all = targets.state === 'known' ? targets.value : [];
  return bestReaction(
    all.map((it) => ofTarget(it, arn, sources)),
    untold('target', `Rule ${arn} has no target: no one is notified.`),
  );
}

function ofTarget(target: RuleTarget, ruleArn: string, sources: RuleSources): Reaction {
  if (isTopic(target)) return toTopic(target, ruleArn, sources);
  const tells = sources.tellsSomeone(target.arn);
  const why = `Rule ${ruleArn} starts ${target.arn}`;
  if (tells.state === 'unknown') {
    return undecided(`${why}; whether that notifies anyone is not known.`, tells.gaps, [target.arn]);
  }
  return tells.value ? told(`${why}.`) : untold('target', `${why}, which notifies no one.`);
}
