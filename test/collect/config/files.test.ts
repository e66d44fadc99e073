import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { collectFromFiles, type FilesOptions } from '../../../src/collect/config/files/index.js';
import { known } from '../../../src/model/known.js';
import { anItem, changed, itemsOf, recorderItems } from '../../support/config-items.js';
import {
  aFolderOf,
  historyAt,
  historyText,
  snapshot,
  snapshotName,
  snapshotText,
} from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { aBucket, anInventory, MANAGEMENT, MEMBER } from '../../support/inventory-builders.js';
import { evaluateInventory } from '../../support/scan-world.js';

const options: FilesOptions = {
  version: '0.0.0-test',
  scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
  asOf: undefined,
};

const items = itemsOf(anInventory());
const isOf = (accountId: string) => (it: SnapshotItem) => it.awsAccountId === accountId;
const isTrail = (it: SnapshotItem): boolean => it.resourceType === 'AWS::CloudTrail::Trail';

/** One snapshot an account, as AWS Config delivers them into one bucket. */
const whole = {
  [snapshotName(MANAGEMENT, 'eu-central-1')]: snapshot(items.filter(isOf(MANAGEMENT))),
  [snapshotName(MEMBER, 'eu-central-1')]: snapshot(items.filter(isOf(MEMBER))),
  [`AWSLogs/${MANAGEMENT}/Config/ConfigWritabilityCheckFile`]: '',
};

test('a folder of snapshots, at any prefix, is read without asking anyone', async () => {
  const inventory = await collectFromFiles(aFolderOf(whole), options);
  expect(inventory.accounts.map((it) => it.id)).toEqual([MANAGEMENT, MEMBER]);
  expect(inventory.trails).toMatchObject([{ description: { state: 'known' }, status: { state: 'unknown' } }]);
  expect(inventory.buckets).toMatchObject([
    { owner: { value: { accountId: MANAGEMENT } }, versioning: { state: 'known' } },
  ]);
  expect(inventory.keys).toMatchObject([{ metadata: { state: 'known' } }]);
  expect(inventory.capturedAt).toBe('2026-11-20T22:00:00.000Z');
  expect(inventory.gaps.filter((it) => it.reason !== 'not-recorded-by-config')).toEqual([]);
  const { evaluations } = evaluateInventory(inventory, ['trail-validates-log-files', 'account-has-multi-region-trail']);
  expect(evaluations.map((it) => [it.policyId, it.outcome])).toEqual([
    ['trail-validates-log-files', 'COMPLIANT'],
    ['account-has-multi-region-trail', 'INSUFFICIENT_DATA'],
    ['account-has-multi-region-trail', 'INSUFFICIENT_DATA'],
  ]);
});

test('one file is read, gzipped or not', async () => {
  const folder = aFolderOf({ 'plain.json': snapshotText(items), 'zipped.gz': snapshot(items) });
  const plain = await collectFromFiles(`${folder}/plain.json`, options);
  expect(plain.trails.length).toBe(1);
  expect(await collectFromFiles(`${folder}/zipped.gz`, options)).toEqual(plain);
});

test('broken, cut off and foreign files are named and skipped, the rest is used', async () => {
  const zipped = snapshot(items);
  const broken = Buffer.from(zipped);
  broken.fill(0x55, 40, 60);
  const folder = aFolderOf({
    ...whole,
    'a/broken.json.gz': broken,
    'a/half.json.gz': zipped.subarray(0, zipped.length / 2),
    'a/half.json': snapshotText(items).slice(0, -40),
    'a/cloudtrail.json.gz': gzipSync('{"Records":[]}'),
    'a/list.json': '[1, 2]',
    'a/no-items.json': '{"fileVersion":"1.0","configurationItems":["text"]}',
    'a/readme.txt': 'hello',
    'a/zero': '',
  });
  const inventory = await collectFromFiles(folder, options);
  const skipped = inventory.gaps.filter((it) => it.call === 'config:DeliveryFile');
  expect(skipped.map((it) => [it.resource, it.message.replace(/^File \S+ /, '')])).toEqual([
    ['a/broken.json.gz', expect.stringMatching(/^is gzipped, but broken: .*; it was skipped\.$/)],
    ['a/cloudtrail.json.gz', 'has no configurationItems: it is not a file of AWS Config; it was skipped.'],
    ['a/half.json', 'is cut off: its JSON does not end; it was skipped.'],
    ['a/half.json.gz', 'is cut off: its gzip does not end; it was skipped.'],
    ['a/list.json', 'has a list of something other than items (byte 1); it was skipped.'],
    ['a/no-items.json', 'has something other than items in configurationItems (byte 43); it was skipped.'],
    ['a/readme.txt', 'is neither JSON nor a CSV of AWS Config; it was skipped.'],
    ['a/zero', 'is empty; it was skipped.'],
  ]);
  expect(inventory.trails.length).toBe(1);
});

test('an item that cannot be read takes the place of earlier ones, and says nothing', async () => {
  const later = { configurationItemCaptureTime: '2026-11-20T23:00:00.000Z' };
  const spoilt = (wanted: (it: SnapshotItem) => boolean): string => {
    const all = changed(items.filter(wanted), wanted, () => later);
    const asText = JSON.parse(historyText(all), (name, value: unknown) =>
      name === 'configuration' || name === 'supplementaryConfiguration' ? '{"cut' : value,
    ) as unknown;
    return JSON.stringify(asText);
  };
  const isBucket = (it: SnapshotItem): boolean => it.resourceType === 'AWS::S3::Bucket';
  const folder = aFolderOf({ ...whole, 'z-bucket.json': spoilt(isBucket) });
  const [bucket] = (await collectFromFiles(folder, options)).buckets;
  expect(bucket).toMatchObject({
    owner: { state: 'known' },
    versioning: { state: 'unknown' },
    policy: { state: 'unknown' },
  });
  const inventory = await collectFromFiles(aFolderOf({ ...whole, 'z-trail.json': spoilt(isTrail) }), options);
  expect(inventory.trails).toMatchObject([{ description: { state: 'unknown' } }]);
  expect(inventory.gaps).toContainEqual(expect.objectContaining({ call: 'config:DeliveryFile', reason: 'error' }));
});

test('what a file that is cut off may have changed is open, until a later item or a whole snapshot settles it', async () => {
  const half = snapshotText(items).slice(0, -40);
  const history = (type: string, from: string, to = from): string =>
    historyAt(MANAGEMENT, 'eu-central-1', type, from, to);
  const stateWith = async (files: Readonly<Record<string, string | Buffer>>, asOf?: string): Promise<string[]> => {
    const inventory = await collectFromFiles(aFolderOf({ ...whole, ...files }), { ...options, asOf });
    return [
      ...inventory.trails.map((it) => it.description.state),
      ...inventory.buckets.map((it) => it.versioning.state),
    ];
  };
  const ofTrails = 'AWS::CloudTrail::Trail';
  expect(await stateWith({ [history(ofTrails, '20261121T010000Z')]: half })).toEqual(['unknown']);
  expect(await stateWith({ [history('AWS::EC2::Instance', '20261121T010000Z')]: half })).toEqual(['known', 'known']);
  // The items are of 22:00.
  expect(await stateWith({ [history(ofTrails, '20261120T160000Z', '20261120T220000Z')]: half })).toEqual([
    'known',
    'known',
  ]);
  expect(await stateWith({ [history(ofTrails, '20261121T010000Z')]: half }, '2026-11-20T23:00:00.000Z')).toEqual([
    'known',
    'known',
  ]);
  const later = snapshotName(MANAGEMENT, 'eu-central-1').replaceAll('20261102T000000Z', '20261121T030000Z');
  const settled = { [history(ofTrails, '20261121T010000Z')]: half, [later]: snapshot(items.filter(isOf(MANAGEMENT))) };
  expect(await stateWith(settled)).toEqual(['known', 'known']);
  expect(await stateWith({ [later]: half })).toEqual(['unknown']);
});

test('what a skipped file may have held is missing for that reason, and not for want of a recorder', async () => {
  const buckets = (it: SnapshotItem): boolean => it.resourceType === 'AWS::S3::Bucket';
  const cut = historyAt(MANAGEMENT, 'eu-central-1', 'AWS::S3::Bucket', '20261121T000000Z');
  const folder = aFolderOf({
    'trails.json': historyText(items.filter((it) => !buckets(it))),
    [cut]: historyText(items.filter(buckets)).slice(0, -2),
  });
  const inventory = await collectFromFiles(folder, options);
  const [bucket] = inventory.buckets;
  const gap = inventory.gaps.find((it) => bucket?.owner.state === 'unknown' && it.id === bucket.owner.gap);
  expect(gap).toMatchObject({ reason: 'error', resource: cut });
});

test('of many history files the newest item of each resource counts, or the newest before a moment', async () => {
  const at = (time: string, parts: Partial<SnapshotItem>, wanted = isTrail) =>
    changed(items.filter(wanted), wanted, ({ configuration }) => ({
      configurationItemCaptureTime: time,
      ...parts,
      configuration: { ...configuration, ...parts.configuration },
    }));
  const folder = aFolderOf({
    '1.json': historyText(at('2026-10-03T00:00:00.000Z', { configuration: { logFileValidationEnabled: true } })),
    '2.json': historyText(at('2026-10-01T00:00:00.000Z', { configuration: { logFileValidationEnabled: false } })),
    '3.json': historyText(at('2026-10-05T00:00:00.000Z', { configurationItemStatus: 'ResourceDeleted' })),
    '4.json': historyText(
      changed(
        recorderItems(MEMBER),
        () => true,
        () => ({ configurationItemCaptureTime: '2026-10-02T12:00:00Z' }),
      ),
    ),
  });
  const validation = async (asOf: string | undefined): Promise<unknown> => {
    const { trails } = await collectFromFiles(folder, { ...options, asOf });
    return trails.map(({ description: it }) => it.state === 'known' && it.value.logFileValidationEnabled);
  };
  expect(await validation(undefined)).toEqual([]);
  expect(await validation('2026-10-04T00:00:00.000Z')).toEqual([true]);
  expect(await validation('2026-10-02T00:00:00.000Z')).toEqual([false]);
});

test('a time before recording began leaves the account unread, and says since when there is a record', async () => {
  const inventory = await collectFromFiles(aFolderOf(whole), { ...options, asOf: '2026-01-01T00:00:00.000Z' });
  expect(inventory).toMatchObject({ asOf: '2026-01-01T00:00:00.000Z', capturedAt: '2026-01-01T00:00:00.000Z' });
  const { unreadable } = evaluateInventory(inventory, []).coverage.accounts;
  expect(unreadable.map((it) => it.id)).toEqual([MANAGEMENT, MEMBER]);
  expect(unreadable[0]?.reason).toContain(`about account ${MANAGEMENT} begin at 2026-11-20T22:00:00.000Z`);
});

test('a bucket is the one that the trail names, of however many there are', async () => {
  const many = Array.from({ length: 500 }, (_, index) =>
    anItem({ resourceType: 'AWS::S3::Bucket', resourceId: `other-${index}`, awsAccountId: MANAGEMENT }),
  );
  const versioned = itemsOf(
    anInventory({ buckets: [aBucket({ versioning: known({ status: 'Suspended', mfaDelete: false }) })] }),
  );
  const inventory = await collectFromFiles(aFolderOf({ 'all.json': snapshotText([...many, ...versioned]) }), options);
  expect(inventory.buckets).toMatchObject([{ name: 'trail-logs', versioning: { value: { status: 'Suspended' } } }]);
});

test('no file of AWS Config, no files at all, an account that no file knows: each is said', async () => {
  const foreign = aFolderOf({ 'a.json': '{"Records":[]}' });
  await expect(collectFromFiles(foreign, options)).rejects.toThrow(
    'holds no complete file of AWS Config among 1 files',
  );
  await expect(collectFromFiles(aFolderOf({}), options)).rejects.toThrow('holds no files');
  const scope = { ...options.scope, accounts: ['999999999999'] };
  await expect(collectFromFiles(aFolderOf(whole), { ...options, scope })).rejects.toThrow(
    'No file is about account 999999999999',
  );
});
