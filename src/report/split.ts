import { createHash } from 'node:crypto';
import type { Evaluation, Results, Summary } from '../model/results.js';
import { byText } from '../text/order.js';

export type SplitBy = 'account' | 'ou';

/** The results that concern one owner. */
export interface OwnersPart {
  /** For a folder: letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  readonly results: Results;
}

/**
 * The results of each account, or of each OU that has accounts. An owner's part holds what was evaluated there, and the
 * causes elsewhere of what fails there, since they are what is to be fixed; of other accounts it says nothing else.
 *
 * @param summarize counts what a part holds
 */
export function* splitResults(
  results: Results,
  by: SplitBy,
  summarize: (evaluations: readonly Evaluation[]) => Summary,
): Generator<OwnersPart> {
  const groupOf = by === 'account' ? (id: string) => id : ouOf(results);
  const parts = new Map<string, Evaluation[]>();
  for (const it of results.evaluations) {
    const group = groupOf(it.target.accountId);
    const part = parts.get(group);
    if (part === undefined) parts.set(group, [it]);
    else part.push(it);
  }
  const byFingerprint = new Map(results.evaluations.map((it) => [it.fingerprint, it]));
  const names = new Set<string>();
  for (const [group, own] of [...parts].toSorted(([a], [b]) => byText(a, b))) {
    const name = folderName(group, names);
    const evaluations = withCauses(own, byFingerprint);
    const belongs = (id: string) => groupOf(id) === group;
    yield { name, results: partOf(results, evaluations, belongs, summarize) };
  }
}

/** The path of OUs of an account: `Root / Workloads`. */
function ouOf({ accounts = [] }: Results): (id: string) => string {
  const paths = new Map(accounts.map((it) => [it.id, it.path]));
  return (id) => {
    const path = paths.get(id);
    return path === undefined || path.length === 0 ? 'not-known' : path.join(' / ');
  };
}

function folderName(group: string, taken: Set<string>): string {
  const plain = group
    .replaceAll(' / ', '-')
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(0, 100);
  // A name that has lost something, or that only dots make, could be another's.
  const isSame = !/^\.*$/.test(plain) && !taken.has(plain.toLowerCase()) && plain === group.replaceAll(' / ', '-');
  const name = isSame
    ? plain
    : `${plain.replaceAll('.', '_')}-${createHash('sha256').update(group).digest('hex').slice(0, 8)}`;
  taken.add(name.toLowerCase());
  return name;
}

function withCauses(own: readonly Evaluation[], byFingerprint: ReadonlyMap<string, Evaluation>): readonly Evaluation[] {
  const all = new Map(own.map((it) => [it.fingerprint, it]));
  for (const evaluation of own) {
    for (let cause = evaluation.causedBy; cause !== undefined && !all.has(cause);) {
      const next = byFingerprint.get(cause);
      if (next === undefined) break;
      all.set(cause, next);
      cause = next.causedBy;
    }
  }
  return [...all.values()];
}

function partOf(
  results: Results,
  evaluations: readonly Evaluation[],
  belongs: (accountId: string) => boolean,
  summarize: (evaluations: readonly Evaluation[]) => Summary,
): Results {
  const { coverage, waivers, previous, disabled, accounts, recording } = results;
  const { outOfScope, unreadable } = coverage.accounts;
  const here = {
    outOfScope: outOfScope.filter((it) => belongs(it.id)),
    unreadable: unreadable.filter((it) => belongs(it.id)),
  };
  const evaluated = (coverage.evaluatedAccounts ?? []).filter((it) => belongs(it.id));
  const evidence = new Set(evaluations.flatMap((it) => it.evidence));
  const gaps = new Set(evaluations.flatMap((it) => it.gaps));
  const accepted = new Set(evaluations.flatMap((it) => [it.waiver?.id, ...it.reasons.map((reason) => reason.waiver)]));
  const counts = new Map<string, number>();
  for (const { policyId } of evaluations) counts.set(policyId, (counts.get(policyId) ?? 0) + 1);
  const evaluatedCount = coverage.evaluatedAccounts === undefined ? Number(evaluations.length > 0) : evaluated.length;
  const summary = summarize(evaluations);
  return {
    ...results,
    coverage: {
      accounts: {
        listed: evaluatedCount + here.outOfScope.length + here.unreadable.length,
        evaluated: evaluatedCount,
        ...here,
      },
      apiCalls: coverage.apiCalls,
      ...(coverage.evaluatedAccounts === undefined ? {} : { evaluatedAccounts: evaluated }),
    },
    policies: results.policies.map((it) => Object.assign({}, it, { targets: counts.get(it.id) ?? 0 })),
    evaluations,
    evidence: results.evidence.filter((it) => evidence.has(it.id)),
    gaps: results.gaps.filter((it) => gaps.has(it.id) || belongs(it.accountId)),
    summary: {
      ...summary,
      ...(results.summary.waived === undefined
        ? {}
        : { waived: evaluations.filter((it) => it.outcome === 'NON_COMPLIANT' && it.waiver !== undefined).length }),
    },
    ...(waivers === undefined ? {} : { waivers: waivers.filter((it) => accepted.has(it.id)) }),
    ...(previous === undefined
      ? {}
      : { previous: { ...previous, closed: previous.closed.filter((it) => belongs(it.accountId)) } }),
    ...(disabled === undefined
      ? {}
      : {
          disabled: disabled
            .map((it) => Object.assign({}, it, { accounts: it.accounts.filter(belongs) }))
            .filter((it) => it.accounts.length > 0),
        }),
    ...(accounts === undefined ? {} : { accounts: accounts.filter((it) => belongs(it.id)) }),
    ...(recording === undefined
      ? {}
      : {
          recording: recording
            .map((it) => Object.assign({}, it, { accounts: it.accounts.filter(belongs) }))
            .filter((it) => it.accounts.length > 0),
        }),
  };
}
