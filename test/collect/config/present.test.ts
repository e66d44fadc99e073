import { describe, expect, test } from 'vitest';
import { collectFromFiles, pastFromFiles } from '../../../src/collect/config/files/index.js';
import { historyOf } from '../../../src/history/index.js';
import { loadPolicies } from '../../../src/index.js';
import { anItem, changed, itemsOf } from '../../support/config-items.js';
import {
  aFolderOf,
  historyAt,
  historyText,
  snapshot,
  snapshotAt,
  type DeliveryFiles,
} from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT, MEMBER } from '../../support/inventory-builders.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';

const { policies } = loadPolicies({ packs: ['core'] });
const region = 'eu-central-1';
const options = {
  version: '0.0.0-test',
  scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
  asOf: undefined,
};

const trail = 'AWS::CloudTrail::Trail';
const bucket = 'AWS::S3::Bucket';
const key = 'AWS::KMS::Key';

/** All of the usual inventory's items that the Region of its trail and bucket holds, captured on the 1st. */
const items = changed(
  itemsOf(anInventory()).filter((it) => it.awsRegion === region && it.awsAccountId === MANAGEMENT),
  () => true,
  () => ({ configurationItemCaptureTime: '2026-11-01T00:00:00.000Z' }),
);

const without = (...types: string[]): SnapshotItem[] => items.filter((it) => !types.includes(it.resourceType));
const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T06:00:00.000Z`;

/** The snapshot of a day of November. */
function onDay(number: number, held: readonly SnapshotItem[], accountId = MANAGEMENT, where = region): DeliveryFiles {
  return { [snapshotAt(accountId, where, `202611${String(number).padStart(2, '0')}T060000Z`)]: snapshot(held) };
}

interface Read {
  readonly asOf?: string;
  readonly silentAfterDays?: number;
}

async function outcomes(files: DeliveryFiles, read: Read = {}): Promise<Record<string, string>> {
  const inventory = await collectFromFiles(aFolderOf(files), { ...options, ...read });
  const { evaluations } = evaluateInventory(inventory, [
    'trail-validates-log-files',
    'log-bucket-is-versioned',
    'kms-key-is-usable',
  ]);
  return Object.fromEntries(onFound(evaluations).map((it) => [it.target.type, it.outcome]));
}

async function gapsOf(files: DeliveryFiles, read: Read = {}): Promise<string> {
  const { gaps } = await collectFromFiles(aFolderOf(files), { ...options, ...read });
  return gaps.map((it) => it.message).join('\n');
}

const all = { trail: 'COMPLIANT', 'log-bucket': 'COMPLIANT', 'kms-key': 'COMPLIANT' };

describe('a later whole snapshot', () => {
  test('with a resource confirms it, however old its item is', async () => {
    expect(await outcomes({ ...onDay(1, items), ...onDay(20, items) })).toEqual(all);
  });

  test.each([
    [bucket, { ...all, 'log-bucket': 'INSUFFICIENT_DATA' }],
    [key, { ...all, 'kms-key': 'INSUFFICIENT_DATA' }],
    // What it names is not known either.
    [trail, { trail: 'INSUFFICIENT_DATA' }],
  ])('without a %s leaves it open', async (type, expected) => {
    const files = { ...onDay(1, items), ...onDay(2, without(type)) };
    expect(await outcomes(files)).toEqual(expected);
    expect(await gapsOf(files)).toContain(
      `The snapshot of account ${MANAGEMENT} in ${region} of ${day(2)} does not have ${type}`,
    );
  });

  test('without it counts from its own moment on, and until the resource is seen again', async () => {
    const files = { ...onDay(1, items), ...onDay(2, without(bucket)), ...onDay(3, items) };
    expect(await outcomes(files, { asOf: '2026-11-02T05:00:00.000Z' })).toEqual(all);
    expect(await outcomes(files, { asOf: day(2) })).toEqual({ ...all, 'log-bucket': 'INSUFFICIENT_DATA' });
    expect(await outcomes(files, { asOf: day(3) })).toEqual(all);
  });

  test('of another Region or account says nothing of it', async () => {
    const other = anItem({
      resourceType: bucket,
      resourceId: 'another',
      awsRegion: 'eu-west-1',
      configurationItemCaptureTime: day(2),
    });
    expect(await outcomes({ ...onDay(1, items), ...onDay(2, [other], MANAGEMENT, 'eu-west-1') })).toEqual(all);
    expect(await outcomes({ ...onDay(1, items), ...onDay(2, [other], MEMBER) })).toEqual(all);
  });

  test('says nothing of what was recorded after it', async () => {
    const later = changed(
      items.filter((it) => it.resourceType === bucket),
      () => true,
      () => ({ configurationItemCaptureTime: day(4) }),
    );
    const history = historyAt(MANAGEMENT, region, bucket, '20261104T000000Z', '20261104T060000Z');
    const files = { ...onDay(1, items), ...onDay(2, without(bucket)), [history]: historyText(later) };
    expect(await outcomes(files)).toEqual(all);
  });

  test('that was renamed is one by its content, and as new as its newest item', async () => {
    const newer = anItem({
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i',
      awsRegion: region,
      awsAccountId: MANAGEMENT,
      configurationItemCaptureTime: day(2),
    });
    const files = { 'a.json.gz': snapshot(items), 'b.json.gz': snapshot([...without(bucket), newer]) };
    expect(await outcomes(files)).toEqual({ ...all, 'log-bucket': 'INSUFFICIENT_DATA' });
    // A history file holds changes only.
    const changes = { 'a.json.gz': snapshot(items), 'b.json': historyText([...without(bucket), newer]) };
    expect(await outcomes(changes)).toEqual(all);
  });

  test('counts just as much where more buckets are in the files than are kept', async () => {
    const files = aFolderOf({ ...onDay(1, items), ...onDay(2, without(bucket)) });
    const { buckets } = await collectFromFiles(files, { ...options, keepsBytes: 0 });
    expect(buckets).toMatchObject([{ owner: { state: 'known' }, versioning: { state: 'unknown' } }]);
  });
});

describe('an account that falls silent', () => {
  const others = changed(
    items.filter((it) => it.resourceType === 'AWS::Config::ConfigurationRecorder'),
    () => true,
    () => ({ awsAccountId: MEMBER }),
  );
  const files = { ...onDay(2, items), ...onDay(20, others, MEMBER) };

  test('is unreadable, and its trail and bucket are not known, with the days and the parameter', async () => {
    expect(await outcomes(files)).toMatchObject({ trail: 'INSUFFICIENT_DATA' });
    const inventory = await collectFromFiles(aFolderOf(files), options);
    const { unreadable } = evaluateInventory(inventory, []).coverage.accounts;
    expect(unreadable).toMatchObject([
      {
        id: MANAGEMENT,
        reason: expect.stringMatching(
          /newer than 2026-11-02T06:00:00.000Z, 18 days before .*7 days \(--silent-after\)/,
        ),
      },
    ]);
  });

  test('is not silent before the days are over', async () => {
    expect(await outcomes(files, { silentAfterDays: 18 })).toMatchObject(all);
    expect(await outcomes(files, { silentAfterDays: 17 })).not.toMatchObject(all);
  });

  test('was not silent yet at a moment in the past', async () => {
    expect(await outcomes(files, { asOf: '2026-11-08T00:00:00.000Z' })).toMatchObject(all);
    expect(await outcomes(files, { asOf: '2026-11-10T00:00:00.000Z' })).not.toMatchObject(all);
  });

  test('is told apart in a history from when on nothing came', async () => {
    const past = await pastFromFiles(aFolderOf(files), {
      ...options,
      asksRecorders: false,
      window: { from: day(3), to: day(19) },
      filesUntil: undefined,
    });
    const { timelines } = await historyOf(past, policies, { version: '0', noted: past.noted });
    const line = timelines.find(
      (it) => it.policyId === 'trail-validates-log-files' && it.target.accountId === MANAGEMENT,
    );
    expect(line?.intervals.map((it) => [it.from, it.state])).toEqual([
      [day(3), 'COMPLIANT'],
      ['2026-11-09T06:00:00.001Z', 'INSUFFICIENT_DATA'],
    ]);
    const vouched = await pastFromFiles(aFolderOf(files), {
      ...options,
      asksRecorders: false,
      window: { from: day(3), to: day(19) },
      filesUntil: day(19),
    });
    const whole = await historyOf(vouched, policies, { version: '0', noted: [] });
    expect(
      whole.timelines.find((it) => it.policyId === 'trail-validates-log-files' && it.target.accountId === MANAGEMENT)
        ?.intervals,
    ).toHaveLength(1);
  });

  test('a Region that sent snapshots and sends none any more is silent alone', async () => {
    const elsewhere = anItem({
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i',
      awsAccountId: MANAGEMENT,
      awsRegion: 'eu-west-1',
      configurationItemCaptureTime: day(20),
    });
    const quiet = { ...onDay(2, items), ...onDay(20, [elsewhere], MANAGEMENT, 'eu-west-1') };
    expect(await outcomes(quiet)).toEqual({ trail: 'INSUFFICIENT_DATA' });
    expect(await gapsOf(quiet)).toContain(`account ${MANAGEMENT} in ${region} is newer than`);
    // Changes come when there are any.
    const changes = historyAt(MANAGEMENT, region, trail, '20261102T000000Z');
    expect(
      await outcomes({ [changes]: historyText(items), ...onDay(20, [elsewhere], MANAGEMENT, 'eu-west-1') }),
    ).toEqual(all);
  });
});

describe('a resource that is discovered anew', () => {
  const again = changed(
    items.filter((it) => it.resourceType === bucket),
    () => true,
    () => ({ configurationItemCaptureTime: day(10), configurationItemStatus: 'ResourceDiscovered' }),
  );
  const history = historyAt(MANAGEMENT, region, bucket, '20261110T000000Z', '20261110T120000Z');
  const files = { ...onDay(2, items), ...onDay(4, items), [history]: historyText(again) };

  test('was there as long as it was seen, and is unknown until it is discovered', async () => {
    expect(await outcomes(files, { asOf: '2026-11-03T00:00:00.000Z' })).toEqual(all);
    expect(await outcomes(files, { asOf: day(4) })).toEqual(all);
    expect(await outcomes(files, { asOf: day(5) })).toEqual({ ...all, 'log-bucket': 'INSUFFICIENT_DATA' });
    expect(await gapsOf(files, { asOf: day(5) })).toContain(`AWS Config discovered ${bucket} trail-logs anew`);
    expect(await outcomes(files, { asOf: day(10) })).toEqual(all);
    expect(await outcomes(files)).toEqual(all);
  });
});
