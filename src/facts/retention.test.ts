import { array, assert, boolean, constantFrom, nat, option, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent, aBucket, aTrail, known, MEMBER, unknown } from '../../test/support/inventory-builders.js';
import type { LifecycleRule } from '../model/inventory.js';
import { atHandDays } from './at-hand.js';
import { holdsAllLogs, type LogPrefixes, logPrefixes, mayHoldLogs } from './log-keys.js';
import type { LogEncryption } from './log-encryption.js';
import { coversLogs, retentionOf } from './retention.js';

const sure = <T>(value: T) => ({ state: 'known', value });
const doubt = (...gaps: string[]) => ({ state: 'unknown', gaps });

const atTop = { known: ['AWSLogs/'] };
/** No KMS key encrypts the logs. */
const plain: LogEncryption = { usesKms: { state: 'known', value: false }, unrecorded: () => 'unrecorded' };

function aRule(it: Partial<LifecycleRule>): LifecycleRule {
  return { id: 'rule', isEnabled: true, prefix: '', requiresTags: false, ...it };
}

function days(rules: readonly Partial<LifecycleRule>[], prefixes = atTop) {
  return retentionOf(aBucket({ lifecycleRules: known(rules.map(aRule)) }), prefixes).days;
}

describe('where the logs are', () => {
  test('each trail that names the bucket puts them under its prefix', () => {
    const trails = [
      aTrail({ name: 'top' }),
      aTrail({ name: 'org', description: { s3KeyPrefix: 'o-example123' } }),
      aTrail({ name: 'own', accountId: MEMBER, description: { isOrganizationTrail: false, s3KeyPrefix: '' } }),
      aTrail({ name: 'elsewhere', description: { s3BucketName: 'other', s3KeyPrefix: 'x' } }),
      aTrail({ name: 'gone', description: absent }),
    ];
    expect(logPrefixes('trail-logs', trails, 'o-example123')).toEqual({
      known: [`AWSLogs/${MEMBER}/`, 'AWSLogs/o-example123/', 'o-example123/AWSLogs/o-example123/'],
    });
    expect(logPrefixes('trail-logs', trails, undefined)).toEqual({
      known: ['AWSLogs/', `AWSLogs/${MEMBER}/`, 'o-example123/AWSLogs/'],
    });
  });

  test('a trail that could not be described may put them anywhere', () => {
    const trails = [aTrail(), aTrail({ description: unknown('d') })];
    expect(logPrefixes('trail-logs', trails, 'o-example123')).toEqual({
      known: ['AWSLogs/o-example123/'],
      open: doubt('d'),
    });
  });

  test.each([
    '',
    'AWS',
    'AWSLogs/',
    'AWSLogs/1111',
    'AWSLogs/111111111111/',
    'AWSLogs/111111111111/Cloud',
    'AWSLogs/111111111111/CloudTrail/eu-central-1/2026/',
    'AWSLogs/111111111111/CloudTrail-Digest/',
    'AWSLogs/o-',
    'AWSLogs/o-example123/111111111111/CloudTrail/',
  ])('a filter %o may hold logs', (filter) => {
    expect(mayHoldLogs(filter, 'AWSLogs/')).toBe(true);
  });

  test.each([
    'alb/',
    'AWSLogs2/',
    'logs/AWSLogs/',
    'AWSLogs/111111111111/Config/',
    'AWSLogs/111111111111/C/',
    'AWSLogs/111111111111/vpcflowlogs/',
    'AWSLogs/o-example123/111111111111/elasticloadbalancing/',
    'AWSLogs/old/',
    'AWSLogs/1111/CloudTrail/',
  ])('a filter %o holds none', (filter) => {
    expect(mayHoldLogs(filter, 'AWSLogs/')).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['AWSLogs/111111111111/', 'AWSLogs/o-example123/', false],
    ['AWSLogs/111111111111/CloudTrail/', 'AWSLogs/o-example123/', false],
    ['AWSLogs/o-other12345/', 'AWSLogs/o-example123/', false],
    ['AWSLogs/o-example123/111111111111/', 'AWSLogs/o-example123/', true],
    ['AWSLogs/o-example123/111111111111/Config/', 'AWSLogs/o-example123/', false],
    ['AWSLogs/o-example123/111111111111/CloudTrail-Digest/', 'AWSLogs/o-example123/', true],
    ['AWSLogs/222222222222/', 'AWSLogs/111111111111/', false],
    ['AWSLogs/111111111111/CloudTrail/', 'AWSLogs/111111111111/', true],
    ['AWSLogs/111111111111/Config/', 'AWSLogs/111111111111/', false],
    ['AWSLogs/', 'AWSLogs/111111111111/', true],
    ['AWSLogs', 'AWSLogs/o-example123/', true],
  ])('a filter %o on logs below %o: %o', (filter, logPrefix, holds) => {
    expect(mayHoldLogs(filter, logPrefix)).toBe(holds);
  });

  test('all logs are held above their prefix only', () => {
    expect(['', 'AWSLogs/', 'AWSLogs/111111111111/'].map((filter) => holdsAllLogs(filter, 'AWSLogs/'))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('days in sight', () => {
  test.each<[string, Partial<LifecycleRule>[], number | undefined]>([
    ['no rule', [], undefined],
    ['the whole bucket', [{ expirationDays: 365 }], 365],
    ['the earliest of several', [{ expirationDays: 400 }, { expirationDays: 90, prefix: 'AWSLogs/' }], 90],
    ['a disabled rule', [{ expirationDays: 1, isEnabled: false }], undefined],
    ['a rule for tagged objects', [{ expirationDays: 1, requiresTags: true }], undefined],
    ['a rule for another prefix', [{ expirationDays: 1, prefix: 'access-logs/' }], undefined],
    [
      'a rule for the logs of another service',
      [{ expirationDays: 1, prefix: 'AWSLogs/111111111111/Config/' }],
      undefined,
    ],
    ['a rule for one account', [{ expirationDays: 30, prefix: 'AWSLogs/111111111111/' }], 30],
    ['a rule for large objects', [{ expirationDays: 30, objectSizeGreaterThan: 1_000_000 }], 30],
    ['a rule with a date', [{ expirationDate: '2030-01-01T00:00:00Z' }], 0],
    ['a transition', [{ transitionDays: 30 }], undefined],
    ['noncurrent versions only', [{ noncurrentDays: 30 }], undefined],
  ])('%s', (_, rules, expected) => {
    expect(days(rules)).toEqual(sure(expected));
  });

  test('rules that could not be read', () => {
    const bucket = aBucket({ lifecycleRules: unknown('l') });
    expect(retentionOf(bucket, atTop)).toEqual({
      days: doubt('l'),
      recoverableDays: doubt('l'),
      deletedDays: doubt('l'),
    });
  });

  test('an unread trail matters only where a rule outside the known prefixes is stricter', () => {
    const open = { ...atTop, open: { state: 'unknown', gaps: ['d'] } } as const;
    expect(days([{ expirationDays: 400 }], open)).toEqual(sure(400));
    expect(days([{ expirationDays: 400 }, { expirationDays: 500, prefix: 'x/' }], open)).toEqual(sure(400));
    expect(days([{ expirationDays: 400 }, { expirationDays: 30, prefix: 'x/' }], open)).toEqual(doubt('d'));
  });

  test('taking a rule away never shortens the time (monotone)', () => {
    const rule = record({
      isEnabled: boolean(),
      requiresTags: boolean(),
      prefix: constantFrom('', 'AWSLogs/', 'AWSLogs/111111111111/', 'x/'),
      expirationDays: nat({ max: 5 }),
    });
    assert(
      property(array(rule, { minLength: 1 }), ([first, ...rest]) => {
        const value = (it: ReturnType<typeof days>) => (it.state === 'known' ? (it.value ?? Infinity) : Number.NaN);
        expect(value(days(rest))).toBeGreaterThanOrEqual(value(days([first ?? {}, ...rest])));
      }),
    );
  });
});

describe('recoverable days', () => {
  const recoverable = (rules: Partial<LifecycleRule>[], more: Parameters<typeof aBucket>[0] = {}) =>
    retentionOf(aBucket({ objectLock: absent, lifecycleRules: known(rules.map(aRule)), ...more }), atTop)
      .recoverableDays;

  test.each<[string, Partial<LifecycleRule>[], number | undefined]>([
    ['never out of sight', [{ noncurrentDays: 30 }], undefined],
    ['no rule for noncurrent versions', [{ expirationDays: 90 }], undefined],
    ['one rule for both', [{ expirationDays: 90, noncurrentDays: 30 }], 120],
    ['a rule for each', [{ expirationDays: 90 }, { noncurrentDays: 30, prefix: 'AWSLogs/' }], 120],
    [
      'rules that never meet the same key',
      [
        { expirationDays: 90, prefix: 'AWSLogs/111111111111/' },
        { noncurrentDays: 30, prefix: 'AWSLogs/222222222222/' },
      ],
      undefined,
    ],
    [
      'rules that never meet a log of the same size',
      [
        { expirationDays: 90, objectSizeLessThan: 1000 },
        { noncurrentDays: 30, objectSizeGreaterThan: 999 },
      ],
      undefined,
    ],
    [
      'rules that meet at a size',
      [
        { expirationDays: 90, objectSizeLessThan: 1001 },
        { noncurrentDays: 30, objectSizeGreaterThan: 999 },
      ],
      120,
    ],
    [
      'the newest noncurrent version is kept',
      [{ expirationDays: 90, noncurrentDays: 30, newerNoncurrentVersions: 1 }],
      undefined,
    ],
  ])('with versioning: %s', (_, rules, expected) => {
    expect(recoverable(rules)).toEqual(sure(expected));
  });

  test.each(['Suspended', 'Unversioned'])('versioning %s: expiration erases', (status) => {
    const versioning = known({ status, mfaDelete: false });
    expect(recoverable([{ expirationDays: 90, noncurrentDays: 30 }], { versioning })).toEqual(sure(90));
  });

  test('a lock delays the end', () => {
    const objectLock = known({ enabled: true, mode: 'GOVERNANCE', days: 365 });
    expect(recoverable([{ expirationDays: 90, noncurrentDays: 30 }], { objectLock })).toEqual(sure(365));
  });

  test('unread versioning matters only where something expires', () => {
    const versioning = unknown('v');
    expect(recoverable([{ expirationDays: 90 }], { versioning })).toEqual(doubt('v'));
    expect(recoverable([{ transitionDays: 90 }], { versioning })).toEqual(sure(undefined));
  });

  test('nothing is gone before it is out of sight', () => {
    const rule = record({
      expirationDays: option(nat({ max: 9 }), { nil: undefined }),
      noncurrentDays: option(nat({ max: 9 }), { nil: undefined }),
    });
    assert(
      property(array(rule), boolean(), (rules, isVersioned) => {
        const it = retentionOf(
          aBucket({
            versioning: known({ status: isVersioned ? 'Enabled' : 'Unversioned', mfaDelete: false }),
            objectLock: absent,
            // `undefined` members stand for members that are not there.
            lifecycleRules: known(rules.map((given) => aRule(given as Partial<LifecycleRule>))),
          }),
          atTop,
        );
        const order = [it.days, it.recoverableDays].map((tri) =>
          tri.state === 'known' ? (tri.value ?? Infinity) : -1,
        );
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('a rule for sizes', () => {
  test.each([
    ['above any log', { objectSizeGreaterThan: 1024 ** 4 }, undefined],
    ['above some logs', { objectSizeGreaterThan: 100_000 }, 30],
    ['below any log', { objectSizeLessThan: 10 }, undefined],
    ['below some logs', { objectSizeLessThan: 100_000 }, 30],
  ])('%s', (_, size, expected) => {
    expect(days([{ expirationDays: 30, ...size }])).toEqual(sure(expected));
  });
});

describe('a log that someone deletes', () => {
  const deleted = (rules: readonly Partial<LifecycleRule>[], more: Parameters<typeof aBucket>[0] = {}) =>
    retentionOf(aBucket({ objectLock: absent, lifecycleRules: known(rules.map(aRule)), ...more }), atTop).deletedDays;
  const locked = known({ enabled: true, mode: 'COMPLIANCE', days: 400 });

  test('can be had back for ever, unless a rule erases noncurrent versions', () => {
    expect(deleted([])).toEqual(sure(undefined));
    expect(deleted([{ expirationDays: 30 }])).toEqual(sure(undefined));
    expect(deleted([{ noncurrentDays: 1 }])).toEqual(sure(1));
    expect(deleted([{ noncurrentDays: 1, newerNoncurrentVersions: 3 }])).toEqual(sure(1));
    expect(deleted([{ noncurrentDays: 1, prefix: 'data/' }])).toEqual(sure(undefined));
  });

  test('is held by a lock, and gone at once without versions', () => {
    expect(deleted([{ noncurrentDays: 1 }], { objectLock: locked })).toEqual(sure(400));
    const suspended = known({ status: 'Suspended', mfaDelete: false });
    expect(deleted([], { versioning: suspended })).toEqual(sure(0));
    expect(deleted([], { versioning: unknown('v') })).toEqual(doubt('v'));
  });
});

describe('replication', () => {
  const rule = { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::replica' };

  test.each([
    ['the whole bucket', rule, true],
    ['the log prefix', { ...rule, prefix: 'AWSLogs/' }, true],
    ['one account', { ...rule, prefix: 'AWSLogs/111111111111/' }, false],
    ['elsewhere', { ...rule, prefix: 'x/' }, false],
    ['tagged objects', { ...rule, requiresTags: true }, false],
  ])('%s', (_, it, covers) => {
    expect(coversLogs(it, atTop, plain)).toEqual(sure(covers));
  });

  test('a trail that could not be described may deliver beside the filter', () => {
    const open = { ...atTop, open: { state: 'unknown', gaps: ['d'] } } as const;
    expect(coversLogs(rule, open, plain)).toEqual(sure(true));
    expect(coversLogs({ ...rule, prefix: 'AWSLogs/' }, open, plain)).toEqual(doubt('d'));
    expect(coversLogs({ ...rule, prefix: 'x/' }, open, plain)).toEqual(sure(false));
  });
});

describe('logs that a KMS key encrypts are replicated', () => {
  const rule = { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::vault' };
  const yes = { state: 'known', value: true } as const;
  const open = { state: 'unknown', gaps: ['k'] } as const;

  test.each<[string, boolean | undefined, LogEncryption['usesKms'], unknown]>([
    ['where the rule takes such objects', true, yes, sure(true)],
    ['not where it does not', false, yes, sure(false)],
    ['perhaps, where that was not recorded', undefined, yes, doubt('unrecorded')],
    ['perhaps, where such a key is not known', false, open, doubt('k')],
    ['whatever is known of the key, where the rule takes them', true, open, sure(true)],
  ])('%s', (_, replicatesKmsEncrypted, usesKms, covers) => {
    const it = { ...rule, ...(replicatesKmsEncrypted === undefined ? {} : { replicatesKmsEncrypted }) };
    expect(coversLogs(it, atTop, { ...plain, usesKms })).toEqual(covers);
  });
});

test('a rule of an inventory that did not keep it yet is taken for one on all objects', () => {
  const rule = { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::vault' };
  const encryption: LogEncryption = { usesKms: { state: 'known', value: true }, unrecorded: undefined };
  expect(coversLogs(rule, atTop, encryption)).toEqual(sure(true));
  expect(coversLogs({ ...rule, replicatesKmsEncrypted: false }, atTop, encryption)).toEqual(sure(false));
});

describe('logs at hand', () => {
  const transitionTo = (storageClass: string, after = 30): Partial<LifecycleRule> => ({
    transitionDays: after,
    transitions: [{ storageClass, days: after }],
  });
  const notes: string[] = [];
  const atHand = (rules: readonly Partial<LifecycleRule>[], prefixes: LogPrefixes = atTop) => {
    const bucket = aBucket({ lifecycleRules: known(rules.map(aRule)) });
    return atHandDays(bucket, prefixes, (message) => {
      notes.push(message);
      return 'g';
    });
  };

  test.each<[string, Partial<LifecycleRule>[], unknown]>([
    ['without rules for ever', [], sure(undefined)],
    ['until they go to Flexible Retrieval', [transitionTo('GLACIER')], sure(30)],
    ['until they go to Deep Archive', [transitionTo('DEEP_ARCHIVE', 1)], sure(1)],
    ['in Instant Retrieval', [transitionTo('GLACIER_IR')], sure(undefined)],
    ['in Infrequent Access', [transitionTo('STANDARD_IA'), transitionTo('ONEZONE_IA')], sure(undefined)],
    ['in Intelligent-Tiering', [transitionTo('INTELLIGENT_TIERING', 0)], sure(undefined)],
    ['until the earliest rule', [transitionTo('GLACIER', 90), transitionTo('DEEP_ARCHIVE', 60)], sure(60)],
    ['where a disabled rule would archive', [{ ...transitionTo('GLACIER'), isEnabled: false }], sure(undefined)],
    ['where a rule for other keys archives', [{ ...transitionTo('GLACIER'), prefix: 'alb/' }], sure(undefined)],
    ['where a rule for tagged objects archives', [{ ...transitionTo('GLACIER'), requiresTags: true }], sure(undefined)],
    ['in a class that is new: not known', [transitionTo('GLACIER_NEXT')], doubt('g')],
    ['in a new class after an archive: until then', [transitionTo('GLACIER', 7), transitionTo('NEXT')], sure(7)],
    ['in a class that was not kept: not known', [{ transitionDays: 1 }], doubt('g')],
  ])('%s', (_, rules, expected) => {
    expect(atHand(rules)).toEqual(expected);
  });

  test('a trail that could not be read may put its logs where a rule archives', () => {
    const prefixes = { known: ['AWSLogs/'], open: { state: 'unknown' as const, gaps: ['d'] } };
    expect(atHand([{ ...transitionTo('GLACIER'), prefix: 'x/' }], prefixes)).toEqual(doubt('d'));
    expect(atHand([transitionTo('GLACIER')], prefixes)).toEqual(sure(30));
  });

  test('a rule for more keys never keeps logs at hand for longer', () => {
    const storageClass = constantFrom('GLACIER', 'DEEP_ARCHIVE', 'GLACIER_IR', 'STANDARD_IA');
    const some = array(record({ storageClass, after: nat(400), prefix: constantFrom('', 'AWSLogs/', 'alb/') }));
    assert(
      property(some, some, (rules, more) => {
        const daysOf = (all: typeof rules): number => {
          const it = atHand(
            all.map((rule) => ({ ...transitionTo(rule.storageClass, rule.after), prefix: rule.prefix })),
          );
          return it.state === 'known' ? (it.value ?? Infinity) : NaN;
        };
        expect(daysOf([...rules, ...more])).toBeLessThanOrEqual(daysOf(rules));
      }),
    );
  });
});
