import { loadInventory, saveInventory } from '../../src/storage/index.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Inventory } from '../../src/model/inventory.js';
import { collectFromMoto } from './collect-from-moto.js';
import { memberPlans, type MemberName } from './member-plans.js';
import type { BuiltMember } from './moto-organization.js';
import { observedMember, type ObservedMember } from './observed-member.js';
import { withMotoOrganization, type MotoOrganization } from './with-moto-organization.js';

/** A member as it should be. */
function sound({ accountId, trailArn, bucket, keyArn }: BuiltMember): ObservedMember {
  return {
    entered: trailArn,
    isLogging: true,
    isMultiRegion: true,
    validates: true,
    key: keyArn,
    keyState: 'Enabled',
    rotates: true,
    bucketOwner: accountId,
    versioning: 'Enabled',
    isPublic: 'none',
    expiresAfterDays: [],
    logsAccessTo: `${bucket}-access`,
  };
}

const missing = 'not in the inventory';

/** What is seen of each defect; all else is as it should be. */
const defects: Readonly<Record<MemberName, Partial<ObservedMember>>> = {
  stopped: { isLogging: false },
  unvalidated: { validates: false },
  unencrypted: { key: 'none', keyState: missing, rotates: missing },
  'single-region': { isMultiRegion: false },
  unversioned: { versioning: 'Unversioned' },
  public: { isPublic: true },
  forgetful: { expiresAfterDays: [30] },
  unlogged: { logsAccessTo: 'none' },
  'key-dying': { keyState: 'PendingDeletion' },
  'key-static': { rotates: false },
  bucketless: {
    bucketOwner: 'none',
    versioning: 'none',
    isPublic: 'none',
    expiresAfterDays: 'none',
    logsAccessTo: 'none',
  },
  closed: {
    entered: '?',
    isLogging: missing,
    isMultiRegion: missing,
    validates: missing,
    key: missing,
    keyState: missing,
    rotates: missing,
    bucketOwner: missing,
    versioning: missing,
    isPublic: missing,
    expiresAfterDays: missing,
    logsAccessTo: missing,
  },
};

withMotoOrganization((organization) => {
  let collecting: Promise<Inventory> | undefined;
  const collected = (): Promise<Inventory> => (collecting ??= collectFromMoto());

  test('the organization, its accounts and the caller', async () => {
    const { managementAccountId, logArchiveAccountId, members } = organization();
    const inventory = await collected();
    expect(inventory.organization).toMatchObject({ managementAccountId, featureSet: 'ALL' });
    expect(inventory.caller.accountId).toBe(managementAccountId);
    const ids = [managementAccountId, logArchiveAccountId, ...Object.values(members).map((it) => it.accountId)];
    expect(inventory.accounts.map((account) => account.id)).toEqual(ids.toSorted());
    expect(new Set(inventory.accounts.map((account) => account.state))).toEqual(new Set(['ACTIVE']));
  });

  describe('each member shows its defect and no other', () => {
    test.each(memberPlans)('$name: $defect', async ({ name }) => {
      const member = organization().members[name];
      expect(observedMember(await collected(), member)).toEqual({ ...sound(member), ...defects[name] });
    });
  });

  test('the organization trail, with bucket and key in the log archive account', async () => {
    const { logArchiveAccountId, organizationTrailArn, archiveBucket, archiveKeyArn } = organization();
    const { trails, buckets, keys } = await collected();
    expect(trails.find((trail) => trail.arn === organizationTrailArn)).toMatchObject({
      description: { value: { isOrganizationTrail: true, s3BucketName: archiveBucket, kmsKeyId: archiveKeyArn } },
      status: { value: { isLogging: true } },
      eventSelectors: { value: { basic: [{ readWriteType: 'All', includeManagementEvents: true }] } },
    });
    expect(buckets.find((bucket) => bucket.name === archiveBucket)?.owner).toMatchObject({
      value: { accountId: logArchiveAccountId },
    });
    expect(keys.find((key) => key.arn === archiveKeyArn)).toMatchObject({
      accountId: logArchiveAccountId,
      rotation: { value: { enabled: true } },
    });
  });

  test('each trail stands once, wherever the run looks from: in another Region, moto shows their shadows', async () => {
    const expected = trailArns(organization());
    expect((await collected()).trails.map((trail) => trail.arn)).toEqual(expected);
    const elsewhere = await collectFromMoto({ region: 'eu-west-1' });
    expect(elsewhere.trails.map((trail) => [trail.arn, trail.homeRegion])).toEqual(
      expected.map((arn) => [arn, 'us-east-1']),
    );
  });

  test('what could not be read is a gap, and nothing else is', async () => {
    const { managementAccountId, members } = organization();
    const { gaps } = await collected();
    const found = gaps.filter((gap) => gap.reason !== 'not-collected');
    // moto knows neither Account Management's Regions nor CloudTrail as a service of delegated administrators.
    const other = found.filter((gap) => gap.call !== 's3:GetBucketRequestPayment');
    expect(other.map((gap) => `${gap.call} ${gap.accountId} ${gap.reason}`).toSorted()).toEqual(
      [
        `account:ListRegions ${members['single-region'].accountId} error`,
        `account:ListRegions ${managementAccountId} error`,
        `organizations:ListDelegatedAdministrators ${managementAccountId} error`,
        `sts:AssumeRole ${members.closed.accountId} access-denied`,
      ].toSorted(),
    );
    // It answers GetBucketRequestPayment with a list of the bucket's objects: malformed, in each of the 11 log buckets
    // and of the 10 that access logs are sent to.
    const malformed = found.filter((gap) => gap.call === 's3:GetBucketRequestPayment');
    expect(malformed.map((gap) => [gap.reason, gap.message])).toEqual(
      Array.from({ length: 21 }, () => [
        'error',
        expect.stringContaining('is <ListBucketResult>, not <RequestPaymentConfiguration>'),
      ]),
    );
  });

  test('the calls that the inventory counts are those that were sent, and none of them wrote', async () => {
    const before = organization().actions.length;
    const { apiCalls } = await collectFromMoto();
    const sent = organization().actions.slice(before);
    expect(apiCalls.total).toBe(sent.length);
    const isRead = /^(Get|List|Describe|AssumeRole$|GET |HEAD |POST \/list[A-Z])/;
    expect(sent.map((it) => it.action).filter((action) => !isRead.test(action))).toEqual([]);
  });

  test('the inventory is saved and comes back as it was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trailproof-'));
    onTestFinished(async () => await rm(folder, { recursive: true }));
    const file = join(folder, 'inventory.json.gz');
    await saveInventory(await collected(), file);
    expect(await loadInventory(file)).toEqual(await collected());
  });
});

function trailArns({ members, organizationTrailArn }: MotoOrganization): string[] {
  const { closed: _, ...open } = members;
  return [organizationTrailArn, ...Object.values(open).map((it) => it.trailArn)].toSorted();
}
