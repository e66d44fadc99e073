import { render, Timestamp, type Value, type ViewObject } from '../expression/index.js';
import type { EventCoverage } from '../model/log-events.js';
import type { Gap } from '../model/results.js';
import { byId, byText } from '../text/order.js';
import { Holes, type Hole } from './account-coverage.js';
import type { Collector, ParamsFor, Window } from './collector.js';
import type { AskedPolicy, CompiledActivity } from './compiled-activity.js';
import { eachOnce } from './each-once.js';
import { questionOf } from './familiar-question.js';
import { describeOpen } from './open-gaps.js';
import { judge, type IncidentEvents } from './judge.js';
import type { Familiar } from './judge-familiar.js';
import { windowAtHand } from './look-back.js';
import type { Match } from './match.js';
import { Pasts, type GivenBaseline } from './past.js';
import { scopeOf } from './scope.js';

/** As it is shown: of its events the first {@link mostEvents}. */
export interface Incident extends IncidentEvents {
  readonly message: string;
  /** How many events it has. */
  readonly eventCount: number;
}

/** An attacker may make hundreds of thousands of calls: more of an incident are neither shown nor kept. */
export const mostEvents = 20;

/** One policy on the events of one account. */
export interface ActivityVerdict {
  readonly policyId: string;
  readonly account: string;
  readonly outcome: 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA';
  /** By time. */
  readonly incidents: readonly Incident[];
  /** What is not known and matters: of a finding, what may hide more of them. Sorted by id. */
  readonly gaps: readonly Gap[];
}

export interface Judgeable {
  readonly policies: readonly AskedPolicy[];
  readonly collected: Collector;
  readonly coverage: EventCoverage;
  readonly window: Window;
  /** Accounts that are asked whether or not anything is known of them. */
  readonly accounts: readonly string[];
  readonly paramsFor: ParamsFor;
  /** What is not recorded of what a policy is about, as holes; default: nothing is known of it. */
  readonly unrecorded?: (policy: AskedPolicy, account: string) => readonly Hole[];
  /** What is known of the time before the window, for policies on what is familiar; default: nothing. */
  readonly past?: GivenBaseline;
  /** Up to when events can be expected to be delivered, in milliseconds. */
  readonly settled: number;
  /** When the source was read, RFC 3339. */
  readonly at: string;
}

/** Judges each policy on each account: those that are asked, those that are covered, those of events. */
export function judgeAll(given: Judgeable): readonly ActivityVerdict[] {
  const { policies, collected, coverage, window, settled, at } = given;
  const holes = new Holes(coverage, windowAtHand(coverage, window), settled, at);
  const pasts = new Pasts(given.past ?? { baseline: undefined });
  const regions = regionsOf(coverage);
  const known = new Set([...given.accounts, ...coverage.cells.map((it) => it.account)]);
  return policies.flatMap(({ id, activity }) => {
    const sightings = collected.sightings.get(id);
    const isPerAccount = activity.form.kind === 'happens' || sightings !== undefined;
    const read = sightings?.doubtful ?? collected.matchesToJudge({ id, activity }, window.from);
    const matches = eachOnce(read, collected.replaced, isPerAccount);
    const seen = sightings?.byAccount.keys() ?? collected.accountsOf(id);
    const byAccount = new Map<string, Match[]>([...known, ...seen].map((account) => [account, []]));
    for (const match of matches) {
      const ofAccount = byAccount.get(match.account);
      if (ofAccount === undefined) byAccount.set(match.account, [match]);
      else ofAccount.push(match);
    }
    const accounts = [...byAccount].toSorted(([a], [b]) => byText(a, b));
    return accounts.flatMap(
      ([account, own]) => verdictOf({ id, activity }, account, own, holes, { ...given, pasts, regions }) ?? [],
    );
  });
}

interface Known {
  readonly pasts: Pasts;
  /** By account: the Regions in which events are expected. */
  readonly regions: ReadonlyMap<string, ReadonlySet<string>>;
}

function verdictOf(
  { id, activity }: AskedPolicy,
  account: string,
  matches: readonly Match[],
  allHoles: Holes,
  given: Judgeable & Known,
): ActivityVerdict | undefined {
  const { window, coverage, paramsFor, at, unrecorded = () => [] } = given;
  const params = paramsFor(id, account);
  if (params === undefined) return undefined;
  const holes = [...allHoles.of(account), ...unrecorded({ id, activity }, account)];
  const familiar = familiarIn({ id, activity }, account, params, given);
  const atHand = coverage.before === undefined ? Number.NEGATIVE_INFINITY : windowAtHand(coverage, window).from;
  const judging = { activity, params, matches, holes, window, atHand, account };
  const found = judge(familiar === undefined ? judging : { ...judging, familiar });
  const { incidents, isSettled, open, gaps: others = [] } = found;
  const doubts = [...describeOpen(open, { matches, holes, window, account, at }), ...others];
  // What is missing before the window matters only to series that reach into it.
  const ofWindow = holes.filter((it) => it.to > window.from);
  const gaps = distinct(isSettled ? doubts : [...ofWindow.map((it) => it.gap), ...doubts]);
  const outcome = incidents.length > 0 ? 'NON_COMPLIANT' : gaps.length > 0 ? 'INSUFFICIENT_DATA' : 'COMPLIANT';
  return {
    policyId: id,
    account,
    outcome,
    incidents: incidents
      .map((it) => shown(it, messageOf(activity, it, account, params)))
      .toSorted((a, b) => a.firstAt - b.firstAt || byText(a.identity, b.identity)),
    gaps,
  };
}

function shown({ events, ...incident }: IncidentEvents, message: string): Incident {
  return { ...incident, events: events.slice(0, mostEvents), eventCount: events.length, message };
}

/** What a policy on familiar things rests on beside its doubtful events. */
function familiarIn(
  { id, activity }: AskedPolicy,
  account: string,
  params: ViewObject,
  { collected, pasts, regions, at }: Judgeable & Known,
): Familiar | undefined {
  if (activity.form.kind !== 'familiar') return undefined;
  return {
    policyId: id,
    combinations: collected.sightings.get(id)?.byAccount.get(account) ?? new Map(),
    past: pasts.of({ policyId: id, account, question: questionOf(activity.form, params), at }),
    regions: regions.get(account) ?? new Set(),
    replaced: collected.replaced,
    at,
  };
}

/** The Regions of which a reading knows, by account. */
export function regionsOf({ cells }: EventCoverage): ReadonlyMap<string, ReadonlySet<string>> {
  const regions = new Map<string, Set<string>>();
  for (const { account, region } of cells) regions.set(account, (regions.get(account) ?? new Set()).add(region));
  return regions;
}

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  const known = new Map(gaps.map((it) => [it.id, it]));
  return [...known.values()].toSorted(byId);
}

/** The policy's message on an incident: what speaks of the event speaks of the first. */
function messageOf(
  { message }: CompiledActivity,
  incident: IncidentEvents,
  account: string,
  params: ViewObject,
): string {
  const [first] = incident.events;
  const scope = scopeOf({ incident: incidentObject(incident, account), params });
  return message.parts
    .map((part, index) => (typeof part === 'string' ? part : (first?.shown[index] ?? render({ parts: [part] }, scope))))
    .join('');
}

function incidentObject({ key, count, firstAt, lastAt }: IncidentEvents, accountId: string): ViewObject {
  const fields: Readonly<Record<string, Value>> = {
    accountId,
    key,
    count,
    firstAt: new Timestamp(firstAt),
    lastAt: new Timestamp(lastAt),
  };
  return {
    type: 'Incident',
    label: key,
    get(field) {
      const value = fields[field];
      if (value === undefined) throw new Error(`an incident has no '${field}'`);
      return value;
    },
    evidence: () => [],
  };
}
