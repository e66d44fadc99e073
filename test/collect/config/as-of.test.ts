import { historyOf } from '../../../src/history/index.js';
import { expect, test } from 'vitest';
import { pastFromConfig } from '../../../src/collect/index.js';
import { loadPolicies } from '../../../src/index.js';
import { impatience, useFakeAws } from '../../support/collect-from.js';
import { aRecorder } from '../../support/config-items.js';
import { recordedWorld } from '../../support/config-world.js';
import {
  anAccount,
  aWorld,
  type FakeAwsOptions,
  type SnapshotItem,
  type WorldRecorder,
} from '../../support/fake-aws/index.js';
import { evaluateInventory } from '../../support/scan-world.js';
import { anOwnTrail, management } from '../../support/worlds.js';

const world = aWorld({
  organization: null,
  accounts: [anAccount({ id: management, name: 'alone', parent: null })],
  ...anOwnTrail(management),
});
const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const { policies } = loadPolicies({ packs: ['core'] });
const policyId = 'trail-validates-log-files';
const day = (date: string): string => `2026-${date}T00:00:00.000Z`;

/** The trail validated its log files until March; it was deleted in September, long before now. */
async function pastWith(
  window: { readonly from: string; readonly to: string },
  {
    recorders = [aRecorder({ accountId: management })],
    fake,
  }: { recorders?: WorldRecorder[]; fake?: FakeAwsOptions } = {},
) {
  const recorded = await recordedWorld(world, { recorders });
  const items = recorded.config?.items ?? [];
  const at = (item: SnapshotItem, time: string, parts: Partial<SnapshotItem> = {}): SnapshotItem => {
    return { ...item, configurationItemCaptureTime: time, ...parts };
  };
  const all = items.flatMap((item) => {
    const first = at(item, day('01-01'), { configurationItemStatus: 'ResourceDiscovered' });
    if (item.resourceType !== 'AWS::CloudTrail::Trail') return [first];
    const unvalidated = { configuration: { ...item.configuration, logFileValidationEnabled: false } };
    const gone = { configurationItemStatus: 'ResourceDeleted', configuration: null, supplementaryConfiguration: {} };
    return [first, at(item, day('03-01'), unvalidated), at(item, day('09-01'), gone)];
  });
  const rest = { aggregators: [], recorders, items: all };
  const aws = await useFakeAws({ ...recorded, config: rest }, fake, { region: 'us-east-1' });
  return { aws, past: await pastFromConfig({ ...impatience, scope, window, asksRecorders: true }) };
}

async function outcomeAt(at: string): Promise<string | undefined> {
  const { past } = await pastWith({ from: at, to: at });
  const inventory = await past.inventoryAt(at);
  expect(inventory).toMatchObject({ asOf: at, capturedAt: at, source: 'config' });
  return evaluateInventory(inventory, [policyId]).evaluations[0]?.outcome;
}

test('the state at a moment, from pages of seven days that may be empty, of resources that are gone now', async () => {
  expect(await outcomeAt(day('02-20'))).toBe('COMPLIANT');
  expect(await outcomeAt(day('08-01'))).toBe('NON_COMPLIANT');
  expect(await outcomeAt(day('10-01'))).toBeUndefined();
});

test('a window of the own account, with the bucket and key that its trail named', async () => {
  const { past, aws } = await pastWith({ from: day('02-01'), to: day('10-01') });
  const { timelines, gaps } = await historyOf(past, policies, { version: '0', noted: past.noted });
  const states = (id: string) =>
    timelines.find((it) => it.policyId === id)?.intervals.map((it) => `${it.from.slice(5, 10)} ${it.state}`);
  expect(states(policyId)).toEqual(['02-01 COMPLIANT', '03-01 NON_COMPLIANT', '09-01 GONE']);
  expect(states('log-bucket-is-versioned')?.at(-1)).toBe('09-01 GONE');
  expect(gaps.filter((it) => it.reason !== 'not-recorded-by-config' && it.reason !== 'unsupported')).toEqual([]);
  expect(aws.countBy('operation')['config:GetResourceConfigHistory']).toBeGreaterThan(30);
});

test('after its recorder stopped nothing is known', async () => {
  const recorders = [aRecorder({ accountId: management, recording: false })];
  const { past } = await pastWith({ from: day('02-01'), to: day('10-01') }, { recorders });
  const { timelines } = await historyOf(past, policies, { version: '0', noted: past.noted });
  expect(timelines.find((it) => it.policyId === policyId)?.intervals.at(-1)).toMatchObject({
    state: 'INSUFFICIENT_DATA',
    ended: null,
  });
});

test('a history that may not be read is no history without changes', async () => {
  const fake = {
    faults: [{ match: { operation: 'ListDiscoveredResources', region: 'eu-west-1' }, kind: 'denied' }],
  } as const;
  const { past } = await pastWith({ from: day('02-01'), to: day('10-01') }, { fake });
  const { timelines, gaps } = await historyOf(past, policies, { version: '0', noted: past.noted });
  const denied = new Set(gaps.filter((it) => it.reason === 'access-denied').map((it) => it.id));
  const account = timelines.find((it) => it.policyId === 'account-has-multi-region-trail');
  const intervals = account?.intervals ?? [];
  expect(new Set(intervals.map((it) => it.state))).toEqual(new Set(['INSUFFICIENT_DATA']));
  for (const it of intervals) expect(it.gaps.some((id) => denied.has(id))).toBe(true);
});

test('before anything was recorded there is nothing to read', async () => {
  await expect(pastWith({ from: '2025-06-01T00:00:00.000Z', to: '2025-06-01T00:00:00.000Z' })).rejects.toThrow(
    `AWS Config has no record of account ${management} from before 2025-06-01`,
  );
});
