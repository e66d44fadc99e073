import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { aKey, anAccount, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const owner = '111122223333';
const friend = '222222222222';
const stranger = '333333333333';
const key = aKey({
  aliases: ['alias/trail'],
  sharedWith: [friend],
  rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365, NextRotationDate: new Date('2027-03-01T00:00:00Z') },
});
const rsa = aKey({ KeyId: 'aaaa', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
const imported = aKey({ KeyId: 'bbbb', Origin: 'EXTERNAL' });
const leaving = aKey({
  KeyId: 'cccc',
  KeyState: 'PendingDeletion',
  DeletionDate: new Date('2026-12-01T00:00:00Z'),
  rotation: { KeyRotationEnabled: true },
});
const managed = aKey({ KeyId: 'dddd', KeyManager: 'AWS', aliases: ['alias/aws/s3'] });
const granted = aKey({
  KeyId: 'ffff',
  grants: ['g1', 'g2', 'g3'].map((GrantId) => ({ GrantId, GranteePrincipal: friend, Operations: ['Decrypt'] })),
});
const world = aWorld({
  accounts: [anAccount({ id: owner }), anAccount({ id: friend }), anAccount({ id: stranger })],
  keys: [key, rsa, imported, leaving, managed, granted],
});
const kms = async (accountId = owner, region = 'us-east-1') =>
  sdkClients(await fakeAwsFor(world), { accountId, region }).kms;

describe('DescribeKey', () => {
  test.each([
    ['id', key.metadata.KeyId],
    ['ARN', key.arn],
    ['alias', 'alias/trail'],
    ['ARN of its alias', 'arn:aws:kms:us-east-1:111122223333:alias/trail'],
  ])('finds a key by %s', async (_, KeyId) => {
    const { KeyMetadata } = await (await kms()).send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toEqual(key.metadata);
  });

  test('tells of a key that is to be deleted', async () => {
    const { KeyMetadata } = await (await kms()).send(new DescribeKeyCommand({ KeyId: 'cccc' }));
    expect(KeyMetadata).toMatchObject({
      KeyState: 'PendingDeletion',
      Enabled: false,
      DeletionDate: new Date('2026-12-01T00:00:00Z'),
    });
  });

  test.each([
    ['another id', 'eeee', "Key 'arn:aws:kms:us-east-1:111122223333:key/eeee' does not exist"],
    ['another alias', 'alias/none', 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.'],
    ['an ARN of another Region', key.arn.replace('us-east-1', 'eu-west-1'), 'Invalid arn eu-west-1'],
    ['an ARN of another service', 'arn:aws:s3:us-east-1:111122223333:key/eeee', "Invalid keyId 'arn:aws:s3"],
  ])('does not know %s', async (_, KeyId, message) => {
    await expect((await kms()).send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('GetKeyRotationStatus', () => {
  test('tells period and next date', async () => {
    const { $metadata: _, ...status } = await (await kms()).send(new GetKeyRotationStatusCommand({ KeyId: key.arn }));
    expect(status).toEqual({ ...key.rotation, KeyId: key.arn });
  });

  test.each([
    ['a key that waits to be deleted', 'cccc', false],
    ['an AWS managed key', 'dddd', true],
  ])('of %s', async (_, KeyId, isOn) => {
    const status = await (await kms()).send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status.KeyRotationEnabled).toBe(isOn);
  });

  test.each([
    ['an asymmetric key', 'aaaa', 'UnsupportedOperationException'],
    ['imported material', 'bbbb', 'UnsupportedOperationException'],
    ['an alias', 'alias/trail', 'NotFoundException'],
  ])('of %s there is none', async (_, KeyId, name) => {
    await expect((await kms()).send(new GetKeyRotationStatusCommand({ KeyId }))).rejects.toMatchObject({ name });
  });
});

describe('GetKeyPolicy', () => {
  test('is the default policy', async () => {
    const { Policy, PolicyName } = await (await kms()).send(new GetKeyPolicyCommand({ KeyId: 'aaaa' }));
    expect(PolicyName).toBe('default');
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    });
    const other = new GetKeyPolicyCommand({ KeyId: 'aaaa', PolicyName: 'other' });
    await expect((await kms()).send(other)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('ListGrants', () => {
  test('gives them in pages, with a marker while more follow', async () => {
    const input = { KeyId: 'ffff', Limit: 2 };
    const first = await (await kms()).send(new ListGrantsCommand(input));
    expect([first.Grants?.map((it) => it.GrantId), first.Truncated]).toEqual([['g1', 'g2'], true]);
    const { NextMarker: Marker } = first;
    const last = await (await kms()).send(new ListGrantsCommand({ ...input, Marker }));
    expect([last.Grants?.map((it) => it.GrantId), last.Truncated, last.NextMarker]).toEqual([['g3'], false, undefined]);
  });

  test('takes no marker that it did not give', async () => {
    const input = new ListGrantsCommand({ KeyId: 'ffff', Marker: 'x' });
    await expect((await kms()).send(input)).rejects.toMatchObject({ name: 'InvalidMarkerException' });
  });
});

describe('from another account', () => {
  test('a key policy may open two of the four calls', async () => {
    const client = await kms(friend);
    const input = { KeyId: key.arn };
    await expect(client.send(new DescribeKeyCommand(input))).resolves.toMatchObject({ KeyMetadata: { Arn: key.arn } });
    await expect(client.send(new GetKeyRotationStatusCommand(input))).resolves.toMatchObject({ KeyId: key.arn });
    await expect(client.send(new GetKeyPolicyCommand(input))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(client.send(new ListGrantsCommand(input))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([key.arn, 'arn:aws:kms:us-east-1:111122223333:key/none'])(
    'a key that is closed reads like one that is not there: %s',
    async (KeyId) => {
      await expect((await kms(stranger)).send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: `User: arn:aws:iam::333333333333:user/auditor is not authorized to perform: kms:DescribeKey on resource: ${KeyId} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
      });
    },
  );
});
