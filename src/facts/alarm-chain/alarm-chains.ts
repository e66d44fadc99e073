import { isOpen, type EventValue } from '../partial-event/index.js';
import { requiredEvents, standardsOf, type AlarmSubject, type EventClass } from '../required-events/index.js';
import type { Tri } from '../values.js';
import { best, broken, unknownAt, type Broken, type Chain, type LinkName, type Unknown } from './link.js';
import { logGroupChains, type ChainsOfLogGroup } from './log-group-chains.js';
import type { ChainSources, ChainTrail, RecordedEvent } from './sources.js';

/** The best chain for one class of events, over all trails, filters and alarms. */
export interface EventChain {
  /** The event's name, or one of ours such as `RootUsage`. */
  readonly id: string;
  readonly what: string;
  /** Required by CIS 5.0 and later only. */
  readonly isSinceCis5: boolean;
  readonly chain: Chain;
}

export interface SubjectChains {
  readonly events: readonly EventChain[];
  /** Versions of the benchmark, and `security-hub`, whose text the filter of a whole chain has. */
  readonly literalOf: readonly string[];
  /** Topics of whole chains. */
  readonly topics: readonly string[];
}

export interface AlarmChains {
  /**
   * What tells someone of the events of a subject in an account.
   *
   * @param trails all that may apply to the account.
   * @param unread gaps for which there may be trails that are not among them.
   */
  ofSubject(subject: AlarmSubject, trails: readonly ChainTrail[], unread?: readonly string[]): SubjectChains;
}

/** Follows the chains from events to the people who are told, and remembers what accounts share. */
export function alarmChains(sources: ChainSources): AlarmChains {
  const ofLogGroup = logGroupChains(sources);
  return {
    ofSubject: (subject, trails, unread = []) => {
      const { required, sinceCis5 } = requiredEvents[subject];
      const events = [...required, ...sinceCis5].map((eventClass): EventChain => {
        const chains = trails
          .filter(({ applies }) => applies.state === 'unknown' || applies.value)
          .map((trail) => chainOfTrail(trail, eventClass, (arn) => ofLogGroup(arn, subject)));
        const missing =
          unread.length === 0 ? [] : [unknownAt('trail', 'The trails of the account could not all be read.', unread)];
        const { id, what } = eventClass;
        return { id, what, isSinceCis5: sinceCis5.includes(eventClass), chain: best([...chains, ...missing]) };
      });
      return { events, ...ofWholeChains(subject, events) };
    },
  };
}

function ofWholeChains(subject: AlarmSubject, events: readonly EventChain[]): Omit<SubjectChains, 'events'> {
  const whole = events.flatMap(({ chain }) => (chain.state === 'whole' ? [chain] : []));
  const standards = standardsOf(subject, [...new Set(whole.flatMap((it) => it.filterPatterns))]);
  const literalOf = standards.flatMap((it) => it.versions.concat(it.isSecurityHub ? ['security-hub'] : []));
  return {
    literalOf: [...new Set(literalOf)].toSorted(),
    topics: [...new Set(whole.flatMap((it) => it.topics))].toSorted(),
  };
}

function chainOfTrail(trail: ChainTrail, eventClass: EventClass, ofLogGroup: (arn: string) => ChainsOfLogGroup): Chain {
  const { arn, logGroupArn } = trail;
  const links: readonly (Broken | Unknown | undefined)[] = [
    link('trail', trail.applies, `Whether trail ${arn} applies`, ''),
    link('trail', trail.isLogging, `Whether trail ${arn} is logging`, `Trail ${arn} is stopped.`),
    link(
      'trail',
      trail.isMultiRegion,
      `Whether trail ${arn} records all Regions`,
      `Trail ${arn} records one Region only.`,
    ),
    link(
      'trail',
      trail.records(recorded(eventClass)),
      `Whether trail ${arn} records ${eventClass.what}`,
      `Trail ${arn} does not record ${eventClass.what}.`,
    ),
    logGroupArn.state === 'unknown'
      ? unknownAt('log-group', `Whether trail ${arn} sends to a log group is not known.`, [logGroupArn.gap])
      : undefined,
    logGroupArn.state === 'absent' ? broken('log-group', `Trail ${arn} sends to no log group.`) : undefined,
    link(
      'log-group',
      trail.deliversToLogGroup,
      `Whether events of trail ${arn} arrive in its log group`,
      `No events of trail ${arn} arrive in its log group.`,
    ),
    link(
      'role',
      trail.mayWriteStreams,
      `Whether the role of trail ${arn} may write this account's log streams`,
      `The role of trail ${arn} may not write this account's log streams.`,
    ),
  ];
  const rest = logGroupArn.state === 'known' ? ofLogGroup(logGroupArn.value)(eventClass.id) : undefined;
  return inSeries(links, rest);
}

function link(at: LinkName, it: Tri<boolean>, asked: string, whenFalse: string): Broken | Unknown | undefined {
  if (it.state === 'unknown') return unknownAt(at, `${asked} is not known.`, it.gaps);
  return it.value ? undefined : broken(at, whenFalse);
}

/** A chain is as strong as its weakest link: one that is broken breaks it, whatever is not known of others. */
function inSeries(links: readonly (Broken | Unknown | undefined)[], rest: Chain | undefined): Chain {
  const first = links.find((it) => it?.state === 'broken');
  if (first !== undefined) return first;
  if (rest?.state === 'broken') return rest;
  const open = links.filter((it) => it?.state === 'unknown');
  const [unknown] = open;
  if (unknown === undefined) return rest ?? broken('log-group', 'There is no log group.');
  const gaps = [...open, rest].flatMap((it) => (it?.state === 'unknown' ? it.gaps : []));
  return unknownAt(unknown.at, unknown.why, gaps);
}

/** What trails can tell of a class of events. */
function recorded({ event }: EventClass): RecordedEvent {
  const fixed = (value: EventValue | undefined): value is string => typeof value === 'string' && !isOpen(value);
  const { eventSource, eventName, readOnly } = event;
  return {
    ...(fixed(eventSource) ? { eventSource } : {}),
    ...(fixed(eventName) ? { eventName } : {}),
    ...(typeof readOnly === 'boolean' ? { readOnly } : {}),
  };
}
