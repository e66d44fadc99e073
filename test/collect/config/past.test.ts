import { isUnfound } from '../../../src/model/resource-kinds.js';
import { historyOf } from '../../../src/history/index.js';
import { expect, test } from 'vitest';
import { pastFromFiles } from '../../../src/collect/config/files/index.js';
import { loadPolicies } from '../../../src/index.js';
import type { History, Timeline } from '../../../src/model/history.js';
import { changed, recorderItems } from '../../support/config-items.js';
import { aFolderOf, snapshotText, type DeliveryFiles } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { MANAGEMENT } from '../../support/inventory-builders.js';
import { discovered, ended, recorded } from '../../support/past-files.js';

const { policies } = loadPolicies({ packs: ['core'] });

const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const day = (date: string): string => `2026-${date}T00:00:00.000Z`;
const window = { from: day('01-01'), to: day('11-01') };

/** The history of a window that the files cover to its end. */
async function historyFrom(
  items: readonly SnapshotItem[],
  filesUntil: string | null = window.to,
  others: DeliveryFiles = {},
): Promise<History> {
  const folder = aFolderOf({ 'all.json': snapshotText(items), ...others });
  const past = await pastFromFiles(folder, {
    asksRecorders: true,
    version: '0.0.0-test',
    scope,
    window,
    filesUntil: filesUntil ?? undefined,
  });
  return await historyOf(past, policies, { version: '0.0.0-test', noted: past.noted });
}

function timelineOf({ timelines }: History, policyId: string, type = 'trail'): Timeline | undefined {
  return timelines.find(({ policyId: id, target }) => id === policyId && target.type === type && !isUnfound(target));
}

/** `01-01 COMPLIANT`: when each interval began, and what it is. */
function statesOf(timeline: Timeline | undefined): string[] {
  return (timeline?.intervals ?? []).map((it) => `${it.from.slice(5, 10)} ${it.state}`);
}

const validation = 'trail-validates-log-files';

test('a file that is cut off leaves open what was, until a later item tells', async () => {
  const name = `${MANAGEMENT}_Config_eu-central-1_ConfigHistory_AWS::CloudTrail::Trail_20260501T000000Z_20260502T000000Z_1.json`;
  const items = [
    ...discovered(day('02-01'), ['trail']),
    ...recorded('trail', day('03-01'), {}, { configurationItemStatus: 'ResourceDiscovered' }),
    ...recorded('trail', day('08-01'), { logFileValidationEnabled: false }),
  ];
  const history = await historyFrom(items, window.to, { [name]: snapshotText(items).slice(0, -9) });
  expect(statesOf(timelineOf(history, validation)).slice(2)).toEqual([
    '03-01 COMPLIANT',
    '05-01 INSUFFICIENT_DATA',
    '08-01 NON_COMPLIANT',
  ]);
  const [, , , open] = timelineOf(history, validation)?.intervals ?? [];
  expect(history.gaps.filter((it) => open?.gaps.includes(it.id)).map((it) => it.resource)).toEqual([name]);
});

test('each state lasts until the next item, and names the items that began and ended it', async () => {
  const history = await historyFrom([
    ...discovered(day('02-01'), ['trail']),
    ...recorded('trail', day('03-01'), {}, { configurationItemStatus: 'ResourceDiscovered' }),
    ...recorded('trail', day('06-01'), { logFileValidationEnabled: false }),
    ...recorded('trail', day('08-01'), { logFileValidationEnabled: true }),
    ...recorded('trail', day('09-01'), { logFileValidationEnabled: false }),
    ...ended('trail', day('09-11')),
  ]);
  const timeline = timelineOf(history, validation);
  expect(statesOf(timeline)).toEqual([
    '01-01 INSUFFICIENT_DATA',
    '02-01 NOT_THERE_YET',
    '03-01 COMPLIANT',
    '06-01 NON_COMPLIANT',
    '08-01 COMPLIANT',
    '09-01 NON_COMPLIANT',
    '09-11 GONE',
  ]);
  const failing = timeline?.intervals[3];
  const item = { type: 'AWS::CloudTrail::Trail', id: expect.stringContaining('trail/main') as string };
  expect(failing?.began).toMatchObject({ at: day('06-01'), items: [{ ...item, captureTime: day('06-01') }] });
  expect(failing?.ended).toMatchObject({ at: day('08-01'), items: [{ ...item, captureTime: day('08-01') }] });
  expect(timeline?.intervals[5]?.ended?.items).toMatchObject([{ ...item, deleted: true }]);
  const dayLong = 86_400;
  expect(timeline?.seconds).toEqual({
    compliant: (92 + 31) * dayLong,
    nonCompliant: (61 + 10) * dayLong,
    notApplicable: 0,
    insufficientData: 31 * dayLong,
    notThere: (28 + 51) * dayLong,
  });
  expect(timeline?.worst).toEqual({ from: day('06-01'), to: day('08-01'), seconds: 61 * dayLong, stillSo: false });
  expect(history.summary.worst).toMatchObject({ policyId: validation, seconds: 61 * dayLong });
});

test('what a bucket or key was is told from the items of all trails that ever name it', async () => {
  const history = await historyFrom([
    ...discovered(day('01-01')),
    ...recorded('trail', day('05-01'), { s3BucketName: 'another', kmsKeyId: null }),
    ...recorded('trail', day('07-01')),
  ]);
  const bucket = history.timelines.find(
    (it) => it.policyId === 'log-bucket-is-versioned' && it.target.name === 'trail-logs',
  );
  expect(statesOf(bucket)).toEqual(['01-01 COMPLIANT', '05-01 GONE', '07-01 COMPLIANT']);
  const key = timelineOf(history, 'kms-key-is-usable', 'kms-key');
  expect(statesOf(key)).toEqual(['01-01 COMPLIANT', '05-01 GONE', '07-01 COMPLIANT']);
  const encrypted = timelineOf(history, 'trail-encrypts-with-kms');
  expect(statesOf(encrypted)).toEqual(['01-01 COMPLIANT', '05-01 NON_COMPLIANT', '07-01 COMPLIANT']);
});

test('while a recorder is stopped nothing is known, not even of what is not seen', async () => {
  const stopped = changed(
    recorderItems(MANAGEMENT, 'aws', { Recording: false }),
    () => true,
    () => ({ configurationItemCaptureTime: day('04-01') }),
  );
  const history = await historyFrom([...discovered(day('01-01')), ...stopped, ...recorded('recorder', day('06-01'))]);
  for (const [policy, type] of [
    [validation, 'trail'],
    ['log-bucket-is-versioned', 'log-bucket'],
    ['kms-key-is-usable', 'kms-key'],
  ] as const) {
    const timeline = timelineOf(history, policy, type);
    expect(statesOf(timeline)).toEqual(['01-01 COMPLIANT', '04-01 INSUFFICIENT_DATA', '06-01 COMPLIANT']);
    const gaps = history.gaps.filter((it) => timeline?.intervals[1]?.gaps.includes(it.id));
    expect(gaps.map((it) => [it.call, it.reason])).toEqual([
      ['AWS::Config::ConfigurationRecorder', 'not-recorded-by-config'],
    ]);
  }
});

test('a recorder that was deleted is as good as stopped', async () => {
  const history = await historyFrom([...discovered(day('01-01')), ...ended('recorder', day('04-01'))]);
  expect(statesOf(timelineOf(history, validation))).toEqual(['01-01 COMPLIANT', '04-01 INSUFFICIENT_DATA']);
});

test('a trail that is no longer recorded is not known to be gone', async () => {
  const history = await historyFrom([
    ...discovered(day('01-01')),
    ...ended('trail', day('04-01'), 'ResourceNotRecorded'),
  ]);
  const timeline = timelineOf(history, validation);
  expect(statesOf(timeline)).toEqual(['01-01 COMPLIANT', '04-01 INSUFFICIENT_DATA']);
  const gaps = history.gaps.filter((it) => timeline?.intervals[1]?.gaps.includes(it.id));
  expect(gaps.map((it) => it.message).join(' ')).toContain('no longer records trail');
  expect(statesOf(timelineOf(history, 'log-bucket-is-versioned', 'log-bucket'))).toEqual([
    '01-01 COMPLIANT',
    '04-01 INSUFFICIENT_DATA',
  ]);
});

test.each([
  ['its first item tells of a change', { configurationItemStatus: 'OK' }],
  [
    'it was created earlier',
    { configurationItemStatus: 'ResourceDiscovered', resourceCreationTime: '2025-01-01T00:00:00Z' },
  ],
])('a trail may have been there before its first item: %s', async (_why, parts) => {
  const history = await historyFrom([
    ...discovered(day('01-01'), ['trail']),
    ...recorded('trail', day('03-01'), {}, parts),
  ]);
  expect(statesOf(timelineOf(history, validation))).toEqual(['01-01 INSUFFICIENT_DATA', '03-01 COMPLIANT']);
});

test('an account of which nothing was recorded yet is unknown, and not without a trail', async () => {
  const history = await historyFrom(discovered(day('05-01')));
  const account = timelineOf(history, 'account-has-multi-region-trail', 'account');
  expect(account?.intervals[0]).toMatchObject({ state: 'INSUFFICIENT_DATA', from: day('01-01'), to: day('05-01') });
});

test('after the newest item of the files nothing is known, unless they are said to be whole', async () => {
  const items = discovered(day('02-01'));
  const open = timelineOf(await historyFrom(items, null), validation);
  expect(open?.seconds).toMatchObject({ compliant: 0, nonCompliant: 0 });
  expect(open?.intervals.at(-1)).toMatchObject({ state: 'INSUFFICIENT_DATA', ended: null });
  const whole = timelineOf(await historyFrom(items, window.to), validation);
  expect(statesOf(whole)).toEqual(['01-01 INSUFFICIENT_DATA', '02-01 COMPLIANT']);
});

test('items behind the window show that the files reach its end', async () => {
  const items = [...discovered(day('01-01')), ...recorded('trail', day('12-01'), { logFileValidationEnabled: false })];
  const folder = aFolderOf({ 'all.json': snapshotText(items) });
  const past = await pastFromFiles(folder, {
    asksRecorders: true,
    version: '0.0.0-test',
    scope,
    window,
    filesUntil: undefined,
  });
  const history = await historyOf(past, policies, { version: '0.0.0-test', noted: past.noted });
  expect(statesOf(timelineOf(history, validation))).toEqual(['01-01 COMPLIANT']);
});

test('files that are said to be whole up to an earlier time tell nothing of later', async () => {
  const items = [...discovered(day('01-01')), ...recorded('trail', day('06-01'), { logFileValidationEnabled: false })];
  const timeline = timelineOf(await historyFrom(items, day('04-01')), validation);
  expect(statesOf(timeline)).toEqual(['01-01 COMPLIANT', '04-01 INSUFFICIENT_DATA']);
});

test('a policy that asks for a target fails while there is none', async () => {
  const folder = aFolderOf({
    'policy.yaml': `version: 1
id: a-trail-is-there
title: There is a trail
description: There is a trail.
severity: high
target: trail
rationale: Without a trail nothing is recorded.
remediation:
  text: Create one.
on-no-targets: NON_COMPLIANT
assert:
  - id: is-multi-region
    expr: trail.isMultiRegionTrail
    message: Trail \${trail.arn} is of one Region.
`,
  });
  const own = loadPolicies({ packs: [], folders: [folder] });
  expect(own.diagnostics).toEqual([]);
  const files = aFolderOf({
    'all.json': snapshotText([
      ...discovered(day('01-01'), ['trail']),
      ...recorded('trail', day('03-01'), {}, { configurationItemStatus: 'ResourceDiscovered' }),
      ...ended('trail', day('05-01')),
    ]),
  });
  const past = await pastFromFiles(files, { asksRecorders: true, version: '0', scope, window, filesUntil: window.to });
  const { timelines } = await historyOf(past, own.policies, { version: '0', noted: past.noted });
  expect(timelines.map((it) => [it.target.type, statesOf(it)])).toEqual([
    ['trail', ['01-01 NOT_THERE_YET', '03-01 COMPLIANT', '05-01 GONE']],
    ['account', ['01-01 NON_COMPLIANT', '03-01 GONE', '05-01 NON_COMPLIANT']],
  ]);
});
