import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  aLogGroup,
  anAccount,
  anInventory,
  anObservation,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, targetOf } from '../../test/support/view-values.js';
import type {
  AdvancedEventSelector,
  EventSelector,
  EventSelectors,
  FieldSelector,
  Inventory,
  Trail,
} from '../model/inventory.js';
import { buildView } from './index.js';

/** A basic selector for all management events. */
function basic(it: Partial<EventSelector> = {}): EventSelectors {
  const all = {
    readWriteType: 'All',
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    dataResources: [],
  };
  return { basic: [{ ...all, ...it }], advanced: [] };
}

type Condition = readonly [field: string, operator: keyof Omit<FieldSelector, 'field'>, ...values: string[]];

function advanced(...selectors: (readonly Condition[])[]): EventSelectors {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  const all = selectors.map((conditions): AdvancedEventSelector => ({
    fieldSelectors: conditions.map(([field, operator, ...values]) => ({ ...none, field, [operator]: values })),
  }));
  return { basic: [], advanced: all };
}

const managementOnly: Condition = ['eventCategory', 'equals', 'Management'];
const s3Objects: readonly Condition[] = [
  ['eventCategory', 'equals', 'Data'],
  ['resources.type', 'equals', 'AWS::S3::Object'],
];

/** One account with these trails of its own. */
function account(trails: readonly Trail[], inventory: Partial<Inventory> = {}) {
  const it = anInventory({ organization: null, accounts: [anAccount({ id: MANAGEMENT })], trails, ...inventory });
  return targetOf(buildView(it), 'account');
}

function own(name: string, eventSelectors: EventSelectors, more: Parameters<typeof aTrail>[0] = {}): Trail {
  return aTrail({ name, ...more, description: { isOrganizationTrail: false, ...more.description }, eventSelectors });
}

function management(trails: readonly Trail[], inventory: Partial<Inventory> = {}) {
  const it = account(trails, inventory);
  return [at(it, 'coverage.management.read'), at(it, 'coverage.management.write')];
}

function s3(trails: readonly Trail[], inventory: Partial<Inventory> = {}) {
  const it = account(trails, inventory);
  return [at(it, 'coverage.data[AWS::S3::Object].read'), at(it, 'coverage.data[AWS::S3::Object].write')];
}

describe('management events', () => {
  const reads = basic({ readWriteType: 'ReadOnly' });
  const writes = basic({ readWriteType: 'WriteOnly' });

  test('read and write selectors add up in one trail', () => {
    expect(management([own('both', { basic: [...reads.basic, ...writes.basic], advanced: [] })])).toEqual([
      'full',
      'full',
    ]);
  });

  test('and in two trails', () => {
    expect(management([own('r', reads), own('w', writes)])).toEqual(['full', 'full']);
    expect(management([own('r', reads)])).toEqual(['full', 'none']);
  });

  test('a stopped trail with perfect selectors records nothing', () => {
    const stopped = own('stopped', basic(), { status: { isLogging: false } });
    expect(management([stopped])).toEqual(['none', 'none']);
    expect(at(account([stopped]), 'coverage.management.writeLosses.0.reason')).toBe('not-logging');
    expect(at(account([stopped]), 'trails')).toEqual([stopped.arn]);
  });

  test('a trail that does not deliver records nothing', () => {
    const failing = own('failing', basic(), {
      status: { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-11-01T00:00:00Z' },
    });
    const it = account([failing]);
    expect(at(it, 'coverage.management.writeLosses.0.reason')).toBe('not-delivered');
    expect(at(it, 'coverage.management.writeLosses.0.failingSince')).toMatch(/^2026-/);
  });

  test.each(['kms.amazonaws.com', 'rdsdata.amazonaws.com'])('events of %s are left out', (source) => {
    const it = account([own('without', basic({ excludeManagementEventSources: [source] }))]);
    expect(at(it, 'coverage.management.write')).toBe('partial');
    expect(at(it, 'coverage.management.writeLosses.0.reason')).toBe('excluded-source');
    expect(at(it, 'coverage.management.writeLosses.0.eventSource')).toBe(source);
    expect(at(it, 'coverage.management.writeLosses.0.example.eventSource')).toBe(source);
  });

  test('a second trail makes up for what the first leaves out', () => {
    const exclusive = own('kms', basic({ excludeManagementEventSources: ['kms.amazonaws.com'] }));
    expect(
      management([exclusive, own('rest', basic({ excludeManagementEventSources: ['rdsdata.amazonaws.com'] }))]),
    ).toEqual(['full', 'full']);
  });

  test('an advanced selector takes the reads only', () => {
    expect(management([own('r', advanced([managementOnly, ['readOnly', 'equals', 'true']]))])).toEqual([
      'full',
      'none',
    ]);
  });

  test('a single-Region trail leaves the other Regions and the global services', () => {
    const single = own('single', basic(), { description: { isMultiRegionTrail: false, isOrganizationTrail: false } });
    const it = account([single]);
    expect(at(it, 'coverage.management.write')).toBe('partial');
    expect(at(it, 'coverage.management.writeLosses.0.regions')).toContain('us-east-1');
    expect(at(it, 'regions.0.coverage.management.write')).toBe('full');
    expect(at(it, 'regions.1.coverage.management.write')).toBe('none');
  });

  test('a single-Region trail where global services are recorded', () => {
    const regions = known([{ name: 'us-east-1', optStatus: 'ENABLED_BY_DEFAULT' }]);
    const only = { accounts: [anAccount({ id: MANAGEMENT, regions })] };
    const here = (includeGlobalServiceEvents: boolean) =>
      own('here', basic(), {
        homeRegion: 'us-east-1',
        description: { isMultiRegionTrail: false, isOrganizationTrail: false, includeGlobalServiceEvents },
      });
    expect(management([here(true)], only)).toEqual(['full', 'full']);
    expect(management([here(false)], only)).toEqual(['partial', 'partial']);
  });

  test('selectors that could not be read matter only where nothing else records', () => {
    const unread = aTrail({
      name: 'unread',
      description: { isOrganizationTrail: false },
      eventSelectors: unknown('refused'),
    });
    expect(management([unread])).toEqual([{ unknown: ['refused'] }, { unknown: ['refused'] }]);
    expect(management([unread, own('all', basic())])).toEqual(['full', 'full']);
  });
});

describe('S3 object events', () => {
  const data = (...values: string[]) => basic({ dataResources: [{ type: 'AWS::S3::Object', values }] });

  test.each(['arn:aws:s3', 'arn:aws:s3:::'])('%s is every object', (value) => {
    expect(s3([own('all', data(value))])).toEqual(['full', 'full']);
  });

  test.each(['aws-cn', 'aws-us-gov'])('so it is in the partition %s', (partition) => {
    expect(s3([own('all', data(`arn:${partition}:s3`))], { partition })).toEqual(['full', 'full']);
    expect(s3([own('all', data(`arn:${partition}:s3:::`))], { partition })).toEqual(['full', 'full']);
  });

  test('a bucket is no other bucket whose name begins alike', () => {
    expect(s3([own('prod', data('arn:aws:s3:::logs-prod/'))])).toEqual(['partial', 'partial']);
    const both = account([own('prod', data('arn:aws:s3:::logs-prod/')), own('logs', data('arn:aws:s3:::logs/'))]);
    expect(at(both, 'coverage.data[AWS::S3::Object].write')).toBe('partial');
  });

  test('everything but the log bucket itself', () => {
    const arn = 'arn:aws:s3:::trail-logs/';
    const but = own('but', advanced([managementOnly], [...s3Objects, ['resources.ARN', 'notStartsWith', arn]]));
    const losses = 'coverage.data[AWS::S3::Object].writeLosses';
    const it = account([but]);
    expect(at(it, 'coverage.data[AWS::S3::Object].write')).toBe('partial');
    expect([at(it, `${losses}.0.isLogBucket`), at(it, `${losses}.0.resourceArnPrefix`)]).toEqual([true, arn]);
    expect(at(it, `${losses}.0.recordedBy`)).toEqual(expect.stringContaining('access-logs'));
    const unlogged = account([but], { buckets: [aBucket({ accessLogging: absent })] });
    expect(at(unlogged, `${losses}.0.recordedBy`)).toBe('absent');
  });

  test.each<[string, Condition, string]>([
    ['name', ['eventName', 'equals', 'PutObject'], 'narrowed-by-event-name'],
    ['ARN', ['resources.ARN', 'startsWith', 'arn:aws:s3:::data/'], 'narrowed-by-resource'],
    ['user', ['userIdentity.arn', 'notStartsWith', `arn:aws:iam::${MANAGEMENT}:role/batch`], 'narrowed-by-identity'],
  ])('an advanced selector narrowed by %s records a part', (_, condition, reason) => {
    const it = account([own('narrow', advanced([managementOnly], [...s3Objects, condition]))]);
    expect(at(it, 'coverage.data[AWS::S3::Object].write')).toBe('partial');
    expect(at(it, 'coverage.data[AWS::S3::Object].writeLosses.0.reason')).toBe(reason);
  });

  test('no data events are selected', () => {
    expect(s3([own('plain', basic())])).toEqual(['none', 'none']);
  });
});

describe('a member that sees the organization trail', () => {
  const mine = aTrail({ name: 'mine', accountId: MEMBER, eventSelectors: basic({ readWriteType: 'ReadOnly' }) });
  const member = (it: Partial<Inventory>, more: Partial<Parameters<typeof anAccount>[0]> = {}) =>
    targetOf(
      buildView(anInventory({ accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, ...more })], ...it })),
      'account',
      MEMBER,
    );

  test('and has its own: both count', () => {
    const writes = aTrail({ eventSelectors: basic({ readWriteType: 'WriteOnly' }) });
    const it = member({ trails: [mine, writes] });
    expect(at(it, 'trails')).toEqual([trailArn(), mine.arn]);
    expect([at(it, 'coverage.management.read'), at(it, 'coverage.management.write')]).toEqual(['full', 'full']);
  });

  test('what its own administrators can stop is not counted as protected', () => {
    const it = member({ trails: [mine] });
    expect(at(it, 'coverage.management.read')).toBe('full');
    expect(at(it, 'protectedCoverage.management.read')).not.toBe('full');
    expect(at(it, 'protectedCoverage.management.write')).toBe('none');
  });

  test('a stopped organization trail is the cause in every member', () => {
    const stopped = { trails: [aTrail({ status: { isLogging: false } })] };
    const observedTrails = [anObservation({ status: known({ isLogging: false }) })];
    const it = member(stopped, { observedTrails });
    expect(at(it, 'coverage.management.write')).toBe('none');
    const view = it.get('coverage');
    const coverage = typeof view === 'object' && 'type' in view ? view.get('management') : undefined;
    const classCoverage = typeof coverage === 'object' && 'type' in coverage ? coverage : undefined;
    expect(classCoverage?.cause?.('write')).toMatchObject({ targetType: 'trail', id: trailArn() });
    expect(at(it, 'coverage.management.writeLosses.0.cause.id')).toBe(trailArn());
  });

  test('a member that could not be entered is not covered by inference', () => {
    const it = member({}, { ownTrails: unknown('denied'), regions: unknown('denied') });
    expect(at(it, 'coverage')).toEqual({ unknown: ['denied'] });
    expect(at(it, 'isInOrganizationTrail')).toEqual({ unknown: ['denied'] });
  });

  test('a trail homed in an opt-in Region that the member has not enabled reaches nothing there', () => {
    const far = aTrail({ homeRegion: 'me-south-1' });
    const it = member({ trails: [far], logGroups: [aLogGroup()] });
    expect([at(it, 'credits.0.grade'), at(it, 'trails'), at(it, 'isInOrganizationTrail')]).toEqual([
      'refuted',
      [],
      false,
    ]);
    expect(at(it, 'coverage.management.write')).toBe('none');
  });
});

test('evidence of coverage: what was asked of the account, of its trails, and of what it sees', () => {
  const it = anInventory({
    accounts: [
      anAccount({ id: MANAGEMENT }),
      anAccount({
        id: MEMBER,
        evidence: { 'cloudtrail:ListTrails': 'list' },
        observedTrails: [anObservation({ evidence: { 'cloudtrail:GetTrailStatus': 'seen' } })],
      }),
    ],
    trails: [
      aTrail({ evidence: { 'cloudtrail:DescribeTrails': 'described', 'cloudtrail:GetEventSelectors': 'selected' } }),
      aTrail({
        name: 'other',
        accountId: MANAGEMENT,
        description: { isOrganizationTrail: false },
        evidence: { 'cloudtrail:DescribeTrails': 'another' },
      }),
    ],
  });
  const member = targetOf(buildView(it), 'account', MEMBER);
  expect(member.evidence('coverage')).toEqual(['described', 'list', 'seen', 'selected']);
  const coverage = member.get('coverage');
  expect(typeof coverage === 'object' && 'type' in coverage ? coverage.evidence('management') : []).toEqual([
    'described',
    'list',
    'seen',
    'selected',
  ]);
  expect(member.evidence('*')).toEqual(expect.arrayContaining(['described', 'list', 'seen']));
});

describe('the trails that send the same events to a log group', () => {
  const withoutGroup = (it: Trail): Trail => {
    if (it.description.state !== 'known') return it;
    const { cloudWatchLogsLogGroupArn: _, ...others } = it.description.value;
    return { ...it, description: known(others) };
  };
  const sentBy = (others: readonly Trail[]) => {
    const trail = withoutGroup(aTrail({ name: 'own', accountId: MEMBER }));
    const view = buildView(anInventory({ trails: [trail, ...others] }));
    return at(targetOf(view, 'trail', trail.arn), 'alsoSentBy');
  };

  test('are those that record all that it does and have one', () => {
    expect(sentBy([aTrail()])).toEqual([aTrail().arn]);
    expect(sentBy([withoutGroup(aTrail())])).toEqual([]);
  });

  test.each<[string, Parameters<typeof aTrail>[0]]>([
    ['selects', { eventSelectors: unknown('gap') }],
    ['is', { description: unknown('gap') }],
    ['does', { status: unknown('gap') }],
  ])('are open where it could not be read what another one %s', (_, unread) => {
    expect(sentBy([aTrail(unread)])).toMatchObject({ known: [], rest: expect.arrayContaining(['gap']) });
  });

  test('are none where what could not be read cannot change that', () => {
    expect(sentBy([withoutGroup(aTrail({ status: unknown('gap') }))])).toEqual([]);
  });
});

describe('the trails that record the same and are monitored', () => {
  const queue = 'arn:aws:sqs:eu-central-1:222233334444:siem';
  const monitored = aBucket({
    notificationDestinations: known([queue]),
    notifications: known([{ destination: queue, events: ['s3:ObjectCreated:*'], prefix: '', suffix: '' }]),
  });
  const trail = aTrail({ name: 'own', accountId: MEMBER, description: { s3BucketName: 'own-logs' } });
  const monitoredBy = (other: Trail) =>
    at(
      targetOf(buildView(anInventory({ trails: [trail, other], buckets: [monitored] })), 'trail', trail.arn),
      'alsoMonitoredBy',
    );

  test('are told, and open where it could not be read whether one records all that it does', () => {
    expect(monitoredBy(aTrail())).toEqual([aTrail().arn]);
    expect(monitoredBy(aTrail({ eventSelectors: unknown('gap') }))).toEqual({ known: [], rest: ['gap'] });
  });
});
