import { severities, severityRank } from '../../text/order.js';
import type { PolicySummary } from '../../model/results.js';
import type { Finding } from '../parts/findings.js';

/** Findings of one policy that are one alert, so that the others have room. */
export interface FindingGroup {
  readonly policy: PolicySummary;
  /** They are of this account; undefined: of the whole organization. */
  readonly accountId: string | undefined;
  /** Worst first; at least two. */
  readonly findings: readonly [Finding, Finding, ...Finding[]];
}

/** What becomes an alert of its own. */
export interface Alerts {
  readonly findings: readonly Finding[];
  readonly groups: readonly FindingGroup[];
}

/**
 * The findings as at most so many alerts, none lost: first those of one policy in one account become one, from the
 * least severe policies on and only as far as it takes, then those of one policy in the whole organization.
 *
 * @param findings worst first
 */
export function grouped(findings: readonly Finding[], most: number): Alerts {
  let alerts: Alerts = { findings, groups: [] };
  const accountOf = ({ evaluation }: Finding): string | undefined => evaluation.target.accountId;
  for (const keyOf of [accountOf, () => undefined]) {
    for (const severity of severities.toReversed()) {
      if (alerts.findings.length + alerts.groups.length <= most) return alerts;
      alerts = together(alerts, ({ policy }) => severityRank(policy.severity) === severityRank(severity), keyOf);
    }
  }
  return alerts;
}

function together(
  { findings, groups }: Alerts,
  isMeant: (of: { readonly policy: PolicySummary }) => boolean,
  accountOf: (finding: Finding) => string | undefined,
): Alerts {
  const byKey = new Map<string, Finding[]>();
  const meant = [...findings.filter(isMeant), ...groups.filter(isMeant).flatMap((it) => it.findings)];
  for (const finding of meant) {
    const key = JSON.stringify([finding.policy.id, accountOf(finding) ?? '']);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [finding]);
    else group.push(finding);
  }
  const alone: Finding[] = [];
  const made: FindingGroup[] = [];
  for (const [first, second, ...rest] of byKey.values()) {
    if (first === undefined) continue;
    if (second === undefined) alone.push(first);
    else made.push({ policy: first.policy, accountId: accountOf(first), findings: [first, second, ...rest] });
  }
  return {
    findings: [...findings.filter((it) => !isMeant(it)), ...alone],
    groups: [...groups.filter((it) => !isMeant(it)), ...made],
  };
}
