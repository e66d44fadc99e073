import { sure } from '../three-valued.js';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  anInventory,
  aTrail,
  known,
  MEMBER,
  unknown,
  type Facet,
} from '../../../test/support/inventory-builders.js';
import type { EventSelector, EventSelectors, FieldSelector, Inventory } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { eventCoverages, type Coverages, type CoverageLimits, type EventCoverage } from './index.js';

const any: CoverageLimits = { protectedOnly: false, eventDataStores: true };

function coveragesOf(inventory: Inventory): Coverages {
  return eventCoverages(inventory, new FactGaps());
}

function coverageIn(inventory: Inventory, accountId = MEMBER, limits = any): EventCoverage {
  const account = inventory.accounts.find((it) => it.id === accountId);
  if (account === undefined) throw new Error(`There is no account ${accountId}.`);
  return coveragesOf(inventory).ofAccount(account, limits);
}

function condition(field: string, operators: Partial<FieldSelector>): FieldSelector {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return { ...none, field, ...operators };
}

function basic(it: Partial<EventSelector> = {}): EventSelector {
  const all = { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [] };
  return { ...all, dataResources: [], ...it };
}

function s3(...values: string[]): Partial<EventSelector> {
  return { dataResources: [{ type: 'AWS::S3::Object', values }] };
}

function advanced(...selectors: FieldSelector[][]): { advanced: { fieldSelectors: FieldSelector[] }[]; basic: [] } {
  return { basic: [], advanced: selectors.map((fieldSelectors) => ({ fieldSelectors })) };
}

const objects = [
  condition('eventCategory', { equals: ['Data'] }),
  condition('resources.type', { equals: ['AWS::S3::Object'] }),
];
function withSelectors(eventSelectors: Facet<EventSelectors>): Inventory {
  return anInventory({ trails: [aTrail({ eventSelectors })] });
}

describe('coverage of S3 object events', () => {
  const level = (inventory: Inventory) => coverageIn(inventory).data('AWS::S3::Object').write;

  test.each([
    { name: 'all buckets', values: ['arn:aws:s3'], expected: 'full' },
    { name: 'all buckets, otherwise', values: ['arn:aws:s3:::'], expected: 'full' },
    { name: 'one bucket', values: ['arn:aws:s3:::logs-prod/'], expected: 'partial' },
    { name: 'a literal star', values: ['arn:aws:s3:::*/*'], expected: 'none' },
    { name: 'another partition', values: ['arn:aws-cn:s3:::'], expected: 'none' },
    {
      name: 'each first character',
      values: 'abcdefghijklmnopqrstuvwxyz0123456789'.split('').map((it) => `arn:aws:s3:::${it}`),
      expected: 'full',
    },
    { name: 'no value', values: [], expected: 'none' },
  ])('is $expected for $name', ({ values, expected }) => {
    expect(level(withSelectors({ basic: [basic(s3(...values))] }))).toEqual(known(expected));
  });

  test.each([
    { name: 'everything', selectors: [objects], expected: 'full' },
    { name: 'reads', selectors: [[...objects, condition('readOnly', { equals: ['true'] })]], expected: 'none' },
    {
      name: 'one name',
      selectors: [[...objects, condition('eventName', { equals: ['PutObject'] })]],
      expected: 'partial',
    },
    {
      name: 'a name, and all others',
      selectors: [
        [...objects, condition('eventName', { equals: ['PutObject'] })],
        [...objects, condition('eventName', { notEquals: ['PutObject'] })],
      ],
      expected: 'full',
    },
    {
      name: 'all names but those of reads',
      selectors: [[...objects, condition('eventName', { notEquals: ['GetObject', 'HeadObject'] })]],
      expected: 'full',
    },
    {
      name: 'all names but those of a read and a write',
      selectors: [[...objects, condition('eventName', { notEquals: ['GetObject', 'PutObject'] })]],
      expected: 'partial',
    },
    {
      name: 'all names but one that nobody knows',
      selectors: [[...objects, condition('eventName', { notEquals: ['FoldObject'] })]],
      expected: 'partial',
    },
    { name: 'empty lists', selectors: [[...objects, condition('eventName', {})]], expected: 'full' },
    {
      name: 'the only source that these events have',
      selectors: [[...objects, condition('eventSource', { equals: ['s3.amazonaws.com'] })]],
      expected: 'full',
    },
    {
      name: 'any source but one that these events never have',
      selectors: [[...objects, condition('eventSource', { notEquals: ['ec2.amazonaws.com'] })]],
      expected: 'full',
    },
    {
      name: 'another source',
      selectors: [[...objects, condition('eventSource', { equals: ['ec2.amazonaws.com'] })]],
      expected: 'none',
    },
    {
      name: "objects but those called as a bucket's ARN, which no object is",
      selectors: [
        [...objects, condition('resources.ARN', { notEquals: ['arn:aws:s3:::scratch', 'arn:aws:s3:::scratch/'] })],
      ],
      expected: 'full',
    },
    {
      name: 'objects but those called *, which somebody took for a pattern',
      selectors: [[...objects, condition('resources.ARN', { notEquals: ['arn:aws:s3:::scratch/*'] })]],
      expected: 'full',
    },
    {
      name: 'an identity, and what is not of it: some events have none',
      selectors: [
        [...objects, condition('userIdentity.arn', { startsWith: ['arn:'] })],
        [...objects, condition('userIdentity.arn', { notStartsWith: ['arn:'] })],
      ],
      expected: 'partial',
    },
    { name: 'no category', selectors: [objects.slice(1)], expected: 'none' },
    {
      name: 'another case',
      selectors: [[...objects.slice(0, 1), condition('resources.type', { equals: ['aws::s3::object'] })]],
      expected: 'none',
    },
  ])('is $expected for an advanced selector of $name', ({ selectors, expected }) => {
    expect(level(withSelectors(advanced(...selectors)))).toEqual(known(expected));
  });

  test('calls a loss confined to a log bucket so, and what else records access to it', () => {
    const eventSelectors = advanced([
      ...objects,
      condition('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] }),
    ]);
    expect(coverageIn(withSelectors(eventSelectors)).data('AWS::S3::Object').writeLosses.members).toMatchObject([
      {
        reason: 'narrowed-by-resource',
        resourceArnPrefix: 'arn:aws:s3:::trail-logs/',
        isLogBucket: sure(true),
        example: { eventName: 'PutObject', resourceArn: expect.stringMatching(/^arn:aws:s3:::trail-logs\/./) },
        recordedBy: known('server access logs in bucket access-logs'),
      },
    ]);
  });

  test('does not, where other buckets are hidden with it', () => {
    const eventSelectors = advanced([
      ...objects,
      condition('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs'] }),
    ]);
    const { members } = coverageIn(withSelectors(eventSelectors)).data('AWS::S3::Object').writeLosses;
    expect(members.map((it) => it.isLogBucket)).toEqual([sure(false)]);
  });

  describe('of a bucket that holds more than logs', () => {
    const excluding = (prefix: string) =>
      advanced([...objects, condition('resources.ARN', { notStartsWith: [prefix] })]);
    const isLogs = (prefix: string, ...trails: Parameters<typeof aTrail>[0][]) => {
      const eventSelectors = excluding(prefix);
      const [first = {}, ...others] = trails;
      const inventory = anInventory({
        trails: [aTrail({ ...first, eventSelectors }), ...others.map((it) => aTrail({ name: 'other', ...it }))],
      });
      return coverageIn(inventory)
        .data('AWS::S3::Object')
        .writeLosses.members.map((it) => it.isLogBucket);
    };

    test('exempts the prefix of a trail, and not what lies beside it', () => {
      const logs = { description: { s3KeyPrefix: 'cloudtrail' } };
      expect(isLogs('arn:aws:s3:::trail-logs/cloudtrail/', logs)).toEqual([sure(true)]);
      expect(isLogs('arn:aws:s3:::trail-logs/cloudtrail/AWSLogs/', logs)).toEqual([sure(true)]);
      expect(isLogs('arn:aws:s3:::trail-logs/', logs)).toEqual([sure(false)]);
      expect(isLogs('arn:aws:s3:::trail-logs/customers/', logs)).toEqual([sure(false)]);
    });

    test('exempts the whole bucket of logs at the top, and not another folder of it', () => {
      expect(isLogs('arn:aws:s3:::trail-logs/AWSLogs/')).toEqual([sure(true)]);
      expect(isLogs('arn:aws:s3:::trail-logs/AWS')).toEqual([sure(true)]);
      expect(isLogs('arn:aws:s3:::trail-logs/customers/')).toEqual([sure(false)]);
      const landingZone = { description: { s3KeyPrefix: 'o-exampleorg1' } };
      expect(isLogs('arn:aws:s3:::trail-logs/customers/', landingZone)).toEqual([sure(false)]);
    });

    test("exempts the bucket of a landing zone, whose prefix is the organization's id", () => {
      const logs = { description: { s3KeyPrefix: 'o-exampleorg1' } };
      expect(isLogs('arn:aws:s3:::trail-logs/', logs)).toEqual([sure(true)]);
    });

    test('exempts nothing for a trail that is stopped or fails', () => {
      const mine = { accountId: MEMBER, description: { s3BucketName: 'mine' } };
      const prefix = 'arn:aws:s3:::mine/';
      expect(isLogs(prefix, {}, mine)).toEqual([sure(true)]);
      expect(isLogs(prefix, {}, { ...mine, status: { isLogging: false } })).toEqual([sure(false)]);
      expect(isLogs(prefix, {}, { ...mine, status: { latestDeliveryError: 'AccessDenied' } })).toEqual([sure(false)]);
    });

    test('is not known for a trail that may be dead, unless it delivers for another account', () => {
      const dead = {
        latestDeliveryTime: '2026-09-01T00:00:00.000Z',
        latestCloudWatchLogsDeliveryTime: undefined as never,
      };
      const mine = { accountId: MEMBER, description: { s3BucketName: 'mine', logFileValidationEnabled: false } };
      expect(isLogs('arn:aws:s3:::mine/', {}, { ...mine, status: dead })).toMatchObject([{ state: 'unknown' }]);
      const shared = { description: { s3BucketName: 'mine', logFileValidationEnabled: false }, status: dead };
      expect(isLogs('arn:aws:s3:::mine/', {}, shared)).toEqual([sure(true)]);
    });

    test('is not known where a trail that may deliver there was not described', () => {
      const hidden = { accountId: MEMBER, description: unknown('g-describe') };
      expect(isLogs('arn:aws:s3:::mine/', {}, hidden)).toEqual([{ state: 'unknown', gaps: ['g-describe'] }]);
    });
  });

  test('does not know what records a log bucket whose logging could not be read', () => {
    const eventSelectors = advanced([
      ...objects,
      condition('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] }),
    ]);
    const inventory = anInventory({
      trails: [aTrail({ eventSelectors })],
      buckets: [aBucket({ accessLogging: unknown('denied') })],
    });
    const [loss] = coverageIn(inventory).data('AWS::S3::Object').writeLosses.members;
    expect(loss?.recordedBy).toEqual({ state: 'unknown', gaps: ['denied'] });
  });

  test('says that a trail of management events selects none', () => {
    expect(coverageIn(anInventory()).data('AWS::S3::Object').writeLosses.members).toMatchObject([
      { reason: 'not-selected', cause: { field: 'eventSelectors' } },
    ]);
  });

  test('sums up what is more than 20 losses', () => {
    const values = Array.from({ length: 30 }, (_, index) => `arn:aws:s3:::bucket-${index}/`);
    const eventSelectors = advanced([...objects, condition('resources.ARN', { notStartsWith: values })]);
    const { members } = coverageIn(withSelectors(eventSelectors)).data('AWS::S3::Object').writeLosses;
    expect(members).toHaveLength(20);
    expect(members.at(-1)?.summary).toMatch(/^11 further/);
    expect(members.at(-1)?.resourceArnPrefix).toBeUndefined();
  });
});

describe('other classes', () => {
  test('knows whole services of functions and tables', () => {
    const dataResources = [
      { type: 'AWS::Lambda::Function', values: ['arn:aws:lambda'] },
      { type: 'AWS::DynamoDB::Table', values: ['arn:aws:dynamodb:eu-central-1:222222222222:table/one'] },
    ];
    const coverage = coverageIn(withSelectors({ basic: [basic({ dataResources })] }));
    expect(coverage.data('AWS::Lambda::Function').write).toEqual(known('full'));
    expect(coverage.data('AWS::DynamoDB::Table').write).toEqual(known('partial'));
  });

  test('knows that denied network activity is not all of it', () => {
    const network = [
      condition('eventCategory', { equals: ['NetworkActivity'] }),
      condition('eventSource', { equals: ['s3.amazonaws.com'] }),
    ];
    const denied = [...network, condition('errorCode', { equals: ['VpceAccessDenied'] })];
    const some = coverageIn(withSelectors(advanced(denied))).networkActivity('s3.amazonaws.com');
    expect(some).toMatchObject({
      level: known('partial'),
      losses: { members: [{ reason: 'narrowed-by-error-code' }] },
    });
    expect(coverageIn(withSelectors(advanced(network))).networkActivity('s3.amazonaws.com').level).toEqual(
      known('full'),
    );
    expect(coverageIn(withSelectors(advanced(network))).networkActivity('kms.amazonaws.com').level).toEqual(
      known('none'),
    );
  });

  test.each([
    ['the refused calls alone', [condition('errorCode', { equals: ['VpceAccessDenied'] })], 'full'],
    ['all calls', [], 'full'],
    ['all but the refused calls', [condition('errorCode', { notEquals: ['VpceAccessDenied'] })], 'none'],
    ['calls that end otherwise', [condition('errorCode', { equals: ['AccessDenied'] })], 'none'],
    [
      'the refused calls at one endpoint',
      [
        condition('errorCode', { equals: ['VpceAccessDenied'] }),
        condition('vpcEndpointId', { equals: ['vpce-0123456789abcdef0'] }),
      ],
      'partial',
    ],
  ])('of calls that VPC endpoints refuse, selectors take %s', (_, conditions, level) => {
    const network = [
      condition('eventCategory', { equals: ['NetworkActivity'] }),
      condition('eventSource', { equals: ['kms.amazonaws.com'] }),
    ];
    const coverage = coverageIn(withSelectors(advanced([...network, ...conditions])));
    const denied = coverage.networkActivity('kms.amazonaws.com').denied();
    expect(denied.level).toEqual(known(level));
    const told = denied.losses.members.map((it) =>
      it.summary.includes('that ends with VpceAccessDenied in any Region'),
    );
    expect(told).toEqual(level === 'full' ? [] : [true]);
    expect(coverage.networkActivity('s3.amazonaws.com').denied().level).toEqual(known('none'));
  });

  test('answers for one event', () => {
    const coverage = coverageIn(
      withSelectors({ basic: [basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })] }),
    );
    expect(coverage.covers('Management', 'kms.amazonaws.com', 'ScheduleKeyDeletion')).toEqual(known(false));
    expect(coverage.covers('Management', 'iam.amazonaws.com', 'CreateUser')).toEqual(known(true));
    expect(coverage.covers('Data', 's3.amazonaws.com', 'PutObject')).toEqual(known(false));
  });

  test('has Insights events where a trail analyzes what it records', () => {
    const insightSelectors = known([
      { insightType: 'ApiCallRateInsight', eventCategories: ['Management'] },
      { insightType: 'ApiErrorRateInsight', eventCategories: ['Management'] },
    ]);
    const reads = { basic: [basic({ readWriteType: 'ReadOnly' })] };
    const insights = (trail: ReturnType<typeof aTrail>) =>
      coverageIn(anInventory({ trails: [trail] })).insights().members;
    expect(insights(aTrail({ insightSelectors }))).toEqual(['ApiCallRateInsight', 'ApiErrorRateInsight']);
    expect(insights(aTrail({ insightSelectors, eventSelectors: reads }))).toEqual(['ApiErrorRateInsight']);
    expect(insights(aTrail({ insightSelectors, status: { isLogging: false } }))).toEqual([]);
  });
});

test.each([
  ['StartsWith', condition('resources.ARN', { startsWith: ['arn:aws:s3:::*'] }), true],
  ['an event name', condition('eventName', { equals: ['Put*'] }), true],
  ['no star', condition('resources.ARN', { startsWith: ['arn:aws:s3:::a/'] }), false],
])('a star in a selector is said to stand for itself: %s', (_, it, isSaid) => {
  const { members } = coverageIn(withSelectors(advanced([...objects, it]))).data('AWS::S3::Object').writeLosses;
  expect(members.map(({ summary }) => summary.includes('stand for any text'))).toEqual(members.map(() => isSaid));
  expect(members).not.toEqual([]);
});
