import { describe, expect, test } from 'vitest';
import { collectFromFiles, pastFromFiles } from '../../../src/collect/config/files/index.js';
import { historyOf } from '../../../src/history/index.js';
import { loadPolicies } from '../../../src/index.js';
import type { Inventory } from '../../../src/model/inventory.js';
import { changed, itemsOf } from '../../support/config-items.js';
import { aFolderOf, historyText } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT } from '../../support/inventory-builders.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';

const { policies } = loadPolicies({ packs: ['core'] });
const options = {
  version: '0.0.0-test',
  scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
  asOf: undefined,
};
const items = itemsOf(anInventory()).filter((it) => it.awsAccountId === MANAGEMENT);
const trail = 'AWS::CloudTrail::Trail';
const bucket = 'AWS::S3::Bucket';
const key = 'AWS::KMS::Key';
const isOf = (type: string) => (it: SnapshotItem) => it.resourceType === type;
const ended = '2026-11-21T00:00:00.000Z';

/** The end of the resource of a type, as AWS Config records it. */
function endOf(
  type: string,
  configurationItemStatus = 'ResourceDeleted',
  parts: Partial<SnapshotItem> = {},
): SnapshotItem[] {
  return changed(items.filter(isOf(type)), isOf(type), () => ({
    configurationItemStatus,
    configurationItemCaptureTime: ended,
    configuration: null,
    supplementaryConfiguration: {},
    ...parts,
  }));
}

/** The trail as it is recorded in another Region, too. */
function copyIn(awsRegion: string, at: string, parts: object = {}): SnapshotItem[] {
  return changed(items.filter(isOf(trail)), isOf(trail), ({ configuration }) => ({
    awsRegion,
    configurationItemCaptureTime: at,
    configuration: { ...configuration, ...parts },
  }));
}

async function read(all: readonly SnapshotItem[]): Promise<Inventory> {
  return await collectFromFiles(aFolderOf({ 'all.json': historyText(all) }), options);
}

function outcomes(inventory: Inventory, policy: string): string[] {
  return onFound(evaluateInventory(inventory, [policy]).evaluations).map((it) => it.outcome);
}

function messages({ gaps }: Inventory): string {
  return gaps.map((it) => it.message).join('\n');
}

describe('a trail', () => {
  test('that is no longer recorded may be as it was, and is not left out', async () => {
    const inventory = await read([...items, ...endOf(trail, 'ResourceNotRecorded')]);
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('whether it is still there, and how it is set, is not known');
    const { evaluations } = evaluateInventory(inventory, ['trail-validates-log-files']);
    const gaps = new Set(evaluations.flatMap((it) => it.gaps));
    expect(inventory.gaps.filter(({ id }) => gaps.has(id)).map((it) => it.reason)).toEqual(['not-collected']);
  });

  test('that was deleted is gone', async () => {
    const inventory = await read([...items, ...endOf(trail)]);
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual([]);
  });
});

describe('a key', () => {
  test('that was deleted is not usable, and is not asked to rotate', async () => {
    const inventory = await read([...items, ...endOf(key)]);
    const { evaluations } = evaluateInventory(inventory, ['kms-key-is-usable', 'kms-key-rotates']);
    expect(evaluations.map((it) => [it.policyId, it.outcome])).toEqual([
      ['kms-key-is-usable', 'NON_COMPLIANT'],
      ['kms-key-rotates', 'NOT_APPLICABLE'],
    ]);
    expect(evaluations[0]?.message).toContain('is Deleted: what it encrypts can neither be written nor read');
    expect(messages(inventory)).toContain(`was deleted, as AWS Config recorded at ${ended}`);
  });

  test('of which only the end was recorded is not usable either', async () => {
    const inventory = await read([...items.filter((it) => !isOf(key)(it)), ...endOf(key)]);
    expect(outcomes(inventory, 'kms-key-is-usable')).toEqual(['NON_COMPLIANT']);
  });

  test('that is no longer recorded may be as it was', async () => {
    const inventory = await read([...items, ...endOf(key, 'ResourceNotRecorded')]);
    expect(outcomes(inventory, 'kms-key-is-usable')).toEqual(['INSUFFICIENT_DATA']);
  });

  test('that is there again is usable', async () => {
    const again = changed(items.filter(isOf(key)), isOf(key), () => ({
      configurationItemCaptureTime: '2026-11-22T00:00:00.000Z',
    }));
    expect(outcomes(await read([...items, ...endOf(key), ...again]), 'kms-key-is-usable')).toEqual(['COMPLIANT']);
  });

  test('that was deleted is not said to be so once its recorder is stopped: nothing is known then', async () => {
    const stopped = changed(
      items.filter((it) => it.resourceType === 'AWS::Config::ConfigurationRecorder'),
      () => true,
      ({ configuration }) => ({
        configurationItemCaptureTime: '2026-11-22T00:00:00.000Z',
        configuration: { ...configuration, Recording: false },
      }),
    );
    const inventory = await read([...items, ...endOf(key), ...stopped]);
    expect(outcomes(inventory, 'trail-encrypts-with-kms')).toEqual(['INSUFFICIENT_DATA']);
    expect(outcomes(inventory, 'kms-key-is-usable')).toEqual([]);
  });
});

describe('a bucket', () => {
  test('that was deleted is told, and nothing that is said of it holds', async () => {
    const inventory = await read([...items, ...endOf(bucket)]);
    expect(outcomes(inventory, 'log-bucket-is-versioned')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain(`Bucket trail-logs of account ${MANAGEMENT} was deleted`);
    const gap = inventory.gaps.find((it) => it.message.includes('was deleted'));
    expect(gap).toMatchObject({ reason: 'error', call: 's3:HeadBucket', resource: 'trail-logs' });
  });

  test('that another account has since is the one that counts', async () => {
    const elsewhere = changed(items.filter(isOf(bucket)), isOf(bucket), () => ({
      awsAccountId: '222222222222',
      configurationItemCaptureTime: '2026-11-22T00:00:00.000Z',
    }));
    const inventory = await read([...items, ...endOf(bucket), ...elsewhere]);
    expect(inventory.buckets).toMatchObject([{ owner: { value: { accountId: '222222222222' } } }]);
  });
});

describe('a trail', () => {
  const before = '2026-11-20T23:00:00.000Z';
  const after = '2026-11-22T00:00:00.000Z';

  test('that was deleted at home is gone from all Regions', async () => {
    const all = [...items, ...copyIn('us-west-2', before), ...copyIn('eu-west-1', before)];
    expect((await read(all)).trails).toHaveLength(1);
    const inventory = await read([...all, ...endOf(trail)]);
    expect(inventory.trails).toEqual([]);
  });

  test('is also gone where the item of its end does not give its ARN', async () => {
    const end = endOf(trail, 'ResourceDeleted', { ARN: '' });
    expect((await read([...items, ...copyIn('us-west-2', before), ...end])).trails).toEqual([]);
  });

  test('of which a copy was seen after its end may have been made again, and nobody knows how', async () => {
    const inventory = await read([...items, ...endOf(trail), ...copyIn('us-west-2', after)]);
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('has it in us-west-2');
  });

  test('that one Region has no longer is as its home says', async () => {
    const end = endOf(trail, 'ResourceDeleted', { awsRegion: 'us-west-2' });
    const inventory = await read([...items, ...copyIn('us-west-2', before), ...end]);
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['COMPLIANT']);
  });

  test('of whose home there is no item, and of which the newest copy ended, is not known', async () => {
    const copies = [...copyIn('us-west-2', before), ...copyIn('eu-west-1', before)];
    const others = items.filter((it) => !isOf(trail)(it));
    expect(outcomes(await read([...others, ...copies]), 'trail-validates-log-files')).toEqual(['COMPLIANT']);
    const end = endOf(trail, 'ResourceDeleted', { awsRegion: 'us-west-2' });
    const inventory = await read([...others, ...copies, ...end]);
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('no item of its home Region was read');
  });

  test('is gone from its deletion at home on in a history, too', async () => {
    const folder = aFolderOf({ 'all.json': historyText([...items, ...copyIn('us-west-2', before), ...endOf(trail)]) });
    const window = { from: '2026-11-20T23:30:00.000Z', to: '2026-11-21T12:00:00.000Z' };
    const past = await pastFromFiles(folder, { ...options, asksRecorders: false, window, filesUntil: window.to });
    const { timelines } = await historyOf(past, policies, { version: '0', noted: past.noted });
    const line = timelines.find((it) => it.policyId === 'trail-validates-log-files');
    expect(line?.intervals.map((it) => [it.from, it.state])).toEqual([
      [window.from, 'COMPLIANT'],
      [ended, 'GONE'],
    ]);
  });
});

test('the Block Public Access of an account that ended in one Region no longer holds as another recorded it before', async () => {
  const type = 'AWS::S3::AccountPublicAccessBlock';
  const block = items.filter(isOf(type));
  expect((await read(items)).accounts).toMatchObject([{ publicAccessBlock: { state: 'known' } }]);
  const end = changed(block, isOf(type), () => ({
    awsRegion: 'us-west-2',
    configurationItemStatus: 'ResourceDeleted',
    configurationItemCaptureTime: ended,
    configuration: null,
  }));
  expect((await read([...items, ...end])).accounts).toMatchObject([{ publicAccessBlock: { state: 'unknown' } }]);
});
