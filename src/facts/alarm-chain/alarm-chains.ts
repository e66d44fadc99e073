import { isOpen, type EventValue } from '../partial-event/index.js';
import {
  alarmSubjects,
  requiredEvents,
  standardsOf,
  type AlarmSubject,
  type EventClass,
} from '../required-events/index.js';
import { fromKnown, mapTri } from '../three-valued.js';
import type { Tri } from '../values.js';
import { best, broken, logGroupLink, unknownAt, type Broken, type Chain, type LinkName, type Unknown } from './link.js';
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
   * @param trails all that may apply to the account; of the same list the answer is remembered.
   * @param unread gaps for which there may be trails that are not among them.
   */
  ofSubject(subject: AlarmSubject, trails: readonly ChainTrail[], unread?: readonly string[]): SubjectChains;
}

/** Follows the chains from events to the people who are told, and remembers what accounts share. */
export function alarmChains(sources: ChainSources): AlarmChains {
  const ofLogGroup = logGroupChains(sources);
  const literalsOf = literals();
  const known = new WeakMap<readonly ChainTrail[], Map<string, SubjectChains>>();
  return {
    ofSubject: (subject, trails, unread = []) => {
      const ofTrails = known.get(trails) ?? new Map<string, SubjectChains>();
      known.set(trails, ofTrails);
      const key = [subject, ...unread].join(' ');
      const before = ofTrails.get(key);
      if (before !== undefined) return before;
      const begun = trails
        .filter(({ applies }) => applies.state === 'unknown' || applies.value)
        .map((trail) => beginning(trail, (arn) => ofLogGroup(arn, subject)));
      const missing =
        unread.length === 0 ? [] : [unknownAt('trail', 'The trails of the account could not all be read.', unread)];
      const events = askedClasses[subject].map(({ eventClass, event, isSinceCis5 }): EventChain => {
        const { id, what } = eventClass;
        const ofEach: readonly Chain[] = begun.map((it) => chainOfTrail(it, event, eventClass));
        return { id, what, isSinceCis5, chain: best([...ofEach, ...missing]) };
      });
      const whole = events.flatMap(({ chain }) => (chain.state === 'whole' ? [chain] : []));
      const chains = {
        events,
        literalOf: literalsOf(subject, [...new Set(whole.flatMap((it) => it.filterPatterns))]),
        topics: [...new Set(whole.flatMap((it) => it.topics))].toSorted(),
      };
      ofTrails.set(key, chains);
      return chains;
    },
  };
}

const recordedEvents = new WeakMap<EventClass, RecordedEvent>();

interface AskedClass {
  readonly eventClass: EventClass;
  /** What trails can tell of it. */
  readonly event: RecordedEvent;
  readonly isSinceCis5: boolean;
}

/** The kinds of events of a subject that alarms are asked about. */
export function classesOfSubject(subject: AlarmSubject): readonly EventClass[] {
  return askedClasses[subject].map(({ eventClass }) => eventClass);
}

function classesOf(subject: AlarmSubject): readonly AskedClass[] {
  const { required, sinceCis5 } = requiredEvents[subject];
  return [...required, ...sinceCis5].map((eventClass) => ({
    eventClass,
    event: recordedEvent(eventClass),
    isSinceCis5: sinceCis5.includes(eventClass),
  }));
}

// Each subject has its classes.
const askedClasses = Object.fromEntries(alarmSubjects.map((it) => [it, classesOf(it)])) as Readonly<
  Record<AlarmSubject, readonly AskedClass[]>
>;

/** Parsing is remembered: most accounts have the same patterns. */
function literals(): (subject: AlarmSubject, patterns: readonly string[]) => readonly string[] {
  const all = new Map<string, readonly string[]>();
  return (subject, patterns) => {
    const key = JSON.stringify([subject, ...patterns]);
    const known = all.get(key) ?? literalOf(subject, patterns);
    all.set(key, known);
    return known;
  };
}

function literalOf(subject: AlarmSubject, patterns: readonly string[]): readonly string[] {
  const versions = standardsOf(subject, patterns).flatMap((it) =>
    it.versions.concat(it.isSecurityHub ? ['security-hub'] : []),
  );
  return [...new Set(versions)].toSorted();
}

type Link = Broken | Unknown | undefined;

/** A trail with those of its links that are the same for all events. */
interface Beginning {
  readonly trail: ChainTrail;
  readonly before: readonly Link[];
  readonly after: readonly Link[];
  readonly rest: ChainsOfLogGroup | undefined;
}

function beginning(trail: ChainTrail, ofLogGroup: (arn: string) => ChainsOfLogGroup): Beginning {
  const { arn, logGroupArn, deliveryError, streamRefusal } = trail;
  const told = deliveryError === undefined ? '' : ` (${deliveryError})`;
  const before = [
    link('trail', trail.applies, () => [`Whether trail ${arn} applies`, `Trail ${arn} does not apply.`]),
    link('trail', trail.isLogging, () => [`Whether trail ${arn} is logging`, `Trail ${arn} is stopped.`]),
    link('trail', trail.isMultiRegion, () => [
      `Whether trail ${arn} records all Regions`,
      `Trail ${arn} records one Region only.`,
    ]),
  ];
  const after = [
    link(
      logGroupLink,
      fromKnown(logGroupArn, false, () => true),
      () => [`Whether trail ${arn} sends to a log group`, `Trail ${arn} sends to no log group.`],
    ),
    streamRefusal === undefined || logGroupArn.state !== 'known'
      ? undefined
      : link(
          'role',
          mapTri(streamRefusal, (it) => it === undefined),
          () => [
            `Whether the role of trail ${arn} may write this account's log streams`,
            `The role of trail ${arn} may not write this account's log streams${told}: ${refusalIn(streamRefusal)}`,
          ],
        ),
    link(logGroupLink, trail.deliversToLogGroup, () => [
      `Whether events of trail ${arn} arrive in its log group`,
      `No events of trail ${arn} arrive in its log group${told}.`,
    ]),
    link('role', trail.mayWriteStreams, () => [
      `Whether the role of trail ${arn} may write this account's log streams`,
      `The role of trail ${arn} may not write this account's log streams${told}.`,
    ]),
  ];
  const rest = logGroupArn.state === 'known' ? ofLogGroup(logGroupArn.value) : undefined;
  return { trail, before, after, rest };
}

function refusalIn(it: Tri<string | undefined>): string {
  return it.state === 'known' ? (it.value ?? '') : '';
}

function chainOfTrail(
  { trail, before, after, rest }: Beginning,
  event: RecordedEvent,
  { id, what }: EventClass,
): Chain {
  const records = link('trail', trail.records(event), () => [
    `Whether trail ${trail.arn} records ${what}`,
    `Trail ${trail.arn} does not record ${what}.`,
  ]);
  return inSeries([...before, records, ...after], rest?.(id));
}

/** Says what is not known, and what it is that does not hold. */
type Wording = () => readonly [asked: string, whenFalse: string];

function link(at: LinkName, it: Tri<boolean>, wording: Wording): Link {
  if (it.state === 'known' && it.value) return undefined;
  const [asked, whenFalse] = wording();
  return it.state === 'unknown' ? unknownAt(at, `${asked} is not known.`, it.gaps) : broken(at, whenFalse);
}

/** A chain is as strong as its weakest link: one that is broken breaks it, whatever is not known of others. */
function inSeries(links: readonly Link[], rest: Chain | undefined): Chain {
  const first = links.find((it) => it?.state === 'broken');
  if (first !== undefined) return first;
  if (rest?.state === 'broken') return rest;
  const open = links.filter((it) => it?.state === 'unknown');
  const [unknown] = open;
  if (unknown === undefined) return rest ?? broken(logGroupLink, 'There is no log group.');
  const gaps = [...open, rest].flatMap((it) => (it?.state === 'unknown' ? it.gaps : []));
  return unknownAt(unknown.at, unknown.why, gaps);
}

/** What trails can tell of a class of events: one object for each class. */
export function recordedEvent(eventClass: EventClass): RecordedEvent {
  const known = recordedEvents.get(eventClass) ?? toldByTrails(eventClass);
  recordedEvents.set(eventClass, known);
  return known;
}

function toldByTrails({ event }: EventClass): RecordedEvent {
  const fixed = (value: EventValue | undefined): value is string => typeof value === 'string' && !isOpen(value);
  const { eventSource, eventName, readOnly } = event;
  return {
    ...(fixed(eventSource) ? { eventSource } : {}),
    ...(fixed(eventName) ? { eventName } : {}),
    ...(typeof readOnly === 'boolean' ? { readOnly } : {}),
  };
}
