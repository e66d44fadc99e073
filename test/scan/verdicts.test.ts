import { describe, expect, test } from 'vitest';
import { aBucket, aKey, anEventDataStore, aStatus, type World, type WorldAccount } from '../support/fake-aws/index.js';
import { findings, notKnown, outcomeOf, scanWorld } from '../support/scan-world.js';
import {
  anOrganizationWithATrail,
  anOwnTrail,
  archiveBucket,
  dev,
  joined,
  logArchive,
  management,
  prod,
  type OrganizationParts,
} from '../support/worlds.js';

/** What every world below has in common: no S3 data events, no Object Lock, no access logs of the log bucket. */
const usual = [
  `account-records-s3-read-events ${management}`,
  `account-records-s3-write-events ${management}`,
  `log-bucket-is-locked ${archiveBucket}`,
  `log-bucket-logs-access ${archiveBucket}`,
];

const delivering = aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() });

/** The well-kept organization: what is not said here is as it should be. */
function organization(parts: OrganizationParts = {}): World {
  return anOrganizationWithATrail({ ...parts, trail: { status: delivering, ...parts.trail } });
}

async function findingsBesideUsual(world: World): Promise<string[]> {
  const { results } = await scanWorld(world);
  expect(notKnown(results)).toEqual([]);
  return findings(results).filter((it) => !usual.includes(it));
}

test('the well-kept organization has only the usual findings, one a cause', async () => {
  const { results } = await scanWorld(organization());
  expect(findings(results)).toEqual(usual);
  expect(notKnown(results)).toEqual([]);
  expect(results.coverage.accounts).toEqual({ listed: 4, evaluated: 4, outOfScope: [], unreadable: [] });
});

describe('one defect of the organization trail is one finding', () => {
  test.each<[string, OrganizationParts, string[]]>([
    [
      'stopped',
      { trail: { status: aStatus({ IsLogging: false }), inMembers: stoppedInMembers() } },
      ['trail-is-logging organization'],
    ],
    ['without validation', { trail: { LogFileValidationEnabled: false } }, ['trail-validates-log-files organization']],
    ['without a key', { trail: { KmsKeyId: undefined }, keys: [] }, ['trail-encrypts-with-kms organization']],
    [
      'without a log group',
      { trail: { CloudWatchLogsLogGroupArn: undefined, CloudWatchLogsRoleArn: undefined }, logGroups: [] },
      ['trail-sends-to-cloudwatch-logs organization'],
    ],
    [
      'silent towards CloudWatch Logs for two days',
      { trail: { status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date(Date.now() - 48 * 3_600_000) }) } },
      ['trail-sends-to-cloudwatch-logs organization'],
    ],
    [
      'recording only writes',
      { trail: { eventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] } },
      [`account-records-management-events ${management}`],
    ],
    [
      'leaving out KMS',
      {
        trail: {
          eventSelectors: [
            {
              ReadWriteType: 'All',
              IncludeManagementEvents: true,
              ExcludeManagementEventSources: ['kms.amazonaws.com'],
            },
          ],
        },
      },
      [`account-records-management-events ${management}`],
    ],
    ['an unversioned bucket', { bucket: { versioning: null } }, [`log-bucket-is-versioned ${archiveBucket}`]],
    [
      'a bucket that drops logs after 30 days',
      { bucket: { lifecycle: [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } }] } },
      [`log-bucket-retains-logs ${archiveBucket}`],
    ],
    [
      'a public bucket',
      {
        bucket: {
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'All',
                Effect: 'Allow',
                Principal: '*',
                Action: 's3:GetObject',
                Resource: `arn:aws:s3:::${archiveBucket}/*`,
              },
            ],
          }),
          policyIsPublic: true,
          publicAccessBlock: null,
        },
      },
      [`log-bucket-is-not-public ${archiveBucket}`],
    ],
  ])('%s', async (_, parts, expected) => {
    expect(await findingsBesideUsual(organization(parts))).toEqual(expected);
  });

  test('a key that waits for its deletion', async () => {
    const key = aKey({ accountId: logArchive, KeyState: 'PendingDeletion' });
    const found = await findingsBesideUsual(organization({ keys: [key] }));
    expect(found).toEqual([`kms-key-is-usable ${key.arn}`]);
  });

  test('a key that does not rotate', async () => {
    const key = aKey({ accountId: logArchive });
    expect(await findingsBesideUsual(organization({ keys: [key] }))).toEqual([`kms-key-rotates ${key.arn}`]);
  });
});

function stoppedInMembers() {
  return Object.fromEntries([logArchive, prod, dev].map((id) => [id, aStatus({ IsLogging: false })]));
}

describe('selectors', () => {
  const recording = (trail: OrganizationParts['trail']) => findingsBesideUsual(organization({ trail: trail ?? {} }));

  test('read-only and write-only selectors add up', async () => {
    const eventSelectors = ['ReadOnly', 'WriteOnly'].map((ReadWriteType) => ({
      ReadWriteType: ReadWriteType as 'ReadOnly' | 'WriteOnly',
      IncludeManagementEvents: true,
    }));
    expect(await recording({ eventSelectors })).toEqual([]);
  });

  test('an exclusion of one selector is made good by another', async () => {
    const eventSelectors = [
      {
        ReadWriteType: 'All' as const,
        IncludeManagementEvents: true,
        ExcludeManagementEventSources: ['kms.amazonaws.com'],
      },
      { ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: true },
    ];
    const { results } = await scanWorld(organization({ trail: { eventSelectors } }));
    const reasons = results.evaluations.find(
      (it) => it.policyId === 'account-records-management-events' && it.target.id === management,
    )?.reasons;
    expect(reasons?.map((it) => it.assert)).toEqual(['reads']);
  });

  test.each(['eventName', 'userIdentity.arn', 'resources.ARN', 'sessionCredentialFromConsole'])(
    'an advanced selector narrowed by %s is not full',
    async (Field) => {
      const advancedEventSelectors = [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field, Equals: ['x'] },
          ],
        },
      ];
      expect(await recording({ advancedEventSelectors })).toContain(`account-records-management-events ${management}`);
    },
  );

  test.each([
    ['arn:aws:s3', true],
    ['arn:aws:s3:::', true],
    ['arn:aws:s3:::prod-', false],
    ['arn:aws-cn:s3:::', false],
    ['arn:aws:s3:::*', false],
  ])('S3 object events of %s are all of them: %s', async (value, isAll) => {
    const eventSelectors = [
      {
        ReadWriteType: 'All' as const,
        IncludeManagementEvents: true,
        DataResources: [{ Type: 'AWS::S3::Object', Values: [value] }],
      },
    ];
    const { results } = await scanWorld(organization({ trail: { eventSelectors } }));
    for (const policy of ['account-records-s3-read-events', 'account-records-s3-write-events']) {
      for (const account of [management, logArchive, prod, dev]) {
        expect(outcomeOf(results, policy, account)).toBe(isAll ? 'COMPLIANT' : 'NON_COMPLIANT');
      }
    }
  });

  test.each([
    [`arn:aws:s3:::${archiveBucket}/`, 'COMPLIANT'],
    // Hides every bucket whose name only begins so.
    [`arn:aws:s3:::${archiveBucket}`, 'NON_COMPLIANT'],
    ['arn:aws:s3:::another-bucket/', 'NON_COMPLIANT'],
  ])('all S3 objects but those of %s: %s', async (prefix, outcome) => {
    const advancedEventSelectors = [
      { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      {
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          { Field: 'resources.ARN', NotStartsWith: [prefix] },
        ],
      },
    ];
    const { results } = await scanWorld(organization({ trail: { advancedEventSelectors } }));
    expect(outcomeOf(results, 'account-records-s3-write-events', prod)).toBe(outcome);
  });
});

describe('credit', () => {
  test('a member that does not see the organization trail is found, once for the organization', async () => {
    const { results } = await scanWorld(organization({ trail: { inMembers: { [dev]: 'not-there' } } }));
    expect(findings(results).filter((it) => !usual.includes(it))).toEqual([
      'organization-trail-covers-every-account o-exampleorg1',
    ]);
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'account-has-multi-region-trail', dev)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('COMPLIANT');
  });

  test('a member that joined five hours ago is not held against the organization, yet it records nothing', async () => {
    const world = organization({
      trail: { inMembers: { [dev]: 'not-there' } },
      devAccount: { joinedAt: new Date(Date.now() - 5 * 3_600_000) },
    });
    const { results } = await scanWorld(world);
    expect(outcomeOf(results, 'organization-trail-covers-every-account', 'o-exampleorg1')).toBe('COMPLIANT');
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('NON_COMPLIANT');
  });

  test('an account that could not be entered is not known, whatever the organization has', async () => {
    const { results } = await scanWorld(organization({ devAccount: { roles: [] } }));
    for (const policy of ['account-records-management-events', 'account-has-multi-region-trail']) {
      expect(outcomeOf(results, policy, dev)).toBe('INSUFFICIENT_DATA');
      expect(outcomeOf(results, policy, prod)).toBe('COMPLIANT');
    }
    expect(results.coverage.accounts.unreadable.map((it) => it.id)).toEqual([dev]);
  });

  test('a home Region that a member has not enabled records nothing there', async () => {
    const world = organization({ trail: { HomeRegion: 'ap-southeast-3' } });
    const enabling = (account: WorldAccount): WorldAccount => ({
      ...account,
      optInRegions: { 'ap-southeast-3': 'ENABLED' },
    });
    const accounts = world.accounts.map((account) => (account.id === dev ? account : enabling(account)));
    const { results } = await scanWorld({ ...world, accounts });
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('COMPLIANT');
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('NON_COMPLIANT');
  });
});

describe('trails of one account', () => {
  const alone = (trail: Parameters<typeof anOwnTrail>[1], others: Partial<World> = {}): World =>
    joined({ ...organization({ trails: [], keys: [], logGroups: [], buckets: [] }) }, anOwnTrail(prod, trail), others);

  test('a single-Region trail loses the other Regions', async () => {
    const { results } = await scanWorld(alone({ IsMultiRegionTrail: false }));
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'account-has-multi-region-trail', prod)).toBe('NON_COMPLIANT');
  });

  test('a stopped trail with perfect selectors records nothing', async () => {
    const { results } = await scanWorld(alone({ status: aStatus({ IsLogging: false }) }));
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'trail-delivers-without-error', 'own')).toBe('NOT_APPLICABLE');
  });

  test('a trail that has not delivered for a week records nothing that lasts', async () => {
    const status = aStatus({
      LatestDeliveryError: 'AccessDenied',
      LatestDeliveryTime: new Date(Date.now() - 7 * 86_400_000),
    });
    const { results } = await scanWorld(alone({ status }));
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'trail-delivers-without-error', 'own')).toBe('NON_COMPLIANT');
  });

  test('two trails that split reads and writes add up', async () => {
    const half = (name: string, ReadWriteType: 'ReadOnly' | 'WriteOnly') =>
      anOwnTrail(prod, { Name: name, eventSelectors: [{ ReadWriteType, IncludeManagementEvents: true }] });
    const reads = half('reads', 'ReadOnly');
    const { results } = await scanWorld(
      joined(organization({ trails: [], keys: [], logGroups: [], buckets: [] }), reads, {
        trails: half('writes', 'WriteOnly').trails,
      }),
    );
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('COMPLIANT');
  });

  test('an event data store of the organization records as well, but is no trail', async () => {
    const { results } = await scanWorld(
      organization({
        trails: [],
        buckets: [],
        keys: [],
        logGroups: [],
        eventDataStores: [anEventDataStore({ OrganizationEnabled: true })],
      }),
    );
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('COMPLIANT');
    expect(outcomeOf(results, 'account-has-multi-region-trail', prod)).toBe('NON_COMPLIANT');
  });

  test('a member that sees the organization trail and has its own, broken one is still covered', async () => {
    const own = anOwnTrail(prod, { status: aStatus({ IsLogging: false }) });
    const { results } = await scanWorld(joined(organization(), own));
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('COMPLIANT');
    expect(outcomeOf(results, 'trail-is-logging', 'own')).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'trail-is-logging', 'organization')).toBe('COMPLIANT');
  });

  test('a bucket that is gone is a finding on its trail, and no target', async () => {
    const own = { ...anOwnTrail(prod), buckets: [] };
    const { results } = await scanWorld(joined(organization(), own));
    expect(outcomeOf(results, 'trail-delivers-without-error', 'own')).toBe('NON_COMPLIANT');
    expect(results.evaluations.filter((it) => it.target.id.includes(`logs-of-${prod}`))).toEqual([]);
  });

  test('a bucket of a stranger is one finding, and no foreign account is asked for it', async () => {
    const own = { ...anOwnTrail(prod), buckets: [aBucket({ name: `logs-of-${prod}`, accountId: '999988887777' })] };
    const world = joined(organization(), own);
    const stranger = {
      ...world.accounts[0],
      id: '999988887777',
      name: 'stranger',
      parent: null,
      roles: [],
    } as World['accounts'][number];
    const { results } = await scanWorld({ ...world, accounts: [...world.accounts, stranger] });
    expect(notKnown(results).filter((it) => it.startsWith('log-bucket'))).toEqual([]);
    const theirs = results.evaluations.filter((it) => it.target.name === `logs-of-${prod}`);
    expect(theirs.filter((it) => it.outcome === 'NON_COMPLIANT').map((it) => it.policyId)).toEqual([
      'logs-stay-in-the-organization',
    ]);
    const others = theirs.filter((it) => it.policyId !== 'logs-stay-in-the-organization');
    expect([...new Set(others.map((it) => it.outcome))]).toEqual(['NOT_APPLICABLE']);
    expect(outcomeOf(results, 'trail-delivers-without-error', 'own')).toBe('COMPLIANT');
  });
});

test('without an organization one account is judged alone', async () => {
  const world = joined(
    { ...organization({ trails: [], buckets: [], keys: [], logGroups: [] }), organization: null },
    anOwnTrail(management),
  );
  const { results } = await scanWorld({ ...world, accounts: world.accounts.filter((it) => it.id === management) });
  expect(results.organization).toBeNull();
  expect(outcomeOf(results, 'account-records-management-events', management)).toBe('COMPLIANT');
  expect(results.evaluations.some((it) => it.policyId === 'organization-trail-covers-every-account')).toBe(false);
});
