import type { Key } from '../../model/inventory.js';
import type { DocumentSetting } from '../document-reach/index.js';
import { canCloudTrailUseKey, parseIamDocument, withControls } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/** Whether the policy of a key, and resource control policies above it, let CloudTrail encrypt a trail's files. */
export function canUseKey(
  { arn, policy, metadata }: Pick<Key, 'arn' | 'policy' | 'metadata'>,
  trailArn: string,
  setting: DocumentSetting,
): Tri<boolean> {
  if (metadata.state === 'absent' || policy.state === 'absent') return sure(false);
  if (policy.state === 'unknown') return doubt([policy.gap]);
  const { organizationId, resourceControls } = setting;
  const document = withControls(parseIamDocument(policy.value, 'key'), resourceControls.policies);
  const user = { arn: trailArn, ...(organizationId === undefined ? {} : { organizationId }) };
  const { verdict, because } = canCloudTrailUseKey(document, user, arn);
  if (verdict === 'no') return sure(false);
  if (verdict === 'yes') return resourceControls.open ?? sure(true);
  const what = `Whether the policy of key ${arn} lets CloudTrail encrypt for trail ${trailArn} could not be decided.`;
  const message = [what, ...because].join(' ');
  return doubt([setting.note({ call: 'kms:GetKeyPolicy', reason: 'unsupported', message }, `use ${trailArn}`)]);
}
