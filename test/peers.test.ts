import { afterEach, describe, expect, test } from 'vitest';
import { evaluate } from '../src/evaluate/index.js';
import { loadPolicies } from '../src/index.js';
import type { AdvancedEventSelector, EventSelector, Inventory } from '../src/model/inventory.js';
import type { Results } from '../src/model/results.js';
import {
  aBucket,
  absent,
  aGap,
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  known,
  MANAGEMENT as account,
  MEMBER as member,
  nothingBlocked,
  NOW,
  REGION,
  trailArn,
  unknown,
  type TrailParts,
} from './support/inventory-builders.js';

// What checkers that are in use answered wrongly, as their sources and their users' reports tell, each with the right
// answer: Prowler (P), ScoutSuite (S), CloudSploit (C), Steampipe's mod (M) and Cloud Custodian (N). Alarms are in
// peers-alarms.test.ts. Left out is what only one that reads code, maps controls or calls AWS as they do can get wrong.

const { policies } = loadPolicies({ packs: ['core', 'baseline', 'regulated', 'cis-1.4'] });

function judge(inventory: Inventory, ...ids: readonly string[]): Results {
  const asked = policies.filter(({ id }) => ids.includes(id));
  return evaluate(inventory, asked, { startedAt: NOW, finishedAt: NOW, version: '0.0.0-test' });
}

/** What a policy says of a target that is found: of the first one, where none is named. */
function outcomeOf(parts: Partial<Inventory> | Results, policyId: string, target?: string): string | undefined {
  const { evaluations } = 'evaluations' in parts ? parts : judge(alone(parts), policyId);
  return evaluations.find((it) => it.policyId === policyId && (target === undefined || it.target.id === target))
    ?.outcome;
}

/** An account by itself, with the trails that are given. */
function alone(parts: Partial<Inventory>): Inventory {
  return anInventory({ organization: null, accounts: [anAccount({ id: account })], ...parts });
}

function ownTrail({ description = {}, ...parts }: TrailParts = {}) {
  const own = 'state' in description ? description : { isOrganizationTrail: false, ...description };
  return aTrail({ ...parts, description: own });
}

function basic(parts: Partial<EventSelector>): EventSelector {
  return {
    readWriteType: 'All',
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    dataResources: [],
    ...parts,
  };
}

type Fields = Readonly<Record<string, Partial<AdvancedEventSelector['fieldSelectors'][number]>>>;

function advanced(fields: Fields, name?: string): AdvancedEventSelector {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return {
    ...(name === undefined ? {} : { name }),
    fieldSelectors: Object.entries(fields).map(([field, conditions]) => Object.assign({ field }, none, conditions)),
  };
}

const management = { eventCategory: { equals: ['Management'] } };
const objects = { eventCategory: { equals: ['Data'] }, 'resources.type': { equals: ['AWS::S3::Object'] } };

function selecting(...selectors: readonly (EventSelector | AdvancedEventSelector)[]): TrailParts {
  return {
    eventSelectors: {
      basic: selectors.flatMap((it) => ('fieldSelectors' in it ? [] : [it])),
      advanced: selectors.flatMap((it) => ('fieldSelectors' in it ? [it] : [])),
    },
  };
}

const s3 = (...values: readonly string[]) => ({ type: 'AWS::S3::Object', values });
const functions = { type: 'AWS::Lambda::Function', values: ['arn:aws:lambda'] };
const managed = 'account-records-management-events';
const [reads, writes] = ['account-records-s3-read-events', 'account-records-s3-write-events'] as const;

const timeZone = process.env['TZ'];
afterEach(() => {
  if (timeZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = timeZone;
});

describe('event selectors', () => {
  test.each<[string, string, string, readonly TrailParts[]]>([
    ['P1 names of selectors mean nothing', managed, 'COMPLIANT', [selecting(advanced(management, 'whatever'))]],
    [
      'P1 a data selector with the name of the console for management events selects none',
      managed,
      'NON_COMPLIANT',
      [selecting(advanced(objects, 'Management events selector'))],
    ],
    [
      'P2 S1 reads and writes of two selectors add up',
      managed,
      'COMPLIANT',
      [selecting(basic({ readWriteType: 'ReadOnly' }), basic({ readWriteType: 'WriteOnly' }))],
    ],
    [
      'P2 S7 M11 those of two trails add up',
      managed,
      'COMPLIANT',
      [
        { name: 'reads', ...selecting(basic({ readWriteType: 'ReadOnly' })) },
        { name: 'writes', ...selecting(basic({ readWriteType: 'WriteOnly' })) },
      ],
    ],
    [
      'P2 S7 events of KMS that are left out are missed',
      managed,
      'NON_COMPLIANT',
      [selecting(basic({ excludeManagementEventSources: ['kms.amazonaws.com'] }))],
    ],
    [
      'P2 also by an advanced selector',
      managed,
      'NON_COMPLIANT',
      [selecting(advanced({ ...management, eventSource: { notEquals: ['kms.amazonaws.com'] } }))],
    ],
    [
      'P2 S7 they are not where another trail has them',
      managed,
      'COMPLIANT',
      [
        { name: 'all-but-kms', ...selecting(basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })) },
        { name: 'all-but-data-api', ...selecting(basic({ excludeManagementEventSources: ['rdsdata.amazonaws.com'] })) },
      ],
    ],
    ['P3 all objects', reads, 'COMPLIANT', [selecting(advanced(objects))]],
    [
      'P3 writes are no reads',
      reads,
      'NON_COMPLIANT',
      [selecting(advanced({ ...objects, readOnly: { equals: ['false'] } }))],
    ],
    [
      'P3 and no writes are missed then',
      writes,
      'COMPLIANT',
      [selecting(advanced({ ...objects, readOnly: { equals: ['false'] } }))],
    ],
    [
      'P3 one bucket is not all',
      reads,
      'NON_COMPLIANT',
      [selecting(advanced({ ...objects, 'resources.ARN': { startsWith: ['arn:aws:s3:::one/'] } }))],
    ],
    [
      'P3 one event is not all',
      reads,
      'NON_COMPLIANT',
      [selecting(advanced({ ...objects, eventName: { equals: ['GetObject'] } }))],
    ],
    [
      'P4 a stopped trail records nothing',
      reads,
      'NON_COMPLIANT',
      [{ ...selecting(advanced(objects)), status: { isLogging: false } }],
    ],
    [
      'P4 a trail of one Region records one Region',
      reads,
      'NON_COMPLIANT',
      [{ ...selecting(advanced(objects)), description: { isMultiRegionTrail: false } }],
    ],
    [
      'P4 an asterisk is a character like others',
      reads,
      'NON_COMPLIANT',
      [selecting(basic({ dataResources: [s3('arn:aws:s3:::*/*')] }))],
    ],
    [
      'P15 trails of one Region that write data events cover no account',
      'account-has-multi-region-trail',
      'NON_COMPLIANT',
      [{ description: { isMultiRegionTrail: false }, ...selecting(advanced(objects)) }],
    ],
    [
      'S2 M1 N5 advanced selectors are read',
      writes,
      'COMPLIANT',
      [selecting(advanced(management), advanced({ ...objects, 'resources.ARN': { startsWith: ['arn:aws:s3:::'] } }))],
    ],
    ['S3 C9 one prefix', writes, 'COMPLIANT', [selecting(basic({ dataResources: [s3('arn:aws:s3:::')] }))]],
    ['S3 and the shorter one', writes, 'COMPLIANT', [selecting(basic({ dataResources: [s3('arn:aws:s3')] }))]],
    [
      'S3 C9 and others beside it',
      writes,
      'COMPLIANT',
      [
        selecting(
          basic({
            dataResources: [s3('arn:aws:s3:::'), functions],
          }),
          basic({ dataResources: [s3('arn:aws:s3:::one/')] }),
        ),
      ],
    ],
    ['S3 functions are no objects', writes, 'NON_COMPLIANT', [selecting(basic({ dataResources: [functions] }))]],
    [
      'P18 who records only writes records invocations',
      'account-records-lambda-invocations',
      'COMPLIANT',
      [selecting(basic({ readWriteType: 'WriteOnly', dataResources: [functions] }))],
    ],
    [
      'P18 who records only reads records none',
      'account-records-lambda-invocations',
      'NON_COMPLIANT',
      [selecting(basic({ readWriteType: 'ReadOnly', dataResources: [functions] }))],
    ],
    [
      'P18 nor who is stopped',
      'account-records-lambda-invocations',
      'NON_COMPLIANT',
      [{ ...selecting(basic({ dataResources: [functions] })), status: { isLogging: false } }],
    ],
    [
      'P18 nor who records one Region',
      'account-records-lambda-invocations',
      'NON_COMPLIANT',
      [{ ...selecting(basic({ dataResources: [functions] })), description: { isMultiRegionTrail: false } }],
    ],
    [
      'M6 a folder of one bucket is no other bucket',
      writes,
      'NON_COMPLIANT',
      [selecting(basic({ dataResources: [s3('arn:aws:s3:::logs-prod/')] }))],
    ],
    [
      'M9 data events of every Region are no management events',
      managed,
      'NON_COMPLIANT',
      [selecting(advanced(objects))],
    ],
    [
      'P17 both kinds of Insights',
      'trail-has-insights',
      'NON_COMPLIANT',
      [{ insightSelectors: known([{ insightType: 'ApiCallRateInsight', eventCategories: ['Management'] }]) }],
    ],
  ])('%s', (_, policyId, outcome, trails) => {
    expect(outcomeOf({ trails: trails.map(ownTrail) }, policyId)).toBe(outcome);
  });
});

describe('what could not be read', () => {
  const gap = aGap({ id: 'g', accountId: account });

  test('P5 one trail that could not be read says nothing of another', () => {
    const trails = [ownTrail({ name: 'unread', status: unknown('g'), eventSelectors: unknown('g') }), ownTrail()];
    const results = judge(alone({ trails, gaps: [gap] }), 'trail-is-logging', managed);
    expect(outcomeOf(results, 'trail-is-logging', trailArn())).toBe('COMPLIANT');
    expect(outcomeOf(results, 'trail-is-logging', trailArn('unread'))).toBe('INSUFFICIENT_DATA');
    expect(outcomeOf(results, managed)).toBe('COMPLIANT');
  });

  test.each<[string, TrailParts]>([
    ['C5 M2 M3 the status', { status: unknown('g') }],
    ['N4 the selectors', { eventSelectors: unknown('g') }],
    ['S5 the description', { description: unknown('g') }],
  ])('%s: neither a pass nor a failure', (_, parts) => {
    expect(outcomeOf({ trails: [ownTrail(parts)], gaps: [gap] }, managed)).toBe('INSUFFICIENT_DATA');
  });

  test('P16 S5 M13 trails that could not be listed: not known, and never nothing at all', () => {
    const accounts = [anAccount({ id: account, ownTrails: unknown('g') })];
    const ids = [managed, 'account-has-multi-region-trail', 'trail-is-logging', 'trail-encrypts-with-kms'];
    const results = judge(alone({ accounts, trails: [], gaps: [gap] }), ...ids);
    for (const id of ids) {
      expect([id, outcomeOf(results, id)]).toEqual([id, 'INSUFFICIENT_DATA']);
    }
  });

  test.each<[string, Parameters<typeof aBucket>[0]]>([
    [
      'P9 P10 log-bucket-is-not-public',
      { acl: unknown('g'), publicAccessBlock: known(nothingBlocked), objectOwnership: absent },
    ],
    ['P10 log-bucket-has-mfa-delete', { versioning: unknown('g') }],
    ['P10 log-bucket-logs-access', { accessLogging: unknown('g') }],
  ])('%s is as open as what it needs', (name, parts) => {
    const accounts = [anAccount({ id: account, publicAccessBlock: known(nothingBlocked) })];
    const inventory = { trails: [ownTrail()], accounts, buckets: [aBucket(parts)], gaps: [gap] };
    expect(outcomeOf(inventory, name.split(' ').at(-1) ?? '')).toBe('INSUFFICIENT_DATA');
  });
});

describe('buckets', () => {
  const open = { publicAccessBlock: known(nothingBlocked), objectOwnership: known('ObjectWriter') };
  const group = (name: string) => ({
    grantee: `http://acs.amazonaws.com/groups/global/${name}`,
    granteeType: 'Group',
    permission: 'READ',
  });

  test.each<[string, Parameters<typeof aBucket>[0], string]>([
    ['P9 everyone, by an ACL', { ...open, acl: known([group('AllUsers')]) }, 'NON_COMPLIANT'],
    ['P9 everyone with an account, by an ACL', { ...open, acl: known([group('AuthenticatedUsers')]) }, 'NON_COMPLIANT'],
    [
      'P9 everyone, by the policy',
      {
        ...open,
        acl: known([]),
        policyStatus: known({ isPublic: true }),
        policy: known(
          '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::trail-logs/*"}}',
        ),
      },
      'NON_COMPLIANT',
    ],
    ['P9 an ACL that Block Public Access takes back', { acl: known([group('AllUsers')]) }, 'COMPLIANT'],
  ])('%s', (_, parts, outcome) => {
    const accounts = [anAccount({ id: account, publicAccessBlock: known(nothingBlocked) })];
    expect(outcomeOf({ trails: [ownTrail()], accounts, buckets: [aBucket(parts)] }, 'log-bucket-is-not-public')).toBe(
      outcome,
    );
  });

  test('C4 M10 N3 a bucket in the log archive is judged there', () => {
    const owner = known({ accountId: member, region: REGION });
    const ids = ['log-bucket-is-not-public', 'log-bucket-is-versioned', 'logs-stay-in-the-organization'];
    const results = judge(anInventory({ buckets: [aBucket({ owner })] }), ...ids);
    for (const id of ids) expect([id, outcomeOf(results, id)]).toEqual([id, 'COMPLIANT']);
  });
});

describe('delivery', () => {
  const hoursAgo = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
  const toLogs = 'trail-sends-to-cloudwatch-logs';

  test.each(['Pacific/Honolulu', 'Asia/Tokyo', 'UTC'])('P7 S4 a day is 24 hours in %s', (zone) => {
    process.env['TZ'] = zone;
    const after = (hours: number): string | undefined => {
      const status = aStatus({ latestCloudWatchLogsDeliveryTime: hoursAgo(hours) });
      return outcomeOf({ trails: [ownTrail({ status })] }, toLogs);
    };
    expect([after(16), after(23.9), after(24.1), after(31)]).toEqual([
      'COMPLIANT',
      'COMPLIANT',
      'NON_COMPLIANT',
      'NON_COMPLIANT',
    ]);
  });

  test('P8 errors of log files and digests are told', () => {
    for (const error of [{ latestDeliveryError: 'NoSuchBucket' }, { latestDigestDeliveryError: 'AccessDenied' }]) {
      expect(outcomeOf({ trails: [ownTrail({ status: aStatus(error) })] }, 'trail-delivers-without-error')).toBe(
        'NON_COMPLIANT',
      );
    }
  });

  test('S4 a trail without a log group counts as a record', () => {
    const description = { cloudWatchLogsLogGroupArn: undefined, cloudWatchLogsRoleArn: undefined };
    const status = aStatus({ latestCloudWatchLogsDeliveryTime: undefined } as object);
    // A member that is undefined is left out.
    const trail = ownTrail({ description: description as object, status, ...selecting(advanced(objects)) });
    expect(outcomeOf({ trails: [trail] }, reads)).toBe('COMPLIANT');
  });

  test('M8 log files that arrive say nothing of CloudWatch Logs', () => {
    const status = aStatus({ latestCloudWatchLogsDeliveryTime: hoursAgo(72) });
    expect(outcomeOf({ trails: [ownTrail({ status })] }, toLogs)).toBe('NON_COMPLIANT');
    expect(outcomeOf({ trails: [ownTrail({ status })] }, 'trail-delivers-without-error')).toBe('COMPLIANT');
  });

  test('C7 a trail that never began is not being delivered', () => {
    const none = { startLoggingTime: undefined, latestDeliveryTime: undefined, latestDigestDeliveryTime: undefined };
    const status = aStatus({ ...none, isLogging: false, latestCloudWatchLogsDeliveryTime: undefined } as object);
    expect(outcomeOf({ trails: [ownTrail({ status })] }, 'trail-delivers-without-error')).toBe('NOT_APPLICABLE');
    expect(outcomeOf({ trails: [ownTrail({ status })] }, managed)).toBe('NON_COMPLIANT');
  });
});

describe('trails and accounts', () => {
  test('C3 no trail is a finding', () => {
    const nothing = { trails: [], buckets: [], keys: [], logGroups: [] };
    for (const id of [managed, reads, 'account-has-multi-region-trail']) {
      expect([id, outcomeOf(nothing, id)]).toEqual([id, 'NON_COMPLIANT']);
    }
  });

  test('P14 M7 an organization trail is credited to members, and judged once', () => {
    const ids = [member, '333333333333', '444444444444'];
    const accounts = [anAccount({ id: account }), ...ids.map((id) => anAccount({ id }))];
    const { evaluations } = judge(anInventory({ accounts }), 'trail-is-logging', managed);
    const ofTrail = evaluations.filter((it) => it.policyId === 'trail-is-logging');
    expect(ofTrail.map((it) => [it.target.id, it.outcome])).toEqual([[trailArn(), 'COMPLIANT']]);
    const ofAccounts = evaluations.filter((it) => it.policyId === managed);
    expect(ofAccounts.map((it) => it.outcome)).toEqual(accounts.map(() => 'COMPLIANT'));
  });

  test('P14 what is wrong with it is one finding, not one for each member', () => {
    const accounts = [account, member, '333333333333'].map((id) => anAccount({ id }));
    const trails = [aTrail(selecting(advanced(objects)))];
    const { evaluations } = judge(anInventory({ accounts, trails }), managed);
    const found = evaluations.filter((it) => it.policyId === managed && it.outcome === 'NON_COMPLIANT');
    expect(found).toHaveLength(3);
    expect(found.filter((it) => it.causedBy === undefined)).toHaveLength(1);
  });

  test('P6 C2 M7 a multi-Region trail is one target, in whatever Region it is seen', () => {
    const regions = known(
      [REGION, 'us-east-1', 'eu-west-3'].map((name) => ({ name, optStatus: 'ENABLED_BY_DEFAULT' })),
    );
    const inventory = alone({ accounts: [anAccount({ id: account, regions })], trails: [ownTrail()] });
    expect(judge(inventory, 'trail-encrypts-with-kms').evaluations).toHaveLength(1);
  });

  test('C8 a stopped trail records nothing twice, and trails of one name are two', () => {
    const second = ownTrail({ homeRegion: 'us-east-1' });
    const stopped = ownTrail({ homeRegion: 'us-east-1', status: { isLogging: false } });
    const id = 'management-events-are-recorded-once';
    const outcomes = (trails: Inventory['trails']): readonly string[] =>
      judge(alone({ trails }), id).evaluations.map((it) => it.outcome);
    expect(outcomes([ownTrail(), stopped])).not.toContain('NON_COMPLIANT');
    expect(outcomes([ownTrail(), second])).toContain('NON_COMPLIANT');
  });

  test('M4 N4 a member sees the status of an organization trail, and its owner tells the rest', () => {
    const seen = anObservation({ status: known(aStatus({ isLogging: false })) });
    const accounts = [anAccount({ id: account }), anAccount({ id: member, observedTrails: [seen] })];
    const results = judge(anInventory({ accounts }), managed);
    expect(outcomeOf(results, managed, account)).toBe('COMPLIANT');
    expect(outcomeOf(results, managed, member)).toBe('NON_COMPLIANT');
  });

  test('M5 a trail of one account covers no other', () => {
    const own = ownTrail({ ...selecting(advanced(management), advanced(objects)) });
    const results = judge(anInventory({ trails: [own] }), reads);
    expect([outcomeOf(results, reads, account), outcomeOf(results, reads, member)]).toEqual([
      'COMPLIANT',
      'NON_COMPLIANT',
    ]);
  });

  test('P6 the order in which trails were read changes nothing', () => {
    const trails = [ownTrail({ name: 'a' }), ownTrail({ name: 'b', status: { isLogging: false } }), ownTrail()];
    const evaluations = (order: Inventory['trails']): unknown =>
      judge(alone({ trails: order }), 'trail-is-logging', managed).evaluations;
    expect(evaluations(trails.toReversed())).toEqual(evaluations(trails));
  });
});
