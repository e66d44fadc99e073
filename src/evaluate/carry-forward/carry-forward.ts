import { UsageError } from '../../model/errors.js';
import { parseArn } from '../../model/identifiers.js';
import type { Inventory } from '../../model/inventory.js';
import type { ClosedFinding, Evaluation, Results } from '../../model/results.js';
import { summarize } from '../summarize.js';
import { findingStatuses } from './finding-status.js';
import { readablePolicy, readablePolicyId, unreadableAccounts } from './unreadable-accounts.js';
import { followingOn } from './following-on.js';
import { byPlace, byText } from '../../text/order.js';
import { unmarked } from '../../waivers/index.js';

/**
 * The results as they follow on an earlier run: findings that could not be evaluated again stay open, each account
 * that could not be read is a finding of `account-is-readable`, and findings that are gone without having been
 * evaluated again are listed with the reason.
 *
 * @param previous the earlier results; undefined: this is the first run.
 * @throws UsageError when the earlier results are another organization's, or later ones.
 */
export function followUp(results: Results, previous: Results | undefined, inventory: Inventory): Results {
  if (previous !== undefined) checkFollows(results, previous);
  const judged = [...results.evaluations, ...unreadableAccounts(results, inventory)];
  const { kept, closed, replaced } = sorted(results, previous, inventory);
  const evaluations = [...judged.filter((it) => !replaced.has(it)), ...kept].toSorted(byPlace);
  const followed: Results = {
    ...results,
    policies: [...results.policies, readablePolicy(judged.length - results.evaluations.length)].toSorted((a, b) =>
      byText(a.id, b.id),
    ),
    evaluations,
    summary: summarize(evaluations),
  };
  return followingOn(followed, previous, closed);
}

function checkFollows(results: Results, previous: Results): void {
  if (previous.coverage.logs !== undefined) {
    throw new UsageError(
      '--previous holds the results of trailproof activity, and this run reads the state.',
      'Give the results of the last scan, or --previous none for a first run.',
    );
  }
  const [now, then] = [results, previous].map(scopeOf);
  if (now !== then || results.run.partition !== previous.run.partition) {
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

/** Without an organization, the account: the name of a session may be another one each time. */
function scopeOf({ organization, run }: Results): string {
  return organization?.id ?? parseArn(run.caller)?.accountId ?? run.caller;
}

interface Sorted {
  readonly kept: readonly Evaluation[];
  readonly closed: readonly ClosedFinding[];
  /** What this run says where an earlier finding stays open. */
  readonly replaced: ReadonlySet<Evaluation>;
}

function sorted(results: Results, previous: Results | undefined, inventory: Inventory): Sorted {
  const statusOf = findingStatuses(results, inventory, previous?.run.source ?? results.run.source);
  const kept: Evaluation[] = [];
  const closed: ClosedFinding[] = [];
  const replaced = new Set<Evaluation>();
  const failing = (previous?.evaluations ?? []).filter(
    // Whether an account can be read is judged anew each time. What a waiver accepted fails all the same: the waivers
    // of this run say whether it is still accepted.
    (it) => it.outcome === 'NON_COMPLIANT' && it.policyId !== readablePolicyId,
  );
  const open = new Set(results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').map((it) => it.fingerprint));
  // What follows from another finding was none itself: it is carried along only where that one still stands.
  for (const finding of [...failing.filter(isRoot), ...failing.filter((it) => !isRoot(it))]) {
    if (finding.causedBy !== undefined && !open.has(finding.causedBy)) continue;
    const status = statusOf(finding);
    if (status.is === 'evaluated') continue;
    if (status.is === 'open') {
      kept.push(carried(unmarked(finding), status.instead, previous?.run.capturedAt ?? ''));
      open.add(finding.fingerprint);
      if (status.instead !== undefined) replaced.add(status.instead);
    } else if (finding.causedBy === undefined && finding.waiver === undefined) {
      const { policyId, target, fingerprint } = finding;
      closed.push({ policyId, accountId: target.accountId, targetId: target.id, fingerprint, reason: status.reason });
    }
  }
  return { kept, closed, replaced };
}

function isRoot({ causedBy }: Evaluation): boolean {
  return causedBy === undefined;
}

const suffix = ' (Not evaluated again in this run: it failed when it was last read.)';

/** With the place and identity of the earlier finding, and what kept this run from judging it. */
function carried(finding: Evaluation, instead: Evaluation | undefined, lastSeen: string): Evaluation {
  return {
    ...finding,
    message: finding.message.endsWith(suffix) ? finding.message : `${finding.message}${suffix}`,
    evidence: [],
    gaps: instead?.gaps ?? [],
    carriedForward: finding.carriedForward ?? { lastSeen },
  };
}
