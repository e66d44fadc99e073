import type { Key } from '../../model/inventory.js';
import { type DocumentSetting, documentReach, type Reach } from '../document-reach/index.js';
import { parseIamDocument } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { OpenList } from '../values.js';
import { grantReach } from './grants.js';

/** What is asked for of a key. */
export interface KeyUse {
  /** Tells the questions apart in gaps. */
  readonly name: 'encrypt' | 'decrypt' | 'administer';
  readonly actions: readonly string[];
}

/** Encrypts new data with it. CloudTrail asks for data keys. */
export const encrypting: KeyUse = {
  name: 'encrypt',
  actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptTo'],
};

export const decrypting: KeyUse = { name: 'decrypt', actions: ['kms:Decrypt', 'kms:ReEncryptFrom'] };

/** Changes who may use it, or takes it away. */
export const administering: KeyUse = {
  name: 'administer',
  actions: [
    'kms:CreateGrant',
    'kms:DeleteImportedKeyMaterial',
    'kms:DisableKey',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
  ],
};

/**
 * Who can do something with a key: by its policy and its grants, as far as resource control policies let them work.
 *
 * @param trails ARNs of those that encrypt with it
 */
export function keyReach(key: Key, use: KeyUse, trails: readonly string[], setting: DocumentSetting): OpenList<Reach> {
  const { policy, arn, accountId } = key;
  const byGrants = grantReach(key, use.actions, setting);
  const open = (gap: string): OpenList<Reach> => ({ ...byGrants, rest: doubt([gap, ...(byGrants.rest?.gaps ?? [])]) });
  if (policy.state === 'absent') return byGrants;
  if (policy.state === 'unknown') return open(policy.gap);
  const document = parseIamDocument(policy.value, 'key');
  if ('problem' in document) {
    const message = `The policy of key ${arn} cannot be read. ${document.problem}`;
    return open(setting.note({ call: 'kms:GetKeyPolicy', reason: 'unsupported', message }, use.name));
  }
  const asked = {
    document: `the policy of key ${arn}`,
    call: 'kms:GetKeyPolicy',
    about: use.name,
    ownerAccountId: accountId,
    trails,
    actions: use.actions,
    resourcesIn: () => [arn],
    cutsOff: sure(false),
  };
  const byPolicy = documentReach(document, asked, setting);
  // An identity policy of the account works on a key only where the key policy hands the key over to the account.
  const isPolicys = (it: Reach): boolean => it.isGranted;
  return {
    members: [...byPolicy.members.filter(isPolicys), ...byGrants.members],
    doubtful: [...byPolicy.doubtful.filter(({ value }) => isPolicys(value)), ...byGrants.doubtful],
    ...(byGrants.rest === undefined ? {} : { rest: byGrants.rest }),
  };
}
