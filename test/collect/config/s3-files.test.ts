import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectFromS3, parseS3Location } from '../../../src/collect/index.js';
import { collectFromFiles } from '../../../src/collect/config/files/index.js';
import { impatience, useFakeAws } from '../../support/collect-from.js';
import { itemsOf } from '../../support/config-items.js';
import { aFolderOf, snapshot, snapshotName, snapshotText, type DeliveryFiles } from '../../support/delivery-files.js';
import { aBucket, type FakeAwsOptions, type SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT, MEMBER } from '../../support/inventory-builders.js';
import { anOrganizationWithATrail, logArchive, management } from '../../support/worlds.js';

const bucket = 'recorded-by-config';
const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const items = itemsOf(anInventory());
const isOf = (accountId: string) => (it: SnapshotItem) => it.awsAccountId === accountId;

const whole: DeliveryFiles = {
  [snapshotName(MANAGEMENT, 'eu-central-1')]: snapshot(items.filter(isOf(MANAGEMENT))),
  [snapshotName(MEMBER, 'eu-central-1')]: snapshot(items.filter(isOf(MEMBER))),
};

interface Parts {
  readonly fake?: FakeAwsOptions;
  readonly region?: string;
  readonly owner?: string;
  readonly asOf?: string;
  readonly keepsBytes?: number;
}

async function readBucket(files: DeliveryFiles, source = `s3://${bucket}`, parts: Parts = {}) {
  const world = anOrganizationWithATrail();
  const contents = Object.fromEntries(Object.entries(files).map(([key, it]) => [key, Buffer.from(it)]));
  const aws = await useFakeAws(
    {
      ...world,
      buckets: [
        ...world.buckets,
        aBucket({ name: bucket, accountId: parts.owner ?? management, region: parts.region ?? 'us-east-1' }),
      ],
      objects: { [bucket]: contents },
    },
    parts.fake,
    { region: 'us-east-1' },
  );
  const inventory = await collectFromS3(parseS3Location(source), {
    ...impatience,
    scope,
    asOf: parts.asOf,
    keepsBytes: parts.keepsBytes,
  });
  return { inventory, aws };
}

const gets = (aws: Awaited<ReturnType<typeof readBucket>>['aws']): number =>
  aws.countBy('operation')['s3:GetObject'] ?? 0;

describe('files in a bucket', () => {
  test('are read as those of a folder are, by whoever calls', async () => {
    const { inventory, aws } = await readBucket(whole);
    const fromFolder = await collectFromFiles(aFolderOf(whole), { version: '0.0.0-test', scope, asOf: undefined });
    const { apiCalls, evidence, caller, ...read } = inventory;
    const { apiCalls: none, evidence: items_, caller: nobody, ...expected } = fromFolder;
    expect(read).toEqual(expected);
    expect(none.total + items_.length).toBeGreaterThan(0);
    expect(nobody.accountId).toBe('unknown');
    expect(caller.accountId).toBe(management);
    expect(apiCalls.byOperation).toEqual(aws.countBy('operation'));
    expect(evidence.filter((it) => it.call === 's3:GetObject').map((it) => it.resource)).toEqual(
      Object.keys(whole)
        .map((key) => `s3://${bucket}/${key}`)
        .toSorted(),
    );
  });

  test('of the bucket in another Region, page after page', async () => {
    const fake = { pageSizes: { 's3:ListObjectsV2': 1 } };
    const { inventory, aws } = await readBucket(whole, undefined, { region: 'eu-west-1', fake });
    expect(inventory.trails.length).toBe(1);
    const listings = aws.calls().filter((it) => it.operation === 'ListObjectsV2');
    expect(listings.map((it) => it.region)).toEqual(['eu-west-1', 'eu-west-1']);
  });

  test('those of other services, and of other prefixes, are left alone', async () => {
    const others = Object.fromEntries(
      [
        'AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz',
        'o-exampleorg1/AWSLogs/o-exampleorg1/111122223333/CloudTrail-Digest/a.json.gz',
        'AWSLogs/111122223333/Config/ConfigWritabilityCheckFile',
        'AWSLogs/',
      ].map((key) => [key, '']),
    );
    const { inventory, aws } = await readBucket({ ...whole, ...others });
    expect(inventory.gaps.filter((it) => it.call === 'config:DeliveryFile')).toEqual([]);
    expect(gets(aws)).toBe(gets((await readBucket(whole)).aws));
    const [first = ''] = Object.keys(whole);
    const one = await readBucket(whole, `s3://${bucket}/${first.slice(0, -8)}`);
    expect(one.inventory.accounts.map((it) => it.id)).toEqual([MANAGEMENT]);
  });

  test('a large one is read in parts, once; and again where more buckets are in it than are kept', async () => {
    const padding = randomBytes(7_000_000).toString('hex');
    const large = JSON.stringify({ fileVersion: '1.0', padding, configurationItems: items });
    const small = snapshotText(items.filter((it) => it.resourceType === 'AWS::Config::ConfigurationRecorder'));
    const files = { 'large.json': large, 'small.json': small };
    const { inventory, aws } = await readBucket(files);
    expect(inventory.buckets).toMatchObject([{ owner: { state: 'known' } }]);
    expect(large.length).toBeGreaterThan(8 * 1024 * 1024);
    // Two parts of the one, and the other.
    expect(gets(aws)).toBe(3);
    const again = await readBucket(files, undefined, { keepsBytes: 0 });
    const { buckets, keys, gaps } = again.inventory;
    expect({ buckets, keys, gaps }).toEqual({ buckets: inventory.buckets, keys: inventory.keys, gaps: inventory.gaps });
    // Two parts of the one, once for each of trails, buckets and keys; the other once.
    expect(gets(again.aws)).toBe(7);
  });

  test('broken and cut off ones are skipped with a gap', async () => {
    const zipped = snapshot(items);
    const files = { ...whole, 'half.json.gz': zipped.subarray(0, zipped.length / 2), 'zero.json': '' };
    const { inventory } = await readBucket(files);
    const skipped = inventory.gaps.filter((it) => it.call === 'config:DeliveryFile');
    expect(skipped.map((it) => it.message)).toEqual([
      'File half.json.gz is cut off: its gzip does not end; it was skipped.',
      'File zero.json is empty; it was skipped.',
    ]);
    expect(inventory.trails.length).toBe(1);
  });

  test('one that may not be read is skipped with a gap, the first time and the second', async () => {
    const [first = ''] = Object.keys(whole);
    const denied = (after: number) =>
      ({ faults: [{ match: { operation: 'GetObject' }, kind: 'denied', after, times: 1 }] }) as const;
    const { inventory } = await readBucket(whole, undefined, { fake: denied(0) });
    expect(inventory.gaps.filter((it) => it.call === 'config:DeliveryFile')).toHaveLength(1);
    const later = await readBucket({ [first]: snapshot(items) }, undefined, { fake: denied(1), keepsBytes: 0 });
    const [found] = later.inventory.buckets;
    const gap = later.inventory.gaps.find((it) => found?.owner.state === 'unknown' && it.id === found.owner.gap);
    expect(gap).toMatchObject({
      call: 'config:DeliveryFile',
      resource: first,
      message: expect.stringMatching('AccessDenied'),
    });
  });

  test('a call that fails for a moment is made again', async () => {
    const faults = (['GetObject', 'ListObjectsV2'] as const).map((operation) => ({
      match: { operation },
      kind: 'throttled' as const,
      times: 1,
    }));
    const { inventory } = await readBucket(whole, undefined, { fake: { faults } });
    expect(inventory.gaps.filter((it) => it.reason !== 'not-recorded-by-config')).toEqual([]);
  });
});

describe('what stops it', () => {
  test('no such bucket', async () => {
    await expect(readBucket(whole, 's3://there-is-none/prefix')).rejects.toThrow('There is no bucket there-is-none.');
  });

  test('a bucket of another account that does not let the caller in', async () => {
    await expect(readBucket(whole, undefined, { owner: logArchive })).rejects.toThrow(
      `${bucket} could not be listed by account ${management}`,
    );
  });

  test('nothing below the prefix', async () => {
    await expect(readBucket(whole, `s3://${bucket}/nothing/`)).rejects.toThrow(
      `s3://${bucket}/nothing/ holds no files`,
    );
  });

  test('nothing of AWS Config', async () => {
    const files = { 'a.json.gz': gzipSync('{"Records":[]}') };
    await expect(readBucket(files)).rejects.toThrow(
      'holds no complete file of AWS Config among 1 files: File a.json.gz has',
    );
  });

  test.each(['denied', 'internal-error'] as const)('a list that breaks off (%s) is no short list', async (kind) => {
    const fake = {
      pageSizes: { 's3:ListObjectsV2': 1 },
      faults: [{ match: { operation: 'ListObjectsV2' }, kind, after: 1 }],
    } as const;
    await expect(readBucket(whole, undefined, { fake })).rejects.toThrow('could not be listed after 1 objects');
  });
});

test.each(['s3://', 's3:///x', 's3://Bucket/x', 's3://a/x', 's3://a_b/x', 's3://-ab/x'])(
  '%s names no bucket',
  (source) => {
    expect(() => parseS3Location(source)).toThrow('names no bucket');
  },
);

test('the prefix is all behind the first slash', () => {
  expect(parseS3Location('s3://a.bucket/AWSLogs//1/')).toEqual({ bucket: 'a.bucket', prefix: 'AWSLogs//1/' });
  expect(parseS3Location('s3://a.bucket')).toEqual({ bucket: 'a.bucket', prefix: '' });
});
