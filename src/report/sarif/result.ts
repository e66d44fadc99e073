import type { Finding } from '../parts/findings.js';
import { resourceName } from '../parts/resource.js';
import { visible } from '../../text/printable.js';
import type { SarifResult } from './log.js';
import { findingMessage } from './message.js';
import { resourcePath } from './path.js';
import { policyLocation } from './policy-location.js';
import { sarifSeverity } from './severity.js';

/** A finding as a result. `ruleIndex` is that of its policy among the rules. */
export function sarifResult(finding: Finding, ruleIndex: number, names: ReadonlyMap<string, string>): SarifResult {
  const { evaluation, policy } = finding;
  const { target, fingerprint } = evaluation;
  const file = policyLocation(policy);
  return {
    ruleId: policy.id,
    ruleIndex,
    kind: 'fail',
    level: sarifSeverity(evaluation.severity).level,
    message: { text: findingMessage(finding, names, file !== undefined) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: resourcePath(target) },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
        logicalLocations: [
          {
            name: visible(resourceName(target)),
            fullyQualifiedName: visible(target.arn ?? target.id),
            kind: 'resource',
          },
        ],
      },
    ],
    ...(file === undefined
      ? {}
      : { relatedLocations: [{ id: 1, message: { text: 'the policy' }, physicalLocation: file }] }),
    partialFingerprints: {
      // GitHub knows an alert again by this key alone; behind the colon stands a count of equal lines.
      primaryLocationLineHash: `${fingerprint.slice(0, 32)}:1`,
      'trailproof/finding/v1': fingerprint,
    },
  };
}
