import type { Bucket } from '../../model/inventory.js';
import type { DocumentSetting } from '../document-reach/index.js';
import { deniesPlainHttp, noDocument, parseIamDocument, withControls } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/**
 * Whether each request over plain HTTP is denied, to everyone, on the bucket and each object: by the bucket's policy
 * and the resource control policies above its account together.
 */
export function requiresTls({ policy, owner, arn, name }: Bucket, setting: DocumentSetting): Tri<boolean> {
  if (owner.state === 'unknown') return doubt([owner.gap]);
  const { policies, open } = setting.resourceControls;
  const own = policy.state === 'known' ? parseIamDocument(policy.value, 'resource') : noDocument;
  // Whatever the policy says, resource control policies deny by themselves.
  const document = withControls('problem' in own ? noDocument : own, policies);
  const ownerAccountId = owner.state === 'known' ? owner.value.accountId : undefined;
  const { verdict, because } = deniesPlainHttp(document, arn, ownerAccountId);
  if (verdict === 'yes') return sure(true);
  const gaps = [...(policy.state === 'unknown' ? [policy.gap] : []), ...(open?.gaps ?? [])];
  const problems = 'problem' in own ? [own.problem] : verdict === 'unknown' ? because : undefined;
  if (problems !== undefined) {
    const message = `Whether the policy of bucket ${name} denies plain HTTP could not be decided. ${problems.join(' ')}`;
    gaps.push(setting.note({ call: 's3:GetBucketPolicy', reason: 'unsupported', message }, 'tls'));
  }
  return gaps.length > 0 ? doubt(gaps) : sure(false);
}
