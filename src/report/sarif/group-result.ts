import { hash } from 'node:crypto';
import { resourceKinds } from '../../model/resource-kinds.js';
import { accountLabel, nameOf } from '../parts/describe.js';
import { listed } from '../parts/accounts.js';
import type { Finding } from '../parts/findings.js';
import { resourceLabel } from '../parts/resource.js';
import { prose, shortened } from '../../text/printable.js';
import { counted } from '../../text/plural.js';
import type { FindingGroup } from './grouped.js';
import type { SarifResult } from './log.js';
import { escapedLinks } from './message.js';
import { pathSegment } from './path.js';
import { sarifSeverity } from './severity.js';

const shownTargets = 5;
const longestExample = 160;

/**
 * Several findings of one policy as one result. Its place and identity are the policy and the account, or the
 * organization, whatever the findings are.
 */
export function groupResult(
  { policy, accountId, findings }: FindingGroup,
  ruleIndex: number,
  partition: string,
  names: ReadonlyMap<string, string>,
): SarifResult {
  const { service, type } = resourceKinds[policy.target].arn;
  const owner = accountId ?? 'organization';
  const digest = hash('sha256', ['group-v1', policy.id, partition, owner, ''].join('\n'), 'hex');
  const [{ evaluation }] = findings;
  const where = accountId === undefined ? 'in the organization' : `in account ${accountLabel(accountId, names)}`;
  const label = ({ evaluation: { target } }: Finding): string =>
    accountId === undefined ? accountLabel(target.accountId, names) : nameOf(resourceLabel(target));
  const targets = [...new Set(findings.map(label))];
  const example = shortened(prose(evaluation.message), longestExample);
  const text = `${counted(findings.length, 'finding')} ${where} in one alert: ${listed(targets, shownTargets)}. For example: ${example} All are in results.json.`;
  return {
    ruleId: policy.id,
    ruleIndex,
    kind: 'fail',
    level: sarifSeverity(evaluation.severity).level,
    message: { text: escapedLinks(text) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: ['aws', owner, 'grouped', service, type, policy.id].map(pathSegment).join('/') },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
        logicalLocations: [{ name: policy.id, fullyQualifiedName: `${owner}/${policy.id}`, kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${digest.slice(0, 32)}:1`,
      'trailproof/group/v1': digest,
    },
  };
}
