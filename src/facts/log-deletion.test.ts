import { expect, test } from 'vitest';
import { absent, aBucket, known, MEMBER, unknown } from '../../test/support/inventory-builders.js';
import type { Bucket } from '../model/inventory.js';
import type { BucketSetting } from './bucket-policy/index.js';
import { noControls } from './document-reach/index.js';
import { parseIamDocument } from './iam/index.js';
import { deletionDenial } from './log-deletion.js';

const controls = { levels: [], gaps: [], organizationPath: undefined, isManagementAccount: false };
const setting: BucketSetting = {
  partition: 'aws',
  organizationId: undefined,
  accountIds: [MEMBER],
  trails: [],
  resourceControls: noControls,
  note: ({ message }) => message,
};

function denial(actions: readonly string[], versioning: Bucket['versioning']): string {
  const Condition = { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:role/Admin` } };
  const statement = { Effect: 'Deny', Principal: '*', Action: actions, Resource: '*', Condition };
  const policy = known(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  const bucket = aBucket({ policy, versioning, owner: known({ accountId: MEMBER, region: 'eu-central-1' }) });
  const found = deletionDenial(bucket, ['AWSLogs/'], controls, setting);
  return found.state === 'known' ? found.value.scope : found.gaps.join(' ');
}

const deletion = ['s3:Delete*', 's3:PutLifecycleConfiguration', 's3:PutBucketPolicy'];
const enabled = known({ status: 'Enabled' as const, mfaDelete: false });
const suspended = known({ status: 'Suspended' as const, mfaDelete: false });

test('without versions, overwriting a log erases it: it must be denied, too', () => {
  expect(denial(deletion, enabled)).toBe('except-named');
  for (const versioning of [suspended, absent]) {
    expect(denial(deletion, versioning)).toBe('no-one');
    expect(denial([...deletion, 's3:PutObject'], versioning)).toBe('except-named');
  }
  expect(denial(deletion, unknown('versioning'))).toBe('versioning');
  expect(denial([...deletion, 's3:PutObject'], unknown('versioning'))).toBe('except-named');
});

test('a control policy for what the account owns denies it, one for what another account owns does not', () => {
  const bucket = aBucket({
    policy: absent,
    versioning: enabled,
    owner: known({ accountId: MEMBER, region: 'eu-central-1' }),
  });
  const scopeWith = (owner: string) => {
    const Condition = { StringEquals: { 'aws:ResourceAccount': owner } };
    const Statement = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition },
    ];
    const document = parseIamDocument(JSON.stringify({ Version: '2012-10-17', Statement }), 'service-control');
    const found = deletionDenial(
      bucket,
      ['AWSLogs/'],
      { ...controls, levels: [[{ name: 'guard', document }]] },
      setting,
    );
    return found.state === 'known' && found.value.scope;
  };
  expect(scopeWith(MEMBER)).toBe('everyone');
  expect(scopeWith('999988887777')).toBe('no-one');
});
