import { UsageError } from '../../model/errors.js';
import type { ClosedFinding, Evaluation, Results } from '../../model/results.js';
import { byPlace } from '../../text/order.js';
import { unmarked } from '../../waivers/index.js';
import { followingOn } from '../carry-forward/following-on.js';
import { summarize } from '../summarize.js';

const day = 86_400_000;

/**
 * The results as they follow on an earlier run over events. An incident is not a state: it stays open after its events
 * have left the window, for `keepOpen` days after the last of them, or until a waiver accepts it. Where its events lie in
 * the window and everything was read, this run says whether it is one.
 *
 * @param previous - the earlier results; undefined: this is the first run
 * @throws UsageError when the earlier results are another organization's, later ones, or of a scan of the state
 */
export function followUpActivity(
  results: Results,
  previous: Results | undefined,
  keepOpen: number,
  foundAgain: ReadonlySet<string> = new Set(),
): Results {
  if (previous !== undefined) checkFollows(results, previous);
  const now = new Map(results.evaluations.map((it) => [it.fingerprint, it]));
  const kept: Evaluation[] = [];
  const closed: ClosedFinding[] = [];
  for (const finding of previous?.evaluations ?? []) {
    if (finding.outcome !== 'NON_COMPLIANT' || finding.incident === undefined) continue;
    const same = now.get(finding.fingerprint);
    if (same?.outcome === 'NON_COMPLIANT') continue;
    // Only that something did not happen has the identity of the policy in the account: it is asked anew each time.
    const why = same === undefined ? whyClosed(finding, results, keepOpen, foundAgain) : whyAnswered(same);
    if (why === undefined) kept.push(carried(unmarked(finding), previous?.run.capturedAt ?? ''));
    else if (finding.waiver === undefined && why !== 'evaluated') closed.push(closedFinding(finding, why));
  }
  // That nothing is known is not said beside the finding that stays open.
  const open = new Set(kept.map((it) => it.fingerprint));
  const evaluations = [...results.evaluations.filter((it) => !open.has(it.fingerprint)), ...kept].toSorted(byPlace);
  const followed: Results = { ...results, evaluations, summary: summarize(evaluations) };
  return followingOn(followed, previous, closed);
}

function checkFollows(results: Results, previous: Results): void {
  if (previous.coverage.logs === undefined) {
    throw new UsageError(
      '--previous holds the results of a scan of the state, and this run reads events.',
      'Give the results of the last run of trailproof activity, or --previous none for a first run.',
    );
  }
  const [now, then] = [results, previous].map((it) => it.organization?.id ?? 'no organization');
  if (now !== then) {
    throw new UsageError(
      `--previous holds the results of ${then}, and this run has those of ${now}.`,
      'Give the results of the last run of the same organization, or --previous none for a first run.',
    );
  }
  if (Date.parse(previous.run.capturedAt) > Date.parse(results.run.capturedAt)) {
    throw new UsageError(
      `--previous was read at ${previous.run.capturedAt}, after this run (${results.run.capturedAt}).`,
      'Give the results of an earlier run.',
    );
  }
}

/** Why an incident of an earlier run is open no longer; undefined: it is. */
function whyClosed(
  finding: Evaluation,
  results: Results,
  keepOpen: number,
  foundAgain: ReadonlySet<string>,
): string | undefined {
  const { policyId, target, incident } = finding;
  const disabled = results.disabled?.find((it) => it.policyId === policyId && it.accounts.includes(target.accountId));
  if (disabled !== undefined)
    return `policy ${policyId} is disabled (${disabled.file}:${disabled.line}): ${disabled.reason}`;
  if (!results.policies.some(({ id }) => id === policyId)) return `policy ${policyId} is no longer evaluated`;
  if (incident === undefined) return undefined;
  const { logs } = results.coverage;
  const isInWindow =
    logs !== undefined &&
    Date.parse(incident.firstAt) >= Date.parse(logs.from) &&
    Date.parse(incident.lastAt) < Date.parse(logs.to);
  const own = results.evaluations.filter((it) => it.policyId === policyId && it.target.accountId === target.accountId);
  // A gap may hide its events, and so may who took their files away; read again they are not an incident any more.
  const isThere = incident.events.length > 0 && incident.events.every((it) => foundAgain.has(it.eventID));
  if (isInWindow && isThere && own.length > 0 && own.every((it) => it.gaps.length === 0)) return 'evaluated';
  const age = Date.parse(results.run.capturedAt) - Date.parse(incident.lastAt);
  return age > keepOpen * day ? `its last event is more than ${keepOpen} days old (--keep-open)` : undefined;
}

function closedFinding({ policyId, target, fingerprint }: Evaluation, reason: string): ClosedFinding {
  return { policyId, accountId: target.accountId, targetId: target.id, fingerprint, reason };
}

function whyAnswered({ outcome }: Evaluation): string | undefined {
  return outcome === 'INSUFFICIENT_DATA' ? undefined : 'evaluated';
}

function carried(finding: Evaluation, lastSeen: string): Evaluation {
  return { ...finding, evidence: [], gaps: [], carriedForward: finding.carriedForward ?? { lastSeen } };
}
