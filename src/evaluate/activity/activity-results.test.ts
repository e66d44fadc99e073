import { describe, expect, test } from 'vitest';
import { loadActivity, theDay, wholeDay } from '../../../test/support/activity-policies.js';
import { aRecord } from '../../../test/support/event-logs.js';
import { anAccount, anInventory, aTrail, known, MANAGEMENT, MEMBER } from '../../../test/support/inventory-builders.js';
import { Collector } from '../../activity/index.js';
import { schemaCheck } from '../../json-schema.js';
import type { EventSelectors, Inventory } from '../../model/inventory.js';
import type { EventCoverage, EventRecord } from '../../model/log-events.js';
import type { Results } from '../../model/results.js';
import { activityResults } from './activity-results.js';
import { followUpActivity } from './follow-up-activity.js';
import { PlacedPolicies } from './placed-policies.js';

const policies = {
  'root-is-not-used': `activity: { never: { where: event.isRoot } }\nincident: { by: [event.sourceIPAddress] }\nmessage: "Root from \${incident.key}, \${incident.count} times."`,
  'trails-are-not-stopped': `activity: { never: { where: "event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName == 'StopLogging'" } }\nmessage: M`,
  'objects-are-not-deleted': `activity: { never: { where: "event.eventSource == 's3.amazonaws.com' && event.eventName == 'DeleteObject'" } }\nmessage: M`,
};

interface Given {
  readonly records?: readonly EventRecord[];
  readonly coverage?: EventCoverage;
  readonly inventory?: Inventory;
  readonly readAt?: string;
  readonly asked?: Readonly<Record<string, string>>;
  readonly isInterrupted?: boolean;
}

function run({
  records = [],
  coverage,
  inventory,
  readAt = '2026-11-21T06:00:00.000Z',
  asked = policies,
  isInterrupted = false,
}: Given): Results {
  const placed = new PlacedPolicies(loadActivity(asked).policies, inventory);
  const collected = new Collector(placed.asked, theDay, placed.paramsFor);
  collected.add({ origin: { object: 'a.json.gz', sha256: 'ab' }, records });
  const results = activityResults(
    placed,
    collected,
    coverage ?? wholeDay([MANAGEMENT]),
    {
      startedAt: readAt,
      finishedAt: readAt,
      readAt,
      source: 'logs',
      version: '0.0.0-test',
      isInterrupted,
      apiCalls: { total: 0, denied: 0, byOperation: {} },
    },
    inventory,
  );
  const validate = schemaCheck<Results>('schema/results.v1.json');
  expect({ valid: validate(results), errors: validate.errors }).toEqual({ valid: true, errors: null });
  return results;
}

const outcomes = ({ evaluations }: Results): readonly string[] =>
  evaluations.map((it) => `${it.target.accountId} ${it.policyId} ${it.outcome}`);

const root = aRecord(1, {
  eventTime: '2026-11-20T10:00:00Z',
  recipientAccountId: MANAGEMENT,
  userIdentity: { type: 'Root', accountId: MANAGEMENT },
});

test('an account of the inventory without any log file is not known, never compliant', () => {
  const results = run({ inventory: anInventory() });
  expect(outcomes(results).filter((it) => it.startsWith(MEMBER))).toEqual([
    `${MEMBER} objects-are-not-deleted INSUFFICIENT_DATA`,
    `${MEMBER} root-is-not-used INSUFFICIENT_DATA`,
    `${MEMBER} trails-are-not-stopped INSUFFICIENT_DATA`,
  ]);
});

describe('what no trail selects leaves a verdict open', () => {
  const both = wholeDay([MANAGEMENT, MEMBER]);
  const selecting = (basic: EventSelectors['basic'][number]): Inventory =>
    anInventory({ trails: [aTrail({ eventSelectors: known({ basic: [basic], advanced: [] }) })] });
  const all = {
    readWriteType: 'All' as const,
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    dataResources: [],
  };
  const ofManagement = (inventory: Inventory): readonly string[] =>
    outcomes(run({ inventory, coverage: both })).filter((it) => it.startsWith(MANAGEMENT));

  test('an inventory of before the window says of when it is, where a verdict holds', () => {
    const held = (capturedAt: string): readonly string[] =>
      run({ inventory: { ...selecting(all), capturedAt }, coverage: both }).evaluations.flatMap(
        ({ outcome, message }) => (outcome === 'COMPLIANT' ? message : []),
      );
    const before = held('2026-11-01T00:00:00Z');
    expect(before.length).toBeGreaterThan(0);
    expect(before.every((it) => it.includes('The inventory is of 2026-11-01T00:00:00Z'))).toBe(true);
    expect(held('2026-11-20T06:00:00Z').join(' ')).not.toContain('The inventory is of');
  });

  test('data events that no selector names', () => {
    expect(ofManagement(selecting(all))).toEqual([
      `${MANAGEMENT} objects-are-not-deleted INSUFFICIENT_DATA`,
      `${MANAGEMENT} root-is-not-used COMPLIANT`,
      `${MANAGEMENT} trails-are-not-stopped COMPLIANT`,
    ]);
  });

  test('reads, for a policy that may be about them', () => {
    expect(ofManagement(selecting({ ...all, readWriteType: 'WriteOnly' }))).toEqual([
      `${MANAGEMENT} objects-are-not-deleted INSUFFICIENT_DATA`,
      `${MANAGEMENT} root-is-not-used INSUFFICIENT_DATA`,
      `${MANAGEMENT} trails-are-not-stopped COMPLIANT`,
    ]);
  });

  test('a service that is excluded, for policies that are about it', () => {
    const found = ofManagement(selecting({ ...all, excludeManagementEventSources: ['kms.amazonaws.com'] }));
    expect(found).toContain(`${MANAGEMENT} root-is-not-used INSUFFICIENT_DATA`);
    expect(found).toContain(`${MANAGEMENT} trails-are-not-stopped COMPLIANT`);
  });

  test('of several trails, what is not in the bucket that was read', () => {
    const selects = (of: object) => known({ basic: [{ ...all, ...of }], advanced: [] });
    const writes = aTrail({ eventSelectors: selects({ readWriteType: 'WriteOnly' }) });
    const whole = aTrail({ name: 'whole', description: { s3BucketName: 'other-logs' }, eventSelectors: selects({}) });
    const inventory = anInventory({ trails: [writes, whole] });
    const readIn = (places?: EventCoverage['places']): Results =>
      run({ inventory, coverage: { ...both, ...(places === undefined ? {} : { places }) } });
    const ofRoot = (it: Results): unknown => outcomes(it).find((line) => line.startsWith(`${MANAGEMENT} root`));
    const compliant = `${MANAGEMENT} root-is-not-used COMPLIANT`;
    const open = `${MANAGEMENT} root-is-not-used INSUFFICIENT_DATA`;
    expect(ofRoot(readIn([{ bucket: 'other-logs', prefix: '' }]))).toBe(compliant);
    const found = readIn([{ bucket: 'trail-logs', prefix: '' }]);
    expect(ofRoot(found)).toBe(open);
    expect(found.gaps.map((it) => it.message)).toContainEqual(
      expect.stringContaining('No trail that delivers log files to s3://trail-logs records each'),
    );
    expect(ofRoot(readIn([{ bucket: 'trail-logs' }]))).toBe(open);
    // Another prefix of the bucket is not where any of them delivers: it may be a copy of either.
    expect(ofRoot(readIn([{ bucket: 'trail-logs', prefix: 'copy' }]))).toBe(compliant);
    expect(ofRoot(readIn())).toBe(compliant);
  });

  test('the rest of an hour in which a trail was stopped and started again, or began', () => {
    const selects = known({ basic: [all], advanced: [] });
    const logging = (times: object, name = 'main') =>
      aTrail({ name, eventSelectors: selects, status: { isLogging: true, ...times } });
    const judged = (...trails: Inventory['trails']): Results =>
      run({ inventory: anInventory({ trails: [...trails] }), coverage: both });
    const stoppedFor = (it: Results): readonly string[] =>
      it.gaps.flatMap(({ id, accountId, message }) =>
        id.startsWith('log-stopped') && accountId === MANAGEMENT ? message.slice(0, 52) : [],
      );
    const spanned = (from: string, to: string): string => `From 2026-11-20T${from}Z to 2026-11-20T${to}Z no`;
    const paused = { stopLoggingTime: '2026-11-20T10:10:00Z', startLoggingTime: '2026-11-20T10:50:00Z' };
    const again = judged(logging(paused));
    expect(stoppedFor(again)).toEqual([spanned('10:10:00', '10:50:00')]);
    expect(outcomes(again)).toContain(`${MANAGEMENT} root-is-not-used INSUFFICIENT_DATA`);
    // Whole hours between have no log files.
    const long = judged(logging({ ...paused, startLoggingTime: '2026-11-20T13:20:00Z' }));
    expect(stoppedFor(long)).toEqual([spanned('10:10:00', '11:00:00'), spanned('13:00:00', '13:20:00')]);
    const began = judged(logging({ startLoggingTime: '2026-11-20T10:50:00Z' }));
    expect(stoppedFor(began)).toEqual([spanned('10:00:00', '10:50:00')]);
    const others = [
      judged(logging(paused), logging({ startLoggingTime: '2026-01-01T00:00:00Z' }, 'other')),
      judged(logging({ stopLoggingTime: '2026-11-18T10:10:00Z', startLoggingTime: '2026-11-18T10:50:00Z' })),
      judged(logging({ stopLoggingTime: '2026-11-22T10:10:00Z', startLoggingTime: '2026-11-22T10:50:00Z' })),
    ];
    for (const it of others) {
      expect(stoppedFor(it)).toEqual([]);
      expect(outcomes(it)).toContain(`${MANAGEMENT} root-is-not-used COMPLIANT`);
    }
    const two = judged(logging(paused), logging({ ...paused, stopLoggingTime: '2026-11-20T10:30:00Z' }, 'other'));
    expect(stoppedFor(two)).toEqual([spanned('10:30:00', '10:50:00')]);
  });

  test('and an incident is one all the same', () => {
    const inventory = selecting({ ...all, readWriteType: 'WriteOnly' });
    expect(outcomes(run({ inventory, coverage: both, records: [root] }))).toContain(
      `${MANAGEMENT} root-is-not-used NON_COMPLIANT`,
    );
  });
});

test('the last hour before the reading is open', () => {
  const results = run({ readAt: '2026-11-21T00:30:00.000Z' });
  expect(new Set(results.evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
  expect(results.gaps.map((it) => it.message)).toEqual(['Events after 2026-11-20T23:30:00Z may not be delivered yet.']);
});

test('a file of another kind hides nothing, a broken one may hide anything', () => {
  const gap = {
    id: 'g',
    call: 's3:GetObject',
    accountId: 'unknown',
    region: 'global',
    message: 'M',
    at: '2026-11-21T00:00:00Z',
  };
  const foreign = { ...wholeDay([MANAGEMENT]), gaps: [{ ...gap, reason: 'unsupported' as const }] };
  const broken = { ...wholeDay([MANAGEMENT]), gaps: [{ ...gap, reason: 'error' as const }] };
  expect(new Set(run({ coverage: foreign }).evaluations.map((it) => it.outcome))).toEqual(new Set(['COMPLIANT']));
  expect(new Set(run({ coverage: broken }).evaluations.map((it) => it.outcome))).toEqual(
    new Set(['INSUFFICIENT_DATA']),
  );
});

test('where data events alone were delivered, what is asked of management events is open', () => {
  const gap = {
    id: 'log-1',
    call: 'log-file',
    reason: 'not-collected' as const,
    accountId: MANAGEMENT,
    region: 'us-east-1',
    message: 'M',
    at: '2026-11-21T00:00:00Z',
  };
  const results = run({ coverage: { ...wholeDay([MANAGEMENT]), withoutManagement: [gap] } });
  expect(outcomes(results)).toEqual([
    expect.stringContaining('objects-are-not-deleted COMPLIANT'),
    expect.stringContaining('root-is-not-used INSUFFICIENT_DATA'),
    expect.stringContaining('trails-are-not-stopped INSUFFICIENT_DATA'),
  ]);
});

test('without an inventory a verdict that holds says what it does not know', () => {
  const [found] = run({}).evaluations;
  expect(found).toMatchObject({ outcome: 'COMPLIANT', message: expect.stringContaining('--inventory would tell') });
});

test.each([
  ['is not in the inventory', anInventory({ accounts: [anAccount({ id: MEMBER })] })],
  ['is out of its scope', anInventory({ accounts: [anAccount({ id: MANAGEMENT, outOfScope: 'suspended' })] })],
])('where an account with log files %s, what holds there says what is not known of it', (_, inventory) => {
  const held = run({ inventory }).evaluations.filter(
    (it) => it.target.accountId === MANAGEMENT && it.outcome === 'COMPLIANT',
  );
  const messages = held.map((it) => it.message);
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.filter((it) => !it.includes('the inventory does not have the account'))).toEqual([]);
});

describe('fingerprints', () => {
  const of = (given: Given): readonly string[] =>
    run(given).evaluations.flatMap((it) => (it.outcome === 'NON_COMPLIANT' ? it.fingerprint : []));

  test('are the same over another window, other objects and more events of the day', () => {
    const later = { ...root, eventID: 'later', eventTime: '2026-11-20T11:00:00Z' };
    expect(of({ records: [root, later] })).toEqual(of({ records: [root] }));
    expect(of({ records: [later] })).toEqual(of({ records: [root] }));
  });

  test('differ by account, key and policy', () => {
    const others = [
      { ...root, eventID: 'a', recipientAccountId: MEMBER },
      { ...root, eventID: 'b', sourceIPAddress: '203.0.113.9' },
    ];
    expect(new Set(of({ records: [root, ...others] })).size).toBe(3);
  });
});

describe('an earlier run', () => {
  const before = run({ records: [root] });
  const nextDay = (results: Results, day: string): Results => ({
    ...results,
    run: { ...results.run, capturedAt: `${day}T06:00:00.000Z` },
    coverage: {
      ...results.coverage,
      logs: {
        from: `${day}T00:00:00.000Z`,
        to: `${day}T05:00:00.000Z`,
        cells: 5,
        proven: 0,
        present: 5,
        silent: 0,
        unreadable: [],
      },
    },
  });
  const open = ({ evaluations }: Results) => evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');

  test('its incidents stay open while they are young', () => {
    const followed = followUpActivity(nextDay(run({}), '2026-12-01'), before, 30);
    expect(open(followed)).toMatchObject([{ carriedForward: { lastSeen: before.run.capturedAt } }]);
    expect(followed.previous).toMatchObject({ sarifUploadable: true, closed: [] });
    const again = followUpActivity(nextDay(run({}), '2026-12-02'), followed, 30);
    expect(open(again)).toMatchObject([{ carriedForward: { lastSeen: before.run.capturedAt } }]);
  });

  test('and close after their time, with the reason', () => {
    const followed = followUpActivity(nextDay(run({}), '2026-12-21'), before, 30);
    expect(open(followed)).toEqual([]);
    expect(followed.previous?.closed).toMatchObject([{ reason: expect.stringContaining('--keep-open') }]);
  });

  test('the same incident is the same finding', () => {
    expect(open(followUpActivity(run({ records: [root] }), before, 30))).toHaveLength(1);
  });

  test('what was read again and is not an incident any more is closed, unless something of it is missing', () => {
    const again = new Set([root['eventID'] as string]);
    expect(open(followUpActivity(run({}), before, 30, again))).toEqual([]);
    const withHole = run({ coverage: wholeDay([MANAGEMENT], [10]) });
    expect(open(followUpActivity(withHole, before, 30, again))).toHaveLength(1);
  });

  test('what cannot be found any more is not mended, though its hour is there', () => {
    expect(open(followUpActivity(run({}), before, 30))).toMatchObject([
      { carriedForward: { lastSeen: before.run.capturedAt } },
    ]);
  });

  test('of a scan of the state is refused', () => {
    const { logs: _, ...coverage } = before.coverage;
    expect(() => followUpActivity(run({}), { ...before, coverage }, 30)).toThrow('a scan of the state');
  });
});

test('a policy on the state is refused', () => {
  const [it] = loadActivity(policies).policies;
  if (it === undefined) throw new Error('no policy');
  const { activity: _, ...ofState } = it;
  expect(() => new PlacedPolicies([ofState], undefined)).toThrow('judges the state');
});

test('of a reading that was stopped incidents count, and everything else is open', () => {
  const stopped = {
    ...wholeDay([]),
    gaps: [
      {
        id: 'log-interrupted',
        call: 's3:GetObject',
        accountId: 'unknown',
        region: 'global',
        reason: 'not-collected' as const,
        message: 'M',
        at: '2026-11-21T00:00:00Z',
      },
    ],
  };
  const results = run({ records: [root], coverage: stopped, isInterrupted: true });
  expect(outcomes(results)).toEqual([
    `${MANAGEMENT} objects-are-not-deleted INSUFFICIENT_DATA`,
    `${MANAGEMENT} root-is-not-used NON_COMPLIANT`,
    `${MANAGEMENT} trails-are-not-stopped INSUFFICIENT_DATA`,
  ]);
});

test('accounts out of scope are not asked, and their events are', () => {
  const inventory = anInventory({
    accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, outOfScope: 'suspended' })],
  });
  expect(outcomes(run({ inventory })).some((it) => it.startsWith(MEMBER))).toBe(false);
});
