import { expect, test } from 'vitest';
import type { Inventory } from '../../../src/model/inventory.js';
import { anItem, changed, recorderItems } from '../../support/config-items.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { aggregator, readConfig, recordedWorld } from '../../support/config-world.js';
import { evaluateInventory } from '../../support/scan-world.js';
import { anOrganizationWithATrail, archiveBucket, dev, logArchive, management, prod } from '../../support/worlds.js';
import { byText } from '../../../src/text/order.js';

const world = anOrganizationWithATrail();

function trailOf(inventory: Inventory) {
  const [trail] = inventory.trails;
  if (trail === undefined || inventory.trails.length > 1) throw new Error('not one trail');
  return trail;
}

function reasonOf(inventory: Inventory, it: { readonly state: string; readonly gap?: string }): string | undefined {
  return inventory.gaps.find((gap) => gap.id === it.gap)?.reason;
}

test('the trail, its bucket and its key come from configuration items, what they lack is a gap', async () => {
  const { inventory } = await readConfig(await recordedWorld(world));
  const trail = trailOf(inventory);
  expect(inventory.source).toBe('config');
  expect(trail.description).toMatchObject({
    state: 'known',
    value: { s3BucketName: archiveBucket, isOrganizationTrail: true, logFileValidationEnabled: true },
  });
  for (const it of [trail.status, trail.eventSelectors]) expect(reasonOf(inventory, it)).toBe('not-recorded-by-config');
  expect(inventory.buckets).toMatchObject([
    {
      name: archiveBucket,
      owner: { state: 'known', value: { accountId: logArchive } },
      versioning: { state: 'known', value: { status: 'Enabled' } },
    },
  ]);
  expect(inventory.keys).toMatchObject([{ accountId: logArchive, metadata: { state: 'known' } }]);
});

test('the evidence of a fact is its item, with the time of the capture', async () => {
  const { inventory } = await readConfig(await recordedWorld(world));
  const id = trailOf(inventory).evidence['cloudtrail:DescribeTrails'];
  expect(inventory.evidence.find((it) => it.id === id)).toEqual({
    id,
    item: 'AWS::CloudTrail::Trail',
    accountId: management,
    region: 'us-east-1',
    resource: trailOf(inventory).arn,
    at: '2026-11-20T22:00:00.000Z',
  });
  const results = evaluateInventory(inventory, ['trail-validates-log-files']);
  expect(results.evaluations).toMatchObject([{ outcome: 'COMPLIANT', evidence: [id] }]);
});

test('no account is entered, and calls do not grow with accounts', async () => {
  const { aws } = await readConfig(await recordedWorld(world));
  expect(aws.countBy('accountId')).toEqual({ [management]: aws.calls().length });
  const counts = aws.countBy('operation');
  const asked = Object.entries(counts).filter(([name]) => name.startsWith('config:'));
  expect(Object.fromEntries(asked)).toEqual({
    'config:DescribeConfigurationAggregators': 1,
    'config:DescribeConfigurationAggregatorSourcesStatus': 1,
    // Recorders, trails, event data stores, and where buckets, Block Public Access and keys are.
    'config:SelectAggregateResourceConfig': 6,
    'config:BatchGetAggregateResourceConfig': 2,
  });
});

test('config+live asks the owner for what is missing, and says where each fact comes from', async () => {
  const { inventory, aws } = await readConfig(await recordedWorld(world), { topUp: true });
  const trail = trailOf(inventory);
  expect(inventory.source).toBe('config+live');
  expect(trail.status).toMatchObject({ state: 'known', value: { isLogging: true } });
  expect(trail.eventSelectors.state).toBe('known');
  const sources = Object.entries(trail.evidence).map(([call, id]) => {
    const it = inventory.evidence.find((evidence) => evidence.id === id);
    return [call, it?.item ?? it?.call];
  });
  expect(Object.fromEntries(sources)).toEqual({
    'cloudtrail:DescribeTrails': 'AWS::CloudTrail::Trail',
    'cloudtrail:GetTrailStatus': 'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors': 'cloudtrail:GetEventSelectors',
    'cloudtrail:ListTags': 'cloudtrail:ListTags',
  });
  expect(aws.countBy('accountId')).toEqual({ [management]: aws.calls().length });
});

test('an item of each Region and member is one trail, and the one of its owner counts', async () => {
  const recorded = await recordedWorld(world);
  const items = recorded.config?.items ?? [];
  const isTrail = (it: SnapshotItem): boolean => it.resourceType === 'AWS::CloudTrail::Trail';
  const own = items.filter(isTrail);
  expect(own.length).toBe(1);
  const shadows = [dev, prod].flatMap((awsAccountId) =>
    changed(own, isTrail, ({ configuration }) => ({
      awsAccountId,
      awsRegion: 'eu-west-1',
      configurationItemCaptureTime: '2026-11-20T23:59:00.000Z',
      configuration: { ...configuration, logFileValidationEnabled: false },
    })),
  );
  const { inventory } = await readConfig({
    ...recorded,
    config: { aggregators: [aggregator], recorders: [], items: [...shadows, ...items] },
  });
  expect(trailOf(inventory).description).toMatchObject({ value: { logFileValidationEnabled: true } });
});

test('a deleted trail drops out', async () => {
  const recorded = await recordedWorld(world);
  const items = changed(
    recorded.config?.items,
    (it) => it.resourceType === 'AWS::CloudTrail::Trail',
    () => ({ configurationItemStatus: 'ResourceNotRecorded', configuration: null }),
  );
  const { inventory } = await readConfig(await recordedWorld(world, { items }));
  expect(inventory.trails).toEqual([]);
  expect(inventory.buckets).toEqual([]);
});

test('accounts that do not reach the aggregator are unreadable, and it is said why', async () => {
  const recorded = await recordedWorld(world, {
    aggregators: [
      { ...aggregator, accounts: [management, logArchive, dev], failures: { [dev]: 'Account dev has not authorized' } },
    ],
  });
  const { inventory } = await readConfig(recorded);
  const { unreadable, listed } = evaluateInventory(inventory, []).coverage.accounts;
  expect(listed).toBe(4);
  expect(unreadable.map(({ id, reason }) => [id, reason])).toEqual(
    [
      [prod, expect.stringContaining(`Aggregator organization does not include account ${prod}`)],
      [dev, expect.stringContaining('Account dev has not authorized')],
    ].toSorted(([a = ''], [b = '']) => byText(String(a), String(b))),
  );
});

test('an account without a recorder for trails is unreadable under an aggregator of the organization', async () => {
  const recorded = await recordedWorld(world);
  const isRecorderOfDev = (it: { awsAccountId: string; resourceType: string }): boolean =>
    it.awsAccountId === dev && it.resourceType === 'AWS::Config::ConfigurationRecorder';
  const items = [
    ...(recorded.config?.items ?? []).filter((it) => !isRecorderOfDev(it)),
    ...recorderItems(dev, 'aws', {
      RecordingGroup: {
        RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        ExclusionByResourceTypes: { ResourceTypes: ['AWS::CloudTrail::Trail'] },
      },
    }),
  ];
  const { inventory } = await readConfig(await recordedWorld(world, { items }));
  expect(evaluateInventory(inventory, []).coverage.accounts.unreadable.map((it) => it.id)).toEqual([dev]);
  expect(inventory.gaps.map((it) => it.message)).toContainEqual(
    expect.stringMatching(new RegExp(`recorder of account ${dev} in .*does not record AWS::CloudTrail::Trail`)),
  );
});

test('what a stopped recorder wrote is not taken for the present', async () => {
  const { inventory: live } = await readConfig(await recordedWorld(world));
  const recorded = await recordedWorld(world);
  const items = changed(
    recorded.config?.items,
    (it) => it.resourceType === 'AWS::Config::ConfigurationRecorder' && it.awsAccountId === logArchive,
    ({ configuration }) => ({ configuration: { ...configuration, Recording: false } }),
  );
  const { inventory } = await readConfig(await recordedWorld(world, { items }));
  expect(live.buckets[0]?.versioning.state).toBe('known');
  const [bucket] = inventory.buckets;
  expect(bucket?.versioning.state).toBe('unknown');
  expect(inventory.gaps.map((it) => it.message)).toContainEqual(
    expect.stringContaining(`The recorder of account ${logArchive} in us-east-1 is stopped`),
  );
});

test('what a recorder wrote that is there no longer is not taken for the present', async () => {
  const recorded = await recordedWorld(world);
  const items = (recorded.config?.items ?? []).filter(
    (it) => !(it.resourceType === 'AWS::Config::ConfigurationRecorder' && it.awsAccountId === logArchive),
  );
  const { inventory } = await readConfig(await recordedWorld(world, { items }));
  const [bucket] = inventory.buckets;
  expect(bucket?.owner.state).toBe('known');
  expect(bucket?.versioning.state).toBe('unknown');
  expect(inventory.gaps.map((it) => it.message)).toContainEqual(
    expect.stringContaining(`No recorder of account ${logArchive} in us-east-1 is known`),
  );
});

test('pages and batches are read to their end', async () => {
  const trails = Array.from({ length: 120 }, (_, index) => {
    const name = `trail-${String(index).padStart(3, '0')}`;
    const arn = `arn:aws:cloudtrail:us-east-1:${prod}:trail/${name}`;
    return anItem({
      resourceType: 'AWS::CloudTrail::Trail',
      resourceId: name,
      ARN: arn,
      awsAccountId: prod,
      configuration: {
        name,
        trailARN: arn,
        homeRegion: 'us-east-1',
        s3BucketName: `logs-${index}`,
        includeGlobalServiceEvents: true,
        isMultiRegionTrail: true,
        isOrganizationTrail: false,
        logFileValidationEnabled: true,
        hasInsightSelectors: false,
      },
    });
  });
  const buckets = trails.map((_, index) =>
    anItem({ resourceType: 'AWS::S3::Bucket', resourceId: `logs-${index}`, awsAccountId: prod, configuration: {} }),
  );
  const recorded = await recordedWorld(world, { items: [...trails, ...buckets, ...recorderItems(prod)] });
  const { inventory, aws } = await readConfig(recorded, {
    fake: { pageSizes: { 'config:SelectAggregateResourceConfig': 7 } },
  });
  expect(inventory.trails.length).toBe(120);
  expect(inventory.buckets.every((it) => it.owner.state === 'known')).toBe(true);
  expect(aws.countBy('operation')['config:BatchGetAggregateResourceConfig']).toBe(2);
});

test('an aggregator that does not exist, or may not be asked, is told in one message', async () => {
  const recorded = await recordedWorld(world);
  await expect(readConfig(recorded, { aggregator: 'nowhere' })).rejects.toThrow(
    `There is no aggregator 'nowhere' in account ${management}, Region us-east-1.`,
  );
});

test('a refused query leaves every account unread, with the reason', async () => {
  const recorded = await recordedWorld(world);
  const { inventory } = await readConfig(recorded, {
    fake: { faults: [{ match: { operation: 'SelectAggregateResourceConfig' }, kind: 'denied' }] },
  });
  const { accounts } = evaluateInventory(inventory, []).coverage;
  expect(accounts.evaluated).toBe(0);
  expect(accounts.unreadable[0]?.reason).toContain('config:SelectAggregateResourceConfig');
});

test('an item that is malformed is named, and the rest is read', async () => {
  const recorded = await recordedWorld(world);
  const broken = anItem({ resourceType: 'AWS::CloudTrail::Trail', resourceId: 'broken', awsRegion: '' });
  const { inventory } = await readConfig(
    await recordedWorld(world, { items: [broken, ...(recorded.config?.items ?? [])] }),
  );
  expect(inventory.trails.length).toBe(1);
  expect(inventory.gaps).toContainEqual(
    expect.objectContaining({ resource: 'AWS::CloudTrail::Trail broken', message: 'The answer lacks awsRegion.' }),
  );
});

test('without the organization, nothing is judged as if no other trail could be there', async () => {
  const recorded = await recordedWorld(world);
  const { inventory } = await readConfig(recorded, {
    fake: { faults: [{ match: { operation: 'DescribeOrganization' }, kind: 'denied' }] },
  });
  expect(inventory.organization).toBeNull();
  expect(inventory.accounts.length).toBe(4);
  expect(inventory.accounts.every((it) => it.ownTrailsGap !== undefined)).toBe(true);
});
