import type { Trail, TrailDescription, TrailStatus } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import type { Credit } from '../credits.js';
import type { GapSink } from '../fact-gaps.js';
import { deliveryCases, noteSilence, type Failure, type TrailView } from '../silence/index.js';
import type { EventSink, Recording, Selectors } from './recording.js';

/** How an account sees a trail of another one: its credit, and its own status where it told one. */
interface SeenFromMember {
  readonly accountId: string;
  readonly credit: Credit;
  readonly status: TrailStatus | undefined;
}

/** When the state was read, and where gaps are noted that no call left. */
interface Reading {
  readonly at: string;
  readonly gaps: GapSink;
}

/** The sink that a trail is for its owner or, with `member`, for another account; undefined when it is gone. */
export function trailSink(trail: Trail, reading: Reading, member?: SeenFromMember): EventSink | undefined {
  const { arn, description, eventSelectors, status } = trail;
  if (description.state === 'absent' || status.state === 'absent') return undefined;
  const { logging, gaps } = loggingOf(status, member);
  const delivery = deliveryCases(trail, { owner: status, others: viewOf(member) }, Date.parse(reading.at));
  const best = recordingOf(trail, description, 'best', delivery.best);
  const base = { kind: 'trail', arn, insightSelectors: trail.insightSelectors } as const;
  if (member?.credit.grade === 'refuted') return idle(base, 'credit-refuted', best);
  if (logging === 'no') return idle(base, 'not-logging', best);
  if (best === undefined) return { ...base, gaps: [], key: keyOf(arn) };
  const gapsOfAll = [
    ...gaps,
    ...delivery.doubtful.map((view) => noteSilence('logs', trail, view, reading)),
    ...[description, eventSelectors].flatMap((it) => (it.state === 'unknown' ? [it.gap] : [])),
  ];
  const worst = logging === 'yes' ? recordingOf(trail, description, 'worst', delivery.worst) : undefined;
  const key = keyOf(arn, worst, best, gapsOfAll);
  return { ...base, ...(worst === undefined ? {} : { worst }), best, gaps: [...new Set(gapsOfAll)].toSorted(), key };
}

function viewOf(member: SeenFromMember | undefined): readonly TrailView[] {
  if (member?.status === undefined) return [];
  return [{ accountId: member.accountId, isOwner: false, status: member.status }];
}

function idle(
  base: Pick<EventSink, 'kind' | 'arn'>,
  reason: 'credit-refuted' | 'not-logging',
  would: Recording | undefined,
): EventSink {
  return {
    ...base,
    gaps: [],
    idle: { reason, ...(would === undefined ? {} : { would }) },
    key: `${base.arn} ${reason}`,
  };
}

/** Owner and member must both see it logging: a shadow trail may be stopped where its original is not. */
function loggingOf(
  owner: Known<TrailStatus>,
  member: SeenFromMember | undefined,
): { readonly logging: 'yes' | 'no' | 'maybe'; readonly gaps: readonly string[] } {
  const gaps: string[] = [];
  const answers: boolean[] = [];
  if (owner.state === 'known') answers.push(owner.value.isLogging);
  if (owner.state === 'unknown') gaps.push(owner.gap);
  if (member !== undefined) {
    if (member.status !== undefined) answers.push(member.status.isLogging);
    if (member.credit.grade === 'inferred') gaps.push(...member.credit.gaps);
  }
  if (answers.includes(false)) return { logging: 'no', gaps: [] };
  return { logging: gaps.length === 0 ? 'yes' : 'maybe', gaps };
}

function recordingOf(
  trail: Trail,
  description: Known<TrailDescription>,
  which: 'best' | 'worst',
  failure: Failure | undefined,
): Recording | undefined {
  const selectors = selectorsOf(trail, which);
  if (selectors === undefined) return undefined;
  const isKnown = description.state === 'known';
  const isMultiRegion = isKnown ? description.value.isMultiRegionTrail : which === 'best';
  return {
    region: isMultiRegion ? '*' : trail.homeRegion,
    includesGlobalServices: isMultiRegion || (isKnown && description.value.includeGlobalServiceEvents),
    selectors,
    ...(failure === undefined ? {} : { failure }),
  };
}

function selectorsOf({ eventSelectors }: Trail, which: 'best' | 'worst'): Selectors | undefined {
  switch (eventSelectors.state) {
    case 'known':
      return { of: 'trail', it: eventSelectors.value };
    case 'absent':
      return undefined;
    case 'unknown':
      return which === 'best' ? { of: 'everything' } : undefined;
  }
}

/** The selectors follow from the ARN within one inventory; the rest may differ from account to account. */
function keyOf(arn: string, worst?: Recording, best?: Recording, gaps: readonly string[] = []): string {
  const told = (it: Recording | undefined): unknown => it && [it.region, it.includesGlobalServices, it.failure];
  return JSON.stringify([arn, told(worst), told(best), gaps]);
}
