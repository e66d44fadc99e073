import { historyOf } from '../../../src/history/index.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectFromFiles, pastFromFiles } from '../../../src/collect/config/files/index.js';
import { evaluate } from '../../../src/evaluate/index.js';
import { loadPolicies } from '../../../src/index.js';
import type { History } from '../../../src/model/history.js';
import { anItem, changed } from '../../support/config-items.js';
import { byText } from '../../../src/text/order.js';
import { aFolderOf, historyText, snapshotAt, snapshotText, type DeliveryFiles } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { itemsOfOwners } from '../../support/past-files.js';

const { policies } = loadPolicies({ packs: ['core'] });
const version = '0.0.0-test';
const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };

const region = 'eu-central-1';
const accounts = ['111111111111', '222222222222', '333333333333'];

/** Accounts with a trail, bucket and key of their own each. */
const base = itemsOfOwners(accounts, () => false).filter(
  (it) => it.resourceType !== 'AWS::Config::ConfigurationRecorder' || it.awsRegion === region,
);

type Change = (item: SnapshotItem) => Partial<SnapshotItem>;

const set =
  (configuration: Readonly<Record<string, unknown>>): Change =>
  (it) => ({ configuration: { ...it.configuration, ...configuration } });

const over = (status: string): Change => {
  return () => ({ configurationItemStatus: status, configuration: null, supplementaryConfiguration: {} });
};

const changes: Readonly<Record<string, readonly Change[]>> = {
  'AWS::CloudTrail::Trail': [
    set({}),
    set({ logFileValidationEnabled: false }),
    set({ isMultiRegionTrail: false }),
    set({ isOrganizationTrail: true }),
    set({ isOrganizationTrail: null }),
    set({ kmsKeyId: null }),
    set({ s3BucketName: 'logs-111111111111' }),
    set({ s3BucketName: 'nowhere' }),
    (it) => ({ ...set({ logFileValidationEnabled: false })(it), configurationItemStatus: 'ResourceDiscovered' }),
    over('ResourceDeleted'),
    over('ResourceNotRecorded'),
  ],
  'AWS::S3::Bucket': [
    set({}),
    () => ({ supplementaryConfiguration: {} }),
    ({ supplementaryConfiguration: it }) => ({
      supplementaryConfiguration: { ...it, BucketVersioningConfiguration: { status: 'Suspended' } },
    }),
    over('ResourceDeleted'),
  ],
  'AWS::KMS::Key': [
    set({}),
    () => ({ configurationItemStatus: 'ResourceDiscovered' }),
    set({ keyState: 'PendingDeletion' }),
    over('ResourceDeleted'),
  ],
  'AWS::S3::AccountPublicAccessBlock': [set({}), set({ blockPublicPolicy: false }), over('ResourceDeleted')],
  'AWS::Config::ConfigurationRecorder': [set({}), set({ Recording: false }), over('ResourceDeleted')],
};

const recordings = fc.array(
  fc
    .record({ index: fc.nat(base.length - 1), change: fc.nat(10), hour: fc.integer({ min: -48, max: 24 * 32 }) })
    .map(({ index, change, hour }): SnapshotItem[] => {
      const item = base[index];
      const fitting = changes[item?.resourceType ?? ''] ?? [];
      const made = fitting[change % Math.max(1, fitting.length)];
      if (item === undefined || made === undefined) return [];
      const at = new Date(Date.parse(window.from) + hour * 3_600_000).toISOString();
      return [{ ...item, configurationItemCaptureTime: at, configurationItemStatus: 'OK', ...made(item) }];
    }),
  { minLength: 1, maxLength: 14 },
);

const atHour = (hour: number): string => new Date(Date.parse(window.from) + hour * 3_600_000).toISOString();

/** When an account delivers a snapshot, and which of what was in force it leaves out. */
const deliveries = fc.array(
  fc.record({
    accountId: fc.constantFrom(...accounts),
    hour: fc.integer({ min: 30, max: 24 * 32 }),
    leftOut: fc.subarray(['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::KMS::Key'], { maxLength: 1 }),
    isCut: fc.boolean(),
  }),
  { maxLength: 4 },
);

/** A snapshot of the one Region, with the last item of each resource that there is. */
function snapshotOf(
  items: readonly SnapshotItem[],
  { accountId, hour, leftOut, isCut }: { accountId: string; hour: number; leftOut: readonly string[]; isCut: boolean },
): DeliveryFiles {
  const at = atHour(hour);
  const last = new Map<string, SnapshotItem>();
  for (const it of items.toSorted((a, b) => byText(a.configurationItemCaptureTime, b.configurationItemCaptureTime))) {
    const isHere = it.awsAccountId === accountId && it.awsRegion === region && it.configurationItemCaptureTime <= at;
    if (isHere) last.set(`${it.resourceType} ${it.resourceId}`, it);
  }
  const held = [...last.values()].filter((it) => it.configuration !== null && !leftOut.includes(it.resourceType));
  const text = snapshotText(held);
  return { [snapshotAt(accountId, region, at.replaceAll(/[-:]|\.000/g, ''))]: isCut ? text.slice(0, -1) : text };
}

/** Something that nobody asks for shows that the files reach beyond the window, and since when accounts are recorded. */
const frame = accounts.flatMap((awsAccountId, index) => [
  anItem({
    resourceType: 'AWS::EC2::Instance',
    resourceId: 'i-first',
    awsAccountId,
    configurationItemCaptureTime: `2026-01-0${index + 1}T12:00:00.000Z`,
  }),
  anItem({
    resourceType: 'AWS::EC2::Instance',
    resourceId: 'i-last',
    awsAccountId,
    // The last account falls silent within the window.
    configurationItemCaptureTime: index === 2 ? '2026-01-12T00:00:00.000Z' : '2026-03-01T00:00:00.000Z',
  }),
]);

/** What may be there has no name but its place; the owner of what has one may become known only later. */
function nameOf(policyId: string, target: History['timelines'][number]['target']): string {
  const { type, id, arn, region: place } = target;
  return [policyId, type, id, arn === undefined ? place : ''].join(' ');
}

/** What a history says of each policy and target that is there at a moment. */
function statesAt({ timelines }: History, at: string): Map<string, string> {
  const states = new Map<string, string>();
  for (const { policyId, target, intervals } of timelines) {
    const now = intervals.find((it) => it.from <= at && at < it.to);
    states.set(nameOf(policyId, target), `${now?.state} ${now?.gaps.join(' ')}`);
  }
  return states;
}

test('a history says at each change point what an evaluation from scratch says of that moment', async () => {
  await fc.assert(
    fc.asyncProperty(recordings, deliveries, fc.constantFrom(4, 60), async (recorded, delivered, silentAfterDays) => {
      const early = changed(
        base,
        () => true,
        () => ({ configurationItemCaptureTime: '2026-01-02T00:00:00.000Z' }),
      );
      const items = [...early, ...recorded.flat(), ...frame];
      const snapshots = delivered.map((it) => snapshotOf([...early, ...recorded.flat()], it));
      const folder = aFolderOf({
        'all.json': historyText(items),
        ...(Object.assign({}, ...snapshots) as DeliveryFiles),
      });
      const options = { version, scope, silentAfterDays };
      const past = await pastFromFiles(folder, { ...options, asksRecorders: true, window, filesUntil: undefined });
      const history = await historyOf(past, policies, { version, noted: past.noted });
      const moments = [
        ...new Set([...items.map((it) => it.configurationItemCaptureTime), ...past.points.map((it) => it.at)]),
      ];
      const inside = moments.filter((at) => at >= window.from && at < window.to);
      for (const at of [window.from, ...inside]) {
        const inventory = await collectFromFiles(folder, { ...options, asOf: at });
        const { evaluations } = evaluate(inventory, policies, { startedAt: at, finishedAt: at, version });
        const states = statesAt(history, at);
        const scratch = evaluations.map((it) => {
          const gaps = it.outcome === 'INSUFFICIENT_DATA' ? it.gaps.join(' ') : '';
          return [nameOf(it.policyId, it.target), `${it.outcome} ${gaps}`];
        });
        expect(scratch.map(([key = '']) => [key, states.get(key)])).toEqual(scratch);
        const there = new Set(scratch.map(([key]) => key));
        const others = [...states].filter(([key]) => !there.has(key));
        expect(others.filter(([, state]) => !/^(?:NOT_THERE_YET|GONE|INSUFFICIENT_DATA) /.test(state))).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});
