import { hash } from 'node:crypto';
import { time, type ActivityVerdict, type Incident, type Match } from '../../activity/index.js';
import type { Evaluation, Evidence, Gap, Incident as ShownIncident, Target } from '../../model/results.js';
import type { CompiledPolicy } from '../../policy/index.js';
import { byText } from '../../text/order.js';
import { fingerprintOf } from '../fingerprint.js';

const shownGaps = 3;

export interface ActivityEvaluation {
  readonly evaluation: Evaluation;
  readonly evidence: readonly Evidence[];
}

interface Around {
  readonly partition: string;
  readonly readAt: string;
  /** Of an account that is not in it, nothing is known of Regions without log files, and of what trails leave out. */
  readonly inventory: 'none' | 'without-account' | 'with-account';
  /** When the inventory was read, where that was before the window: what changed since is not in it. RFC 3339. */
  readonly inventoryOf?: string | undefined;
  /** What the source never holds. */
  readonly neverHeld?: string | undefined;
}

const notKnown = ' Of Regions without any log file, and of events that no trail selects, nothing is known:';

const sinceInventory = (at: string): string =>
  ` The inventory is of ${at}: of accounts, Regions and trails that changed since, nothing is known.`;

/** What a verdict is in the results: each incident is an evaluation, and so is that there is none. */
export function evaluationsOf(
  verdict: ActivityVerdict,
  policy: CompiledPolicy,
  target: Target,
  around: Around,
): readonly ActivityEvaluation[] {
  const { partition, readAt } = around;
  const gaps = verdict.gaps.map(({ id }) => id);
  const common = { policyId: policy.id, severity: policy.document.severity, target, gaps };
  if (verdict.outcome !== 'NON_COMPLIANT') {
    const message = messageOf(verdict, policy, around);
    const reasons = [{ assert: 'activity', message, because: [] }];
    const fingerprint = fingerprintOf(policy.id, partition, target);
    const evaluation = { ...common, outcome: verdict.outcome, message, reasons, evidence: [], fingerprint };
    return [{ evaluation, evidence: [] }];
  }
  return verdict.incidents.map((incident) => {
    const evidence = evidenceOf(incident.events, target.accountId, readAt);
    const { message } = incident;
    const because = [
      { expr: 'incident.key', value: incident.key },
      { expr: 'incident.count', value: incident.count },
    ];
    const evaluation: Evaluation = Object.assign(
      { ...common, outcome: 'NON_COMPLIANT' as const, message, reasons: [{ assert: 'activity', message, because }] },
      {
        evidence: evidence.map(({ id }) => id),
        incident: shown(incident),
        fingerprint: incidentFingerprint(policy.id, partition, target, incident),
      },
    );
    return { evaluation, evidence };
  });
}

/**
 * The identity of an incident across runs: of the policy, the account, and what its events share with the span in which
 * they began, or the id of the one event. Windows, the order of files and the source make no difference.
 */
function incidentFingerprint(policyId: string, partition: string, target: Target, { identity }: Incident): string {
  if (identity === '') return fingerprintOf(policyId, partition, target);
  return hash('sha256', ['v1-incident', policyId, partition, target.accountId, identity, ''].join('\n'), 'hex');
}

function shown({ key, count, firstAt, lastAt, events, eventCount }: Incident): ShownIncident {
  return {
    key,
    count,
    firstAt: time(firstAt),
    lastAt: time(lastAt),
    events: events.map(({ eventID, at, eventName, principal, sourceIPAddress, origin }) =>
      Object.assign(
        { eventID, at: time(at), eventName, principal, sourceIPAddress, object: origin.object },
        origin.verified === undefined ? {} : { verified: origin.verified },
      ),
    ),
    eventsLeftOut: eventCount - events.length,
  };
}

function evidenceOf(events: readonly Match[], accountId: string, readAt: string): readonly Evidence[] {
  const byObject = new Map(events.map(({ origin }) => [origin.object, origin]));
  return [...byObject.values()]
    .toSorted((a, b) => byText(a.object, b.object))
    .map(({ object, sha256, verified, call }) =>
      Object.assign(
        {
          id: `log:${object}`,
          call: call ?? (object.startsWith('event-history/') ? 'cloudtrail:LookupEvents' : 's3:GetObject'),
          accountId,
          region: 'global',
          resource: object,
          at: readAt,
        },
        sha256 === undefined ? {} : { sha256 },
        verified === undefined ? {} : { verified },
      ),
    );
}

function messageOf(
  { outcome, gaps }: ActivityVerdict,
  { document }: CompiledPolicy,
  { inventory, inventoryOf, neverHeld }: Around,
): string {
  if (outcome === 'COMPLIANT') {
    const since = inventoryOf === undefined ? '' : sinceInventory(inventoryOf);
    const unknown = {
      none: `${notKnown} --inventory would tell.`,
      'without-account': `${notKnown} the inventory does not have the account, or not in its scope.`,
      'with-account': since,
    }[inventory];
    const never = neverHeld === undefined ? '' : ` ${neverHeld}.`;
    return `Holds: ${document.title}.${unknown}${never}`;
  }
  return `Not known: ${document.title}. ${describe(gaps)}`;
}

function describe(gaps: readonly Gap[]): string {
  const said = gaps.slice(0, shownGaps).map(({ message }) => message);
  const more = gaps.length > shownGaps ? [`And ${gaps.length - shownGaps} more gaps.`] : [];
  return [...said, ...more].join(' ');
}
