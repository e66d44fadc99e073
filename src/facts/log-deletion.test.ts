import { expect, test } from 'vitest';
import { absent, aBucket, known, MEMBER, unknown } from '../../test/support/inventory-builders.js';
import type { Bucket } from '../model/inventory.js';
import { noControls } from './document-reach/index.js';
import { deletionDenial } from './log-deletion.js';

const controls = { levels: [], gaps: [], organizationPath: undefined, isManagementAccount: false };

function denial(actions: readonly string[], versioning: Bucket['versioning']): string {
  const Condition = { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:role/Admin` } };
  const statement = { Effect: 'Deny', Principal: '*', Action: actions, Resource: '*', Condition };
  const policy = known(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  const bucket = aBucket({ policy, versioning, owner: known({ accountId: MEMBER, region: 'eu-central-1' }) });
  const found = deletionDenial(bucket, ['AWSLogs/'], controls, {
    partition: 'aws',
    organizationId: undefined,
    accountIds: [MEMBER],
    trails: [],
    resourceControls: noControls,
    note: ({ message }) => message,
  });
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
