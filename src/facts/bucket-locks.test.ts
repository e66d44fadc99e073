import { describe, expect, test } from 'vitest';
import { absent, aBucket, known, MEMBER, NOW, unknown } from '../../test/support/inventory-builders.js';
import type { Bucket, Gap, LifecycleRule, ObjectLock } from '../model/inventory.js';
import { locksOf, type LockSetting } from './bucket-locks.js';

const doubt = (...gaps: string[]) => ({ state: 'unknown', gaps });
const atTop = { known: ['AWSLogs/'] };
const year: ObjectLock = { enabled: true, mode: 'COMPLIANCE', days: 400 };
const arn = 'arn:aws:s3:::trail-logs';
const everything = [arn, `${arn}/*`];
const guarded = [
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutLifecycleConfiguration',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
];

function locks(bucket: Partial<Bucket>, setting: Partial<LockSetting> = {}) {
  const noted: Omit<Gap, 'id'>[] = [];
  const gaps = { add: (gap: Omit<Gap, 'id'>) => `f${noted.push(gap)}` };
  const it = aBucket({ objectLock: absent, replication: known([]), policy: absent, ...bucket });
  const all: LockSetting = {
    capturedAt: NOW,
    partition: 'aws',
    organizationId: 'o-example123',
    accountIds: [MEMBER],
    prefixes: atTop,
    encryption: { usesKms: { state: 'known', value: false }, unrecorded: () => 'unrecorded' },
    findBucket: () => undefined,
    ...setting,
  };
  return { found: locksOf(it, all, gaps), noted };
}

describe('Object Lock', () => {
  test.each<[string, ObjectLock, object[]]>([
    ['compliance', year, [{ by: 'compliance-lock', days: 400 }]],
    ['governance', { enabled: true, mode: 'GOVERNANCE', days: 30 }, [{ by: 'governance-lock', days: 30 }]],
    ['no default retention', { enabled: true }, []],
    ['off', { enabled: false, mode: 'COMPLIANCE', days: 365 }, []],
  ])('%s', (_, lock, members) => {
    expect(locks({ objectLock: known(lock) }).found).toEqual({ members, doubtful: [] });
  });

  test('absent and unread', () => {
    expect(locks({}).found).toEqual({ members: [], doubtful: [] });
    expect(locks({ objectLock: unknown('o') }).found.rest).toEqual(doubt('o'));
  });

  test('a mode newer than this program is not guessed', () => {
    const { found, noted } = locks({ objectLock: known({ enabled: true, mode: 'ETERNAL', days: 9 }) });
    expect(found).toEqual({ members: [], doubtful: [], rest: doubt('f1') });
    expect(noted).toMatchObject([{ reason: 'unsupported', resource: 'trail-logs' }]);
  });
});

describe('a replica', () => {
  const rule = { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::vault' };
  const vault = (lock: Bucket['objectLock']) => ({
    findBucket: (it: string) =>
      it === 'arn:aws:s3:::vault' ? aBucket({ name: 'vault', objectLock: lock }) : undefined,
  });

  test('that locks all logs is a lock', () => {
    const { found } = locks({ replication: known([rule]) }, vault(known(year)));
    expect(found).toEqual({ members: [{ by: 'locked-replica', days: 400 }], doubtful: [] });
  });

  test.each<[string, object, Bucket['objectLock']]>([
    ['does not lock', {}, absent],
    ['holds other objects only', { prefix: 'data/' }, known(year)],
    ['takes tagged objects only', { requiresTags: true }, known(year)],
    ['is switched off', { isEnabled: false }, known(year)],
  ])('that %s is none', (_, change, lock) => {
    const { found } = locks({ replication: known([{ ...rule, ...change }]) }, vault(lock));
    expect(found).toEqual({ members: [], doubtful: [] });
  });

  test('that leaves out what a KMS key encrypts is none where one encrypts the logs', () => {
    const replication = known([{ ...rule, replicatesKmsEncrypted: false }]);
    const encryption = { usesKms: { state: 'known', value: true }, unrecorded: () => 'unrecorded' } as const;
    expect(locks({ replication }, { ...vault(known(year)), encryption }).found.members).toEqual([]);
  });

  test('that is gone locks nothing', () => {
    const gone = { ...vault(known(year)), findBucket: () => aBucket({ owner: absent }) };
    expect(locks({ replication: known([rule]) }, gone).found).toEqual({ members: [], doubtful: [] });
  });

  test('that was not read leaves it open, as do rules that were refused', () => {
    const { found, noted } = locks({ replication: known([rule]) });
    expect(found).toEqual({ members: [], doubtful: [], rest: doubt('f1') });
    expect(noted).toMatchObject([{ reason: 'not-collected', message: expect.stringContaining('arn:aws:s3:::vault') }]);
    expect(locks({ replication: known([rule]) }, vault(unknown('v'))).found.rest).toEqual(doubt('v'));
    expect(locks({ replication: unknown('r') }).found.rest).toEqual(doubt('r'));
  });
});

describe('a denial of deletion', () => {
  const denying = (statement: object) =>
    known(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', ...statement } }));
  const whole = { Action: guarded, Resource: everything };
  const spared = { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/break-glass' } };
  const lock = { by: 'denied-deletion' };

  test.each<[string, object, object[]]>([
    ['of everyone', whole, [lock]],
    ['of all but a role that is named', { ...whole, Condition: spared }, [lock]],
    ['with a wildcard', { Action: ['s3:Delete*', 's3:Put*Policy', 's3:PutLifecycle*'], Resource: everything }, [lock]],
    ['of current versions alone', { Action: 's3:DeleteObject', Resource: everything }, []],
    ['that may be taken away', { Action: guarded.slice(0, 3), Resource: everything }, []],
    ['of other objects', { Action: guarded, Resource: [arn, `${arn}/data/*`] }, []],
    ['of one account', { ...whole, Principal: { AWS: '999988887777' } }, []],
    ['by plain HTTP alone', { ...whole, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, []],
  ])('%s', (_, statement, members) => {
    expect(locks({ policy: denying(statement) }).found).toEqual({ members, doubtful: [] });
  });

  test('keeps nothing from lifecycle rules, which ask no bucket policy', () => {
    const rule = { id: 'r', isEnabled: true, prefix: '', requiresTags: false, expirationDays: 30 };
    const withRules = (...lifecycleRules: LifecycleRule[]) =>
      locks({ policy: denying(whole), lifecycleRules: known(lifecycleRules) }).found;
    // What expires is still there as a noncurrent version.
    expect(withRules(rule).members).toEqual([lock]);
    const writing = { Action: [...guarded, 's3:PutObject'], Resource: everything };
    const erasing = known([{ ...rule, noncurrentDays: 1 }]);
    expect(locks({ policy: denying(writing), lifecycleRules: erasing }).found.members).toEqual([{ ...lock, days: 31 }]);
    // Without that denial whoever may write makes a log noncurrent.
    expect(locks({ policy: denying(whole), lifecycleRules: erasing }).found.members).toEqual([{ ...lock, days: 1 }]);
    const { expirationDays: _, ...forEver } = rule;
    expect(withRules({ ...forEver, noncurrentDays: 30 }).members).toEqual([{ ...lock, days: 30 }]);
    expect(withRules({ ...forEver, noncurrentDays: 30, newerNoncurrentVersions: 5 }).members).toEqual([
      { ...lock, days: 30 },
    ]);
    expect(withRules({ ...rule, noncurrentDays: 1, prefix: 'alb/' }).members).toEqual([lock]);
    expect(locks({ policy: denying(whole), lifecycleRules: unknown('l') }).found.doubtful).toEqual([
      { value: lock, gaps: ['l'] },
    ]);
  });

  test('keeps nothing where a log may be overwritten, as no versions are kept', () => {
    const versioning = known({ status: 'Suspended', mfaDelete: false });
    expect(locks({ policy: denying(whole), versioning }).found.members).toEqual([]);
  });

  test('is open where the policy or versioning was not read', () => {
    expect(locks({ policy: unknown('p') }).found.rest).toEqual(doubt('p'));
    expect(locks({ policy: denying(whole), versioning: unknown('v') }).found.doubtful).toEqual([
      { value: lock, gaps: ['v'] },
    ]);
  });
});
