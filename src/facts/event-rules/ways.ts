import { parseArn } from '../../model/identifiers.js';
import type { Tri } from '../values.js';
import { after, bestReaction, told, undecided, untold, type Reaction } from './reaction.js';
import type { BusRule, OtherBus, RuleSources, RuleTarget } from './sources.js';
import { toTopic } from './topic-target.js';

/** One way of an event: over a rule of the event bus to which it comes, or over that and one of another event bus. */
export interface Way {
  /** An event has to match each of them in turn. */
  readonly rules: readonly [BusRule, ...BusRule[]];
  /** Whether what the rules before match gets to the last one. */
  readonly arrives: Reaction;
  /** What the last one starts. */
  readonly ends: readonly End[];
}

interface End {
  readonly isTopic: boolean;
  readonly reaction: () => Reaction;
}

/** The ways over a rule: to its own targets, and over the rules of the event buses to which it sends events on. */
export function waysOver(rule: BusRule, sources: RuleSources): readonly Way[] {
  const { targets, arn } = rule;
  const straight = (...ends: End[]): Way => ({ rules: [rule], arrives: told(''), ends });
  if (targets.state === 'unknown') {
    return [straight(noTopic(() => undecided(`The targets of rule ${arn} could not be read.`, [targets.gap])))];
  }
  const ends: End[] = [];
  const further: Way[] = [];
  for (const target of targets.state === 'known' ? targets.value : []) {
    const bus = isBus(target) ? sources.busOf?.(target, arn) : undefined;
    if (bus === undefined) ends.push(endAt(target, arn, sources));
    else if (bus.state === 'absent') {
      ends.push(noTopic(() => untold('target', `Event bus ${target.arn} of rule ${arn} does not exist.`)));
    } else if (bus.state === 'unknown') {
      const why = `Rule ${arn} sends events on to event bus ${target.arn}, which could not be read.`;
      ends.push(noTopic(() => undecided(why, [bus.gap], [target.arn])));
    } else further.push(...waysOverBus(rule, target, bus.value, sources));
  }
  return ends.length === 0 && further.length > 0 ? further : [straight(...ends), ...further];
}

/** Whether a way tells someone of what its rules match; without topics where `sifts`. */
export function endOf({ rules, arrives, ends }: Way, sifts = false): Reaction {
  const last = rules.at(-1) ?? rules[0];
  const asked = sifts ? ends.filter(({ isTopic: it }) => !it) : ends;
  const none = untold('target', `Rule ${last.arn} has no target: no one is notified.`);
  return after(
    arrives,
    bestReaction(
      asked.map(({ reaction }) => reaction()),
      none,
    ),
  );
}

function waysOverBus(rule: BusRule, { arn: busArn }: RuleTarget, bus: OtherBus, sources: RuleSources): readonly Way[] {
  const { rules, refusal } = bus;
  const sends = `Rule ${rule.arn} sends events on to event bus ${busArn}`;
  const arrives = arrival(refusal, sends, busArn);
  const way = (...ends: End[]): Way => ({ rules: [rule], arrives, ends });
  if (rules.state === 'unknown') {
    return [way(noTopic(() => undecided(`${sends}, whose rules could not be read.`, [rules.gap], [busArn])))];
  }
  const all = rules.state === 'known' ? rules.value : [];
  if (all.length === 0) return [way(noTopic(() => untold('target', `${sends}, where no rule matches any.`)))];
  return all.map((second): Way => {
    const { targets } = second;
    const ends =
      targets.state === 'unknown'
        ? [noTopic(() => undecided(`The targets of rule ${second.arn} could not be read.`, [targets.gap]))]
        : (targets.state === 'known' ? targets.value : []).map((it) =>
            isBus(it) ? noTopic(() => toThirdBus(rule, busArn, it, second, sources)) : endAt(it, second.arn, sources),
          );
    return { rules: [rule, second], arrives, ends: ends.map((it) => behindBus(it, sends, busArn)) };
  });
}

function arrival(refusal: Tri<string | undefined>, sends: string, busArn: string): Reaction {
  if (refusal.state === 'unknown') return undecided(`${sends}; whether it may is not known.`, refusal.gaps, [busArn]);
  return refusal.value === undefined ? told(`${sends}.`) : untold('target', refusal.value);
}

/** Who knows that an event bus notifies someone knows of its targets. */
function behindBus({ isTopic: it, reaction }: End, sends: string, busArn: string): End {
  return {
    isTopic: it,
    reaction: () => {
      const end = reaction();
      if (end.state === 'told') return told(`${sends}. ${end.why}`);
      return end.state === 'unknown' ? undecided(`${sends}. ${end.why}`, end.gaps, [...end.targets, busArn]) : end;
    },
  };
}

/**
 * What came from another event bus is not sent on to a third one, within an account and Region and between accounts; what
 * holds between Regions is not documented.
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
 */
function toThirdBus(
  first: BusRule,
  busArn: string,
  third: RuleTarget,
  second: BusRule,
  sources: RuleSources,
): Reaction {
  const why = `Rule ${second.arn} would send on to event bus ${third.arn} what came from another event bus`;
  const regions = [first.arn, busArn, third.arn].map((it) => parseArn(it)?.region);
  if (new Set(regions).size === 1) return untold('target', `${why}, which EventBridge does not.`);
  const open = `${why}; whether EventBridge does so between Regions is not documented.`;
  return undecided(open, [sources.noteUnsupported(second.arn, open)]);
}

function endAt(target: RuleTarget, ruleArn: string, sources: RuleSources): End {
  return { isTopic: isTopic(target), reaction: () => ofTarget(target, ruleArn, sources) };
}

function noTopic(reaction: () => Reaction): End {
  return { isTopic: false, reaction };
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

function isTopic({ arn }: RuleTarget): boolean {
  return /^arn:[^:]+:sns:/.test(arn);
}

function isBus({ arn }: RuleTarget): boolean {
  return /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//.test(arn);
}
