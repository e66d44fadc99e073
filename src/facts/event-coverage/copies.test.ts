import { describe, expect, test } from 'vitest';
import {
  allManagementEvents,
  anAccount,
  anInventory,
  anObservation,
  aBucket,
  absent,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  ORGANIZATION,
  REGION,
  unknown,
  type TrailParts,
} from '../../../test/support/inventory-builders.js';
import type { EventSelectors, FieldSelector, Inventory, Trail } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { eventCoverages } from './index.js';

const coverages = (trails: readonly Trail[], it: Partial<Inventory> = {}) =>
  eventCoverages(anInventory({ ...it, trails: [...trails] }), new FactGaps());

const own = (it: TrailParts = {}) => aTrail({ name: 'own', accountId: MEMBER, ...it });
const organizations = aTrail();
const only = (field: string, ops: Partial<FieldSelector>): FieldSelector => ({
  field,
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...ops,
});
const s3Objects = (...more: FieldSelector[]): EventSelectors => ({
  basic: [],
  advanced: [
    {
      fieldSelectors: [
        only('eventCategory', { equals: ['Data'] }),
        only('resources.type', { equals: ['AWS::S3::Object'] }),
        ...more,
      ],
    },
  ],
});
const reads: EventSelectors = {
  basic: [
    { readWriteType: 'ReadOnly', includeManagementEvents: true, excludeManagementEventSources: [], dataResources: [] },
  ],
  advanced: [],
};

describe('the trails whose management events a trail records another time', () => {
  const copied = (trail: Trail, others: readonly Trail[], it: Partial<Inventory> = {}) =>
    coverages([trail, ...others], it).copiedFrom(trail);
  const names = (trail: Trail, others: readonly Trail[]) => copied(trail, others).members.map(({ arn }) => arn);

  test('are the organization trail, for a trail of one account, and not the other way round', () => {
    expect(names(own(), [organizations])).toEqual([organizations.arn]);
    expect(names(organizations, [own()])).toEqual([]);
  });

  test('are those that overlap in part', () => {
    const home = { isMultiRegionTrail: false, isOrganizationTrail: false };
    expect(names(own({ eventSelectors: reads }), [organizations])).toEqual([organizations.arn]);
    expect(names(own({ description: home }), [organizations])).toEqual([organizations.arn]);
  });

  test('are none where nothing is recorded twice', () => {
    const home = { isMultiRegionTrail: false, isOrganizationTrail: false };
    const elsewhere = aTrail({ name: 'b', accountId: MEMBER, homeRegion: 'us-east-1', description: home });
    expect(names(own({ description: home }), [elsewhere])).toEqual([]);
    expect(names(own({ eventSelectors: s3Objects() }), [organizations])).toEqual([]);
    expect(names(own({ status: aStatus({ isLogging: false }) }), [organizations])).toEqual([]);
    expect(names(own(), [aTrail({ status: aStatus({ isLogging: false }) })])).toEqual([]);
  });

  test('do not deliver worse than the copy does', () => {
    const failing = aStatus({ latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-10-01T00:00:00.000Z' });
    const broken = aTrail({ status: failing });
    expect(names(own(), [broken])).toEqual([]);
    expect(names(own({ status: failing }), [organizations])).toEqual([organizations.arn]);
  });

  test('of two alike are the one that was started first, and else the first by ARN', () => {
    const at = (startLoggingTime: string) => aStatus({ startLoggingTime });
    const first = aTrail({ name: 'z', accountId: MEMBER, status: at('2025-01-01T00:00:00.000Z') });
    const later = aTrail({ name: 'a', accountId: MEMBER, status: at('2025-02-01T00:00:00.000Z') });
    expect(names(later, [first])).toEqual([first.arn]);
    expect(names(first, [later])).toEqual([]);
    const twin = aTrail({ name: 'b', accountId: MEMBER, status: at('2025-01-01T00:00:00.000Z') });
    expect(names(first, [twin])).toEqual([twin.arn]);
    expect(names(twin, [first])).toEqual([]);
  });

  test('are doubtful where it could not be read what one selects', () => {
    const { members, doubtful } = copied(own(), [aTrail({ eventSelectors: unknown('e') })]);
    expect(members).toEqual([]);
    expect(doubtful.map(({ value, gaps }) => [value.arn, gaps])).toEqual([[organizations.arn, ['e']]]);
  });

  test.each<[string, TrailParts]>([
    ['described', { description: unknown('d') }],
    ['seen to log', { status: unknown('s') }],
  ])('are doubtful both ways where one could not be %s, since it is not known which is the copy', (_, unread) => {
    const first = aTrail({ name: 'a', accountId: MEMBER });
    const second = aTrail({ name: 'b', accountId: MEMBER, ...unread });
    const doubtOf = (it: Trail, other: Trail) => {
      const { members, doubtful } = copied(it, [other]);
      return { members, doubtful: doubtful.map(({ value }) => value.arn) };
    };
    expect(doubtOf(first, second)).toEqual({ members: [], doubtful: [second.arn] });
    expect(doubtOf(second, first)).toEqual({ members: [], doubtful: [first.arn] });
  });
});

describe('what else may record all that a trail does', () => {
  const gapsOf = (trail: Trail, all: readonly Trail[], accepts: (it: Trail) => Tri<boolean> = () => sure(true)) =>
    coverages([trail, ...all]).mayAlsoBeRecordedBy(trail, accepts);

  test('is open for what could not be read of the others', () => {
    expect(gapsOf(own(), [aTrail({ eventSelectors: unknown('e') })])).toEqual(['e']);
    expect(gapsOf(own(), [aTrail({ status: unknown('s') })])).toEqual(['s']);
    expect(gapsOf(own(), [organizations], () => doubt(['l']))).toEqual(['l']);
  });

  test('is open for trails that nobody told of', () => {
    const accounts = [anAccount({ id: MEMBER, ownTrails: known([own().arn]), ownTrailsGap: 't' })];
    const trail = own();
    expect(coverages([trail], { accounts }).mayAlsoBeRecordedBy(trail, () => sure(true))).toEqual(['t']);
  });

  test('is settled where no other one can', () => {
    expect(gapsOf(own(), [organizations], () => sure(false))).toEqual([]);
    expect(gapsOf(own(), [aTrail({ eventSelectors: s3Objects(), status: unknown('s') })])).toEqual([]);
    expect(gapsOf(organizations, [own({ status: unknown('s') })])).toEqual([]);
    expect(gapsOf(own(), [])).toEqual([]);
  });
});

describe('what else records all that a trail does', () => {
  const others = (trail: Trail, all: readonly Trail[], accepts: (other: Trail) => boolean = () => true) =>
    coverages([trail, ...all]).alsoRecordedBy(trail, accepts);

  test('is what is accepted, and never itself', () => {
    expect(others(own(), [organizations])).toEqual([organizations.arn]);
    expect(others(own(), [organizations], () => false)).toEqual([]);
    expect(others(own(), [])).toEqual([]);
    expect(others(organizations, [own()])).toEqual([]);
  });

  test.each<[string, Trail, readonly Trail[]]>([
    ['it is stopped', own({ status: aStatus({ isLogging: false }) }), [organizations]],
    ['it records more', own(), [aTrail({ eventSelectors: reads })]],
    ['its selectors could not be read', own({ eventSelectors: unknown('e') }), [organizations]],
    ['the other could not be read', own(), [aTrail({ status: unknown('s') })]],
    [
      'the other does not deliver',
      own(),
      [aTrail({ status: { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-10-01T00:00:00.000Z' } })],
    ],
  ])('is nothing where %s', (_, trail, all) => {
    expect(others(trail, all)).toEqual([]);
  });

  test('is nothing where the account does not see the other', () => {
    const accounts = [
      anAccount({ id: MANAGEMENT }),
      anAccount({ id: MEMBER, observedTrails: [anObservation({ trailArn: organizations.arn, status: absent })] }),
    ];
    const trail = own();
    expect(coverages([trail, organizations], { accounts }).alsoRecordedBy(trail, () => true)).toEqual([]);
  });
});

describe('a trail that records its own deliveries', () => {
  const bucket = aBucket();
  const loops = (parts: TrailParts, it: Partial<Inventory> = { buckets: [bucket] }) => {
    const trail = aTrail(parts);
    return coverages([trail], it).recordsOwnDeliveries(trail);
  };
  const yes = known(true);
  const no = known(false);

  test('selects the objects of its log bucket', () => {
    expect(loops({ eventSelectors: s3Objects() })).toEqual(yes);
    expect(loops({ eventSelectors: s3Objects(only('eventName', { equals: ['PutObject'] })) })).toEqual(yes);
    const basic = (value: string): EventSelectors => ({
      basic: [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          excludeManagementEventSources: [],
          dataResources: [{ type: 'AWS::S3::Object', values: [value] }],
        },
      ],
      advanced: [],
    });
    expect(loops({ eventSelectors: basic('arn:aws:s3') })).toEqual(yes);
    expect(loops({ eventSelectors: basic('arn:aws:s3:::trail-logs/') })).toEqual(yes);
    expect(loops({ eventSelectors: basic('arn:aws:s3:::other/') })).toEqual(no);
  });

  test('does so where the folder of one account is left out', () => {
    const exclusion = only('resources.ARN', {
      notStartsWith: [
        `arn:aws:s3:::trail-logs/AWSLogs/${ORGANIZATION}/${MEMBER}/`,
        `arn:aws:s3:::trail-logs/AWSLogs/${MANAGEMENT}/`,
      ],
    });
    expect(loops({ eventSelectors: s3Objects(exclusion) })).toEqual(yes);
  });

  test('does so although it seems to leave them out', () => {
    const exclusion = only('resources.ARN', { notEquals: ['arn:aws:s3:::trail-logs/*'] });
    expect(loops({ eventSelectors: s3Objects(exclusion) })).toEqual(yes);
  });

  test.each<[string, TrailParts]>([
    ['management events alone', {}],
    [
      'recursive logging off',
      {
        eventSelectors: s3Objects(),
        description: { recursiveLogging: false },
      },
    ],
    [
      'its bucket left out',
      { eventSelectors: s3Objects(only('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] })) },
    ],
    [
      "the organization's folder left out",
      {
        eventSelectors: s3Objects(
          only('resources.ARN', { notStartsWith: [`arn:aws:s3:::trail-logs/AWSLogs/${ORGANIZATION}/`] }),
        ),
      },
    ],
    ['reads alone', { eventSelectors: s3Objects(only('readOnly', { equals: ['true'] })) }],
    [
      'events of one identity alone, which its deliveries do not have',
      { eventSelectors: s3Objects(only('userIdentity.arn', { startsWith: ['arn:aws:iam::'] })) },
    ],
    ['no logging', { eventSelectors: s3Objects(), status: aStatus({ isLogging: false }) }],
    [
      'another Region than that of its bucket',
      { eventSelectors: s3Objects(), homeRegion: 'us-east-1', description: { isMultiRegionTrail: false } },
    ],
  ])('is none with %s', (_, parts) => {
    expect(loops(parts)).toEqual(no);
  });

  test('is none whose bucket is of an account that it does not record', () => {
    const elsewhere = aBucket({ owner: known({ accountId: MANAGEMENT, region: REGION }) });
    const parts = { name: 'own', accountId: MEMBER, eventSelectors: s3Objects() };
    expect(loops(parts, { buckets: [elsewhere] })).toEqual(no);
    expect(loops(parts, { buckets: [aBucket({ owner: absent })] })).toEqual(no);
  });

  test('may be one whose bucket has an owner that is not known', () => {
    expect(loops({ eventSelectors: s3Objects() }, { buckets: [aBucket({ owner: unknown('o') })] })).toEqual({
      state: 'unknown',
      gaps: ['o'],
    });
    expect(loops({ eventSelectors: s3Objects() }, { buckets: [] }).state).toBe('unknown');
    expect(loops({ eventSelectors: unknown('e') })).toEqual({ state: 'unknown', gaps: ['e'] });
  });
});

describe('whether a trail selects management events', () => {
  const selects = (eventSelectors: NonNullable<TrailParts['eventSelectors']>, readOnly?: boolean) => {
    const trail = aTrail({ eventSelectors });
    return coverages([trail]).selectsManagementEvents(trail, readOnly);
  };

  test('follows from its selectors', () => {
    expect(selects(reads)).toEqual(known(true));
    expect(selects({ basic: [], advanced: [] })).toEqual(known(true));
    expect(selects(s3Objects())).toEqual(known(false));
    expect(selects(unknown('e'))).toEqual({ state: 'unknown', gaps: ['e'] });
  });

  test('and so do those that only read, and those that write', () => {
    expect([true, false].map((readOnly) => selects(reads, readOnly))).toEqual([known(true), known(false)]);
    expect([true, false].map((readOnly) => selects(allManagementEvents, readOnly))).toEqual([known(true), known(true)]);
    expect(selects(unknown('e'), true)).toEqual({ state: 'unknown', gaps: ['e'] });
  });
});
