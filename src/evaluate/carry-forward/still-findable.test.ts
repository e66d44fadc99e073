import { describe, expect, test } from 'vitest';
import {
  aBucket,
  aGap,
  aLogGroup,
  anAccount,
  anEventDataStore,
  anInventory,
  anOrganization,
  aTrail,
  aVpc,
  keyArn,
  known,
  logGroupArn,
  MANAGEMENT,
  MEMBER,
  topicArn,
  trailArn,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Gap, Inventory, Vpc } from '../../model/inventory.js';
import type { Target, TargetType } from '../../model/results.js';
import { stillFindable } from './still-findable.js';

const another = '333333333333';

function target(type: TargetType, arn: string, accountId = MANAGEMENT): Target {
  return { type, id: arn, arn, accountId, region: 'eu-central-1' };
}

const gone = {
  trail: target('trail', trailArn('gone', MEMBER), MEMBER),
  store: target('event-data-store', anEventDataStore({ id: 'gone' }).arn),
  bucket: target('log-bucket', 'arn:aws:s3:::gone'),
  bucketsKey: target('kms-key', keyArn('gone')),
  membersKey: target('kms-key', keyArn('gone', MEMBER), MEMBER),
  group: target('log-group', logGroupArn('gone')),
  topic: target('topic', topicArn('gone')),
} as const;

type Name = keyof typeof gone;

/** Which of the targets that an earlier run found this one would have found, were they still there. */
function findable(parts: Partial<Inventory>, gap: Partial<Gap> = {}, recordedBefore = false): readonly string[] {
  const healthy: Partial<Inventory> = {
    accounts: [
      anAccount({ id: MANAGEMENT, name: 'management', eventDataStores: known([]) }),
      anAccount({ id: MEMBER }),
      anAccount({ id: another }),
    ],
  };
  const inventory = anInventory({ ...healthy, gaps: [aGap({ id: 'g', ...gap })], ...parts });
  const isFindable = stillFindable(inventory, recordedBefore);
  return Object.entries(gone).flatMap(([name, it]) => (isFindable(it) ? [name] : []));
}

const all = Object.keys(gone);
const except = (...names: readonly Name[]): readonly string[] => all.filter((it) => !names.some((name) => name === it));

function accounts(management: object, member: object = {}, third: object = {}): Partial<Inventory> {
  const listed = known<readonly string[]>([]);
  return {
    accounts: [
      { ...anAccount({ id: MANAGEMENT, name: 'management', eventDataStores: listed }), ...management },
      { ...anAccount({ id: MEMBER }), ...member },
      { ...anAccount({ id: another }), ...third },
    ],
  };
}

test('where everything was read, what is not there is gone', () => {
  expect(findable({})).toEqual(all);
});

describe('hidden is', () => {
  test('whatever a trail may name, wherever it lives, when one account cannot list its trails', () => {
    // The trail itself lies in another account than the one that is open.
    expect(findable(accounts({}, {}, { ownTrails: unknown('g') }))).toEqual(['trail', 'store']);
    expect(findable(accounts({}, { ownTrails: unknown('g') }))).toEqual(['store']);
    expect(findable(accounts({}, {}, { ownTrailsGap: 'g' }))).toEqual(['trail', 'store']);
  });

  test('what a trail names, when it was not described', () => {
    const dark = aTrail({ name: 'dark', accountId: another, description: unknown('g') });
    expect(findable({ trails: [aTrail(), dark] })).toEqual(['trail', 'store']);
  });

  test('a key, when a bucket, a log group or a store does not tell what encrypts it', () => {
    for (const parts of [
      { buckets: [aBucket({ encryption: unknown('g') })] },
      { logGroups: [aLogGroup({ details: unknown('g') })] },
      { eventDataStores: [anEventDataStore({ details: unknown('g') })] },
    ]) {
      expect(findable(parts)).toEqual(except('bucketsKey', 'membersKey'));
    }
  });

  test('a store and its key, when ListEventDataStores was refused in its account', () => {
    const it = accounts({ eventDataStores: unknown('g') });
    const found = findable(it, { call: 'cloudtrail:ListEventDataStores', accountId: MANAGEMENT });
    expect(found).toEqual(except('store', 'bucketsKey', 'membersKey'));
  });

  test('everything, when the accounts were not listed to the end', () => {
    expect(findable({ organization: anOrganization({ accountsGap: 'g' }) })).toEqual(['store']);
  });

  test("what the organization's trails name, when nobody told of them", () => {
    expect(findable({ organization: anOrganization({ trailsGap: 'g' }) })).toEqual(['trail', 'store']);
  });

  test('what is named and was not read, and nothing else', () => {
    const found = findable({ trails: [aTrail({ description: { s3BucketName: 'gone' } })], buckets: [] });
    expect(found).not.toContain('bucket');
    expect(found).toContain('trail');
    expect(found).toContain('group');
  });
});

describe('hidden is not', () => {
  test('what an account out of scope owns', () => {
    const it = accounts({}, {}, { ownTrails: unknown('g'), outOfScope: 'excluded' });
    expect(findable(it)).toEqual(all);
  });

  test('what AWS Config never records, from a run that read the same source; from a live run it is', () => {
    const it = { logGroups: [aLogGroup({ details: unknown('g') })] };
    const gap = { reason: 'not-recorded-by-config' } as const;
    expect(findable(it, gap, true)).toEqual(all);
    expect(findable(it, gap, false)).toEqual(except('bucketsKey', 'membersKey'));
  });
});

test('hidden is a bucket of other logs, wherever it lives, when one account does not tell where its flow logs go', () => {
  const told = { vpcs: known([]), distributions: known([]), loadBalancers: known([]) };
  const everyone = accounts(told, told, told);
  const ofLogs = target('other-log-bucket', 'arn:aws:s3:::gone');
  const isFindable = (flowLogs: Vpc['flowLogs']): boolean => {
    const vpcs = [aVpc({ accountId: another, flowLogs })];
    return stillFindable(anInventory({ ...everyone, vpcs, gaps: [aGap({ id: 'g' })] }), false)(ofLogs);
  };
  expect(isFindable(known([]))).toBe(true);
  expect(isFindable(unknown('g'))).toBe(false);
});
