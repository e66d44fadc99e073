import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  aKey,
  aLogGroup,
  allBlocked,
  anAccount,
  anEventDataStore,
  anInventory,
  aTrail,
  keyArn,
  known,
  logGroupArn,
  MANAGEMENT,
  MEMBER,
  nothingBlocked,
  NOW,
  REGION,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, targetOf } from '../../test/support/view-values.js';
import type { Bucket, Inventory } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { buildView } from './index.js';

const aliasArn = `arn:aws:kms:${REGION}:${MANAGEMENT}:alias/logs`;

describe('a trail', () => {
  const trail = (it: Parameters<typeof aTrail>[0], inventory: Partial<Inventory> = {}) =>
    targetOf(buildView(anInventory({ ...inventory, trails: [aTrail(it)] })), 'trail');

  test('of which nothing could be read but its name', () => {
    const it = trail({
      description: unknown('d'),
      status: unknown('s'),
      eventSelectors: unknown('e'),
      insightSelectors: unknown('i'),
    });
    expect(['arn', 'name', 'accountId', 'homeRegion'].map((field) => at(it, field))).toEqual([
      trailArn(),
      'main',
      MANAGEMENT,
      REGION,
    ]);
    for (const field of [
      's3BucketName',
      's3KeyPrefix',
      'kmsKeyId',
      'isMultiRegionTrail',
      'bucket',
      'key',
      'logGroup',
    ]) {
      expect(at(it, field)).toEqual({ unknown: ['d'] });
    }
    for (const field of ['isLogging', 'latestDeliveryTime', 'delivery.logs.quietSince'])
      expect(at(it, field)).toEqual({ unknown: ['s'] });
    expect([at(it, 'eventSelectors'), at(it, 'advancedEventSelectors'), at(it, 'insightSelectors')]).toEqual([
      { unknown: ['e'] },
      { unknown: ['e'] },
      { unknown: ['i'] },
    ]);
    expect(at(it, 'missingDestinations')).toEqual({ known: [], rest: ['d'] });
  });

  test('what is not set is absent', () => {
    const it = trail({ description: { kmsKeyId: undefined, cloudWatchLogsLogGroupArn: undefined } as object });
    expect(
      [
        'kmsKeyId',
        'key',
        'cloudWatchLogsLogGroupArn',
        'logGroup',
        's3KeyPrefix',
        'snsTopicArn',
        'latestDeliveryError',
      ].map((field) => at(it, field)),
    ).toEqual(Array.from({ length: 7 }, () => 'absent'));
    expect(at(it, 'delivery.cloudWatchLogs.isConfigured')).toBe(false);
  });

  test('AWS describes it and then told no status: nothing is known of that', () => {
    const view = buildView(anInventory({ trails: [aTrail({ status: absent })] }));
    const it = targetOf(view, 'trail');
    expect([at(it, 'isLogging'), at(it, 'delivery.logs.quietSince')]).toEqual([
      { unknown: [expect.any(String)] },
      { unknown: [expect.any(String)] },
    ]);
    expect(view.gaps()).toMatchObject([{ call: 'cloudtrail:GetTrailStatus', resource: trailArn(), reason: 'error' }]);
  });

  test('its destinations, found by what it names', () => {
    const it = trail({ description: { kmsKeyId: aliasArn } }, { keys: [aKey({ names: [keyArn(), aliasArn] })] });
    expect([at(it, 'bucket'), at(it, 'key'), at(it, 'logGroup'), at(it, 'missingDestinations')]).toEqual([
      'trail-logs',
      keyArn(),
      logGroupArn(),
      [],
    ]);
  });

  test('destinations that do not exist', () => {
    const it = trail(
      {},
      {
        buckets: [aBucket({ owner: absent })],
        keys: [aKey({ metadata: absent })],
        logGroups: [aLogGroup({ details: absent })],
      },
    );
    expect([at(it, 'bucket'), at(it, 'key'), at(it, 'logGroup')]).toEqual(['absent', 'absent', 'absent']);
    expect(at(it, 'missingDestinations')).toEqual(['trail-logs', keyArn(), logGroupArn()]);
  });

  test('destinations that could not be read', () => {
    const it = trail(
      {},
      {
        buckets: [aBucket({ owner: unknown('b') })],
        keys: [aKey({ metadata: unknown('k') })],
        logGroups: [aLogGroup({ details: unknown('l') })],
      },
    );
    expect([at(it, 'bucket'), at(it, 'key'), at(it, 'logGroup')]).toEqual([
      { unknown: ['b'] },
      { unknown: ['k'] },
      { unknown: ['l'] },
    ]);
    expect(at(it, 'missingDestinations'), 'it delivers there').toEqual([]);
  });

  test('a value newer than this program is passed on', () => {
    const basic = [
      {
        readWriteType: 'Everything',
        includeManagementEvents: true,
        excludeManagementEventSources: [],
        dataResources: [],
      },
    ];
    expect(at(trail({ eventSelectors: { basic } }), 'eventSelectors.0.readWriteType')).toBe('Everything');
  });

  test('the conditions of a selector are open where one is newer than this program', () => {
    const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
    const fieldSelectors = [{ ...none, field: 'eventName', equals: ['PutObject'], unsupported: ['Contains'] }];
    const it = trail({ eventSelectors: { basic: [], advanced: [{ fieldSelectors, unsupported: ['Sampling'] }] } });
    expect(at(it, 'advancedEventSelectors.0.fieldSelectors')).toMatchObject({ rest: [expect.any(String)] });
  });

  test('what decides on a trail is the trail', () => {
    const it = trail({});
    expect(it.cause?.('isLogging')).toEqual({ targetType: 'trail', id: trailArn(), field: 'isLogging' });
    expect(at(it, 'delivery.logs.isConfigured')).toBe(true);
  });
});

describe('a log bucket', () => {
  const bucket = (it: Partial<Bucket>, inventory: Partial<Inventory> = {}) =>
    targetOf(buildView(anInventory({ ...inventory, buckets: [aBucket(it)] })), 'log-bucket');

  test('of an unknown owner', () => {
    const it = bucket({ owner: unknown('o') });
    for (const field of ['accountId', 'region', 'versioning', 'objectLock', 'isPublic', 'lifecycleRules', 'key'])
      expect(at(it, field)).toEqual({ unknown: ['o'] });
    expect([at(it, 'locks'), at(it, 'retention.days')]).toEqual([{ known: [], rest: ['o'] }, { unknown: ['o'] }]);
    expect([at(it, 'name'), at(it, 'trails')]).toEqual(['trail-logs', [trailArn()]]);
  });

  test('of which nothing is set', () => {
    const it = bucket({
      objectLock: absent,
      encryption: absent,
      accessLogging: absent,
      objectOwnership: absent,
      publicAccessBlock: absent,
      policy: absent,
      policyStatus: absent,
    });
    expect(
      [
        'objectLockEnabled',
        'objectLock',
        'encryption',
        'key',
        'accessLogging',
        'objectOwnership',
        'publicAccessBlock.restrictPublicBuckets',
        'effectivePublicAccessBlock.restrictPublicBuckets',
      ].map((field) => at(it, field)),
    ).toEqual([false, 'absent', 'absent', 'absent', 'absent', 'ObjectWriter', false, true]);
    expect([at(it, 'locks'), at(it, 'isPublic'), at(it, 'retention.days')]).toEqual([[], false, 'absent']);
  });

  test('Object Lock without a default retention keeps nothing', () => {
    const it = bucket({ objectLock: known({ enabled: true }) });
    expect([at(it, 'objectLockEnabled'), at(it, 'objectLock'), at(it, 'locks')]).toEqual([true, 'absent', []]);
  });

  test('the account that owns it closes it', () => {
    const open = { publicAccessBlock: absent, policyStatus: known({ isPublic: true }) };
    const owner = (publicAccessBlock: typeof allBlocked | typeof nothingBlocked) => ({
      accounts: [anAccount({ id: MANAGEMENT, publicAccessBlock: known(publicAccessBlock) })],
    });
    expect(at(bucket(open, owner(allBlocked)), 'isPublic')).toBe(false);
    expect(at(bucket(open, owner(nothingBlocked)), 'isPublic')).toBe(true);
    expect(at(bucket(open, owner(nothingBlocked)), 'publicAccess.0.statement')).toBe('the bucket policy');
  });

  test('an owner of which nothing was read leaves open what its account blocks', () => {
    const open = {
      publicAccessBlock: absent,
      policyStatus: known({ isPublic: true }),
      owner: known({ accountId: '999999999999', region: REGION }),
    };
    const view = buildView(anInventory({ buckets: [aBucket(open)] }));
    expect(at(targetOf(view, 'log-bucket'), 'isPublic')).toEqual({ unknown: [expect.any(String)] });
    expect(view.gaps()).toMatchObject([{ call: 's3control:GetPublicAccessBlock', accountId: '999999999999' }]);
  });

  test('buckets that it names and that are gone are found to be so', () => {
    const gone = aBucket({ name: 'gone', owner: absent });
    const names = {
      accessLogging: known({ targetBucket: 'gone', targetPrefix: '' }),
      replication: known([{ isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: gone.arn }]),
      objectLock: absent,
      policy: absent,
    };
    const it = targetOf(buildView(anInventory({ buckets: [aBucket(names), gone] })), 'log-bucket');
    expect(at(it, 'accessLogProblem')).toBe('bucket gone does not exist');
    expect(at(it, 'locks')).toEqual([]);
  });

  test('a rule that moves logs on a date moves them at once', () => {
    const rule = { id: 'r', isEnabled: true, prefix: '', requiresTags: false };
    const onDate = { ...rule, transitions: [{ storageClass: 'GLACIER', days: 0 }] };
    const it = bucket({ lifecycleRules: known([onDate, { ...rule, transitionDays: 30 }]) });
    const shown = [0, 1].map((index) => at(it, `lifecycleRules.${String(index)}.transitionDays`));
    expect(shown).toEqual([0, 30]);
  });

  const notKnown = { unknown: [expect.any(String)] };

  test('an inventory of an earlier version does not tell where a rule moves logs', () => {
    const rule = { id: 'r', isEnabled: true, prefix: '', requiresTags: false };
    const unrecorded = { ...rule, transitions: [{ storageClass: '', days: 7 }] };
    const it = bucket({ lifecycleRules: known([{ ...rule, transitionDays: 30 }, rule, unrecorded]) });
    const shown = ['0.transitions', '1.transitions', '2.transitions.0.days', '2.transitions.0.storageClass'];
    expect(shown.map((path) => at(it, `lifecycleRules.${path}`))).toEqual([notKnown, [], 7, notKnown]);
  });

  test('nor which access points there are, or whether they block public access', () => {
    expect(at(bucket({}), 'accessPoints')).toEqual(notKnown);
    const arn = 'arn:aws:s3:eu-central-1:111122223333:accesspoint/audit';
    const point = { arn, networkOrigin: 'Internet', policyStatus: absent, restrictsPublic: known(true) };
    const it = bucket({ accessPoints: known([point]) });
    expect(at(it, 'accessPoints.0.isMultiRegion')).toBe(false);
    expect(at(it, 'accessPoints.0.blocksPublicAccess')).toEqual(notKnown);
  });

  test('rules count on the prefix of the trails that deliver there', () => {
    const lifecycleRules = known([
      { id: 'r', isEnabled: true, prefix: 'logs/', expirationDays: 30, requiresTags: false },
    ]);
    expect(at(bucket({ lifecycleRules }), 'retention.days')).toBe('absent');
    const trails = [aTrail({ description: { s3KeyPrefix: 'logs' } })];
    expect(at(bucket({ lifecycleRules }, { trails }), 'retention.days')).toBe(30);
    expect(
      at(
        bucket({ lifecycleRules }, { trails: [aTrail(), aTrail({ name: 'x', description: unknown('d') })] }),
        'retention.days',
      ),
    ).toEqual({ unknown: ['d'] });
  });

  test('replicas: enabled rules only', () => {
    const rule = {
      isEnabled: true,
      prefix: '',
      requiresTags: false,
      destinationBucketArn: 'arn:aws:s3:::replica',
      replicatesKmsEncrypted: true,
    };
    const it = bucket({
      replication: known([
        { ...rule, isEnabled: false },
        rule,
        { ...rule, prefix: 'x/', destinationAccountId: MEMBER },
        { ...rule, destinationAccountId: MANAGEMENT },
      ]),
    });
    const shown = [0, 1, 2].map((index) => [
      at(it, `replication.${index}.isOtherAccount`),
      at(it, `replication.${index}.coversLogs`),
    ]);
    expect(shown).toEqual([
      ['absent', true],
      [true, false],
      [false, true],
    ]);
  });

  test('where a replica lives: as it was read, else as a log bucket of that name tells', () => {
    const rule = { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::z-replica' };
    const regionOf = (destinationRegion: Known<string> | undefined, buckets: readonly Bucket[] = []) => {
      const told = destinationRegion === undefined ? rule : { ...rule, destinationRegion };
      const inventory = anInventory({ buckets: [aBucket({ replication: known([told]) }), ...buckets] });
      return at(targetOf(buildView(inventory), 'log-bucket'), 'replication.0.destinationRegion');
    };
    const replica = aBucket({
      name: 'z-replica',
      arn: rule.destinationBucketArn,
      owner: known({ accountId: MEMBER, region: 'eu-west-1' }),
    });
    expect(regionOf(known('eu-west-3'), [replica])).toBe('eu-west-3');
    expect(regionOf(absent)).toBe('absent');
    expect(regionOf(unknown('d'), [replica])).toEqual({ unknown: ['d'] });
    expect(regionOf(undefined, [replica])).toBe('eu-west-1');
    expect(regionOf(undefined)).toEqual({ unknown: [expect.any(String)] });
  });

  test('its trails, and those that may be', () => {
    const trails = [
      aTrail(),
      aTrail({ name: 'a', description: { s3BucketName: 'other' } }),
      aTrail({ name: 'x', description: unknown('d') }),
    ];
    expect(at(bucket({}, { trails }), 'trails')).toEqual({ known: [trailArn()], doubtful: [[trailArn('x'), ['d']]] });
  });

  test('a key named by alias is one of the account and Region of the bucket', () => {
    const encryption = known({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'alias/logs', bucketKeyEnabled: true });
    const there = aKey({ names: [keyArn(), 'alias/logs'] });
    const elsewhere = aKey({ arn: keyArn('logs', MEMBER), names: ['alias/logs'] });
    expect(at(bucket({ encryption }, { keys: [there, elsewhere] }), 'key')).toBe(keyArn());
    expect(at(bucket({ encryption }, { keys: [elsewhere] }), 'key')).toEqual({ unknown: [expect.any(String)] });
  });
});

describe('a key', () => {
  const key = (inventory: Partial<Inventory>) => targetOf(buildView(anInventory(inventory)), 'kms-key');

  test('what it encrypts', () => {
    const it = key({
      trails: [
        aTrail(),
        aTrail({ name: 'other', description: { kmsKeyId: keyArn('other') } }),
        aTrail({ name: 'x', description: unknown('d') }),
      ],
      eventDataStores: [anEventDataStore({ details: { kmsKeyId: keyArn() } }), anEventDataStore({ id: 'plain' })],
      buckets: [
        aBucket(),
        aBucket({ name: 'plain', encryption: absent }),
        aBucket({ name: 'secret', encryption: unknown('e') }),
        aBucket({ name: 'strange', owner: unknown('o') }),
      ],
      logGroups: [aLogGroup({ details: { kmsKeyId: keyArn() } }), aLogGroup({ arn: logGroupArn('plain') })],
    });
    expect(at(it, 'trails')).toEqual({ known: [trailArn()], doubtful: [[trailArn('x'), ['d']]] });
    expect(at(it, 'eventDataStores')).toEqual([`arn:aws:cloudtrail:${REGION}:${MANAGEMENT}:eventdatastore/lake`]);
    expect(at(it, 'buckets')).toEqual({
      known: ['trail-logs'],
      doubtful: [
        ['secret', ['e']],
        ['strange', ['o']],
      ],
    });
    expect(at(it, 'logGroups')).toEqual([logGroupArn()]);
  });

  test('its state and rotation', () => {
    const it = key({
      keys: [aKey({ metadata: { keyState: 'PendingDeletion', deletionDate: NOW }, rotation: absent })],
    });
    expect([
      at(it, 'keyState'),
      at(it, 'deletionDate'),
      at(it, 'keyRotationEnabled'),
      at(it, 'rotationPeriodInDays'),
    ]).toEqual(['PendingDeletion', NOW, 'absent', 'absent']);
    const unread = key({ keys: [aKey({ metadata: unknown('m'), rotation: unknown('r') })] });
    expect([at(unread, 'arn'), at(unread, 'keyState'), at(unread, 'keyRotationEnabled')]).toEqual([
      keyArn(),
      { unknown: ['m'] },
      { unknown: ['r'] },
    ]);
  });
});

test('a log group', () => {
  const view = buildView(
    anInventory({ logGroups: [aLogGroup({ details: { retentionInDays: 30, kmsKeyId: keyArn() } })] }),
  );
  const it = targetOf(view, 'log-group');
  expect(['retentionInDays', 'key', 'deletionProtectionEnabled', 'trails'].map((field) => at(it, field))).toEqual([
    30,
    keyArn(),
    'absent',
    [trailArn()],
  ]);
});

test('an event data store that could not be read', () => {
  const it = targetOf(
    buildView(anInventory({ eventDataStores: [anEventDataStore({ details: unknown('eds') })] })),
    'event-data-store',
  );
  expect(['status', 'kmsKeyId', 'key', 'advancedEventSelectors'].map((field) => at(it, field))).toEqual(
    Array.from({ length: 4 }, () => ({ unknown: ['eds'] })),
  );
  expect(at(it, 'accounts')).toEqual({ known: [MANAGEMENT], doubtful: [[MEMBER, ['eds']]] });
});

test('what AWS added to its lists since tells nothing of what it means', () => {
  const view = buildView(
    anInventory({
      logGroups: [aLogGroup({ details: { logGroupClass: 'FROZEN' } })],
      eventDataStores: [anEventDataStore({ details: { status: 'RESTING' } })],
      keys: [aKey({ metadata: { keyState: 'Dreaming' } })],
    }),
  );
  const values = [
    at(targetOf(view, 'log-group'), 'logGroupClass'),
    at(targetOf(view, 'event-data-store'), 'status'),
    at(targetOf(view, 'kms-key'), 'keyState'),
  ];
  expect(values).toEqual(values.map(() => ({ unknown: [expect.stringMatching(/./)] })));
  expect(view.gaps().map((it) => it.message)).toEqual(
    expect.arrayContaining([expect.stringContaining('RESTING, which this version of Trailproof does not know')]),
  );
});

test('an object is one, by whatever way it is reached, and computes a field once', () => {
  const view = buildView(anInventory());
  const trail = targetOf(view, 'trail');
  const bucket = trail.get('bucket');
  expect(bucket).toBe(targetOf(view, 'log-bucket'));
  expect(trail.get('coverage')).toBe(trail.get('coverage'));
});
