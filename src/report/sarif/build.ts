import { codeScanningLimits } from '../../model/code-scanning.js';
import type { Results } from '../../model/results.js';
import { UsageError } from '../../model/errors.js';
import { accountNames } from '../parts/accounts.js';
import { alertsOf, type Finding } from '../parts/findings.js';
import { byId, byText, severityRank } from '../../text/order.js';
import { wasEvaluated } from '../parts/verdict.js';
import { categoryOf } from './category.js';
import type { SarifLog } from './log.js';
import { notificationRules, notificationsOf } from './notifications.js';
import { sarifResult } from './result.js';
import { sarifRule } from './rule.js';

/** False for a run whose missing results mean nothing: one that was stopped, or that could evaluate nothing. */
export function isForUpload(results: Results): boolean {
  return !results.run.interrupted && wasEvaluated(results);
}

/**
 * The SARIF log of the results: findings only, one for each cause. Throws a UsageError when there are more than
 * GitHub takes: leaving some out would close their alerts.
 */
export function sarifLog(results: Results, policySet: string): SarifLog {
  const findings = alertsOf(results);
  const mostResults = codeScanningLimits.results;
  if (findings.length > mostResults) {
    throw new UsageError(
      `There are ${findings.length} findings, and GitHub refuses a SARIF file with more than ${mostResults} results.`,
      'Write the other formats only (--format text,json,markdown), or scan with one pack at a time: each set of packs has alerts of its own. No finding is left out, since GitHub would close its alert as fixed.',
    );
  }
  const policies = results.policies.toSorted(byId);
  const ruleIndex = new Map(policies.map(({ id }, index) => [id, index]));
  const names = accountNames(results);
  const { accounts, apiCalls } = results.coverage;
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Trailproof',
            semanticVersion: results.tool.version,
            rules: policies.map(sarifRule),
            notifications: notificationRules,
          },
        },
        automationDetails: { id: categoryOf(results, policySet) },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: isForUpload(results),
            startTimeUtc: results.run.startedAt,
            endTimeUtc: results.run.finishedAt,
            toolExecutionNotifications: notificationsOf(results),
          },
        ],
        properties: {
          coverage: {
            accounts: {
              listed: accounts.listed,
              evaluated: accounts.evaluated,
              outOfScope: accounts.outOfScope.length,
              unreadable: accounts.unreadable.length,
            },
            apiCalls: { total: apiCalls.total, denied: apiCalls.denied },
          },
        },
        results: findings
          .map((finding) => ({ finding, result: sarifResult(finding, ruleIndex.get(finding.policy.id) ?? -1, names) }))
          .toSorted(
            (a, b) =>
              bySecuritySeverity(a.finding, b.finding) ||
              byText(a.result.ruleId, b.result.ruleId) ||
              byText(uriOf(a.result), uriOf(b.result)) ||
              byText(a.finding.evaluation.fingerprint, b.finding.evaluation.fingerprint),
          )
          .map(({ result }) => result),
      },
    ],
  };
}

/** The rule's severity, which is what GitHub shows; an assertion's own severity changes the level only. */
function bySecuritySeverity(a: Finding, b: Finding): number {
  return severityRank(a.policy.severity) - severityRank(b.policy.severity);
}

function uriOf(result: SarifLog['runs'][number]['results'][number]): string {
  return result.locations[0].physicalLocation.artifactLocation.uri;
}
