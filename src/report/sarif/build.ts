import { codeScanningLimits } from '../../model/code-scanning.js';
import type { Results } from '../../model/results.js';
import { UsageError } from '../../model/errors.js';
import { accountNames } from '../parts/accounts.js';
import { findingsOf } from '../parts/findings.js';
import { byId, byText, severityRank } from '../../text/order.js';
import { wasEvaluated } from '../parts/verdict.js';
import { categoryOf } from './category.js';
import { groupResult } from './group-result.js';
import { grouped, type Alerts } from './grouped.js';
import type { SarifLog } from './log.js';
import { notificationRules, notificationsOf } from './notifications.js';
import { sarifResult } from './result.js';
import { sarifRule } from './rule.js';

/** False for a run whose missing results mean nothing: one that was stopped, or that could evaluate nothing. */
export function isForUpload(results: Results): boolean {
  return !results.run.interrupted && wasEvaluated(results);
}

/**
 * The SARIF log of the results: findings only, one for each cause; where there are more than GitHub keeps, several of
 * one policy are one result. Throws a UsageError when there are more even so: leaving some out would close their alerts.
 *
 * @param otherwise the id of the scan for results that do not say it
 */
export function sarifLog(results: Results, otherwise?: string): SarifLog {
  const alerts = alertsOf(results);
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
        automationDetails: { id: categoryOf(results, otherwise) },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: isForUpload(results),
            startTimeUtc: results.run.startedAt,
            endTimeUtc: results.run.finishedAt,
            toolExecutionNotifications: notificationsOf(results, alerts.groups),
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
        results: [
          ...alerts.findings.map((finding) => ({
            policy: finding.policy,
            result: sarifResult(finding, ruleIndex.get(finding.policy.id) ?? -1, names),
          })),
          ...alerts.groups.map((group) => ({
            policy: group.policy,
            result: groupResult(group, ruleIndex.get(group.policy.id) ?? -1, results.run.partition, names),
          })),
        ]
          .toSorted(
            (a, b) =>
              // The rule's severity, which is what GitHub shows; an assertion's own changes the level only.
              severityRank(a.policy.severity) - severityRank(b.policy.severity) ||
              byText(a.result.ruleId, b.result.ruleId) ||
              byText(uriOf(a.result), uriOf(b.result)) ||
              byText(hashOf(a.result), hashOf(b.result)),
          )
          .map(({ result }) => result),
      },
    ],
  };
}

/**
 * The findings as alerts that GitHub keeps.
 *
 * @throws UsageError when there are more policies with findings than it keeps alerts.
 */
export function alertsOf(results: Results): Alerts {
  const most = codeScanningLimits.keptResults;
  const alerts = grouped(findingsOf(results), most);
  const count = alerts.findings.length + alerts.groups.length;
  if (count <= most) return alerts;
  throw new UsageError(
    `There are findings of ${count} policies, and GitHub keeps no more than ${most} alerts of a SARIF file.`,
    'Scan with fewer policies at once, each part of them as a scan with an id of its own (--scan-id).',
  );
}

function hashOf(result: SarifLog['runs'][number]['results'][number]): string {
  return result.partialFingerprints['primaryLocationLineHash'] ?? '';
}

function uriOf(result: SarifLog['runs'][number]['results'][number]): string {
  return result.locations[0].physicalLocation.artifactLocation.uri;
}
