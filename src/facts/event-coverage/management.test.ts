import { describe, expect, test } from 'vitest';
import {
  aGap,
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  absent,
  known,
  MANAGEMENT,
  MEMBER,
  ORGANIZATION,
  trailArn,
  unknown,
  anOrganization,
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

function advanced(...selectors: FieldSelector[][]): { advanced: { fieldSelectors: FieldSelector[] }[]; basic: [] } {
  return { basic: [], advanced: selectors.map((fieldSelectors) => ({ fieldSelectors })) };
}

const managementEvents = [condition('eventCategory', { equals: ['Management'] })];

function withSelectors(eventSelectors: Facet<EventSelectors>): Inventory {
  return anInventory({ trails: [aTrail({ eventSelectors })] });
}

describe('coverage of management events', () => {
  test('knows the types of events: a condition that takes in all of them leaves nothing out', () => {
    const ofTypes = (operators: Partial<FieldSelector>): EventCoverage =>
      coverageIn(withSelectors(advanced([...managementEvents, condition('eventType', operators)])));
    const all = ['AwsApiCall', 'AwsServiceEvent', 'AwsConsoleAction', 'AwsConsoleSignIn'];
    for (const operators of [{ equals: all }, { startsWith: ['Aws'] }, { notEquals: ['AwsVpceEvent'] }]) {
      expect(ofTypes(operators).management().write).toEqual(known('full'));
    }
    const { write, writeLosses } = ofTypes({ equals: all.slice(0, 3) }).management();
    expect(write).toEqual(known('partial'));
    expect(writeLosses.members.map((it) => it.example.eventType)).toEqual(['AwsConsoleSignIn']);
  });

  test('is full below a healthy organization trail', () => {
    expect(coverageIn(anInventory()).management()).toEqual({
      read: known('full'),
      write: known('full'),
      readLosses: { members: [], doubtful: [] },
      writeLosses: { members: [], doubtful: [] },
    });
  });

  test('is none without a trail, for which the organization is to blame', () => {
    const { write, writeLosses } = coverageIn(anInventory({ trails: [] })).management();
    expect(write).toEqual(known('none'));
    expect(writeLosses.members).toMatchObject([
      {
        reason: 'no-trail',
        eventSource: '*',
        regions: ['*'],
        cause: { targetType: 'organization', id: ORGANIZATION, field: 'trails' },
      },
    ]);
  });

  test('tells an excluded event source with an event that is really lost', () => {
    const coverage = coverageIn(
      withSelectors({ basic: [basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })] }),
    ).management();
    expect(coverage.write).toEqual(known('partial'));
    expect(coverage.writeLosses.members).toMatchObject([
      {
        reason: 'excluded-source',
        eventSource: 'kms.amazonaws.com',
        example: { eventName: 'ScheduleKeyDeletion', readOnly: false },
        cause: { targetType: 'trail', id: trailArn(), field: 'eventSelectors' },
      },
    ]);
    expect(coverage.readLosses.members).toMatchObject([{ example: { eventName: 'Decrypt', readOnly: true } }]);
  });

  test('is the union of all selectors', () => {
    const coverage = coverageIn(
      withSelectors({
        basic: [
          basic({ readWriteType: 'ReadOnly', excludeManagementEventSources: ['kms.amazonaws.com'] }),
          basic({ readWriteType: 'WriteOnly' }),
        ],
      }),
    ).management();
    expect(coverage.write).toEqual(known('full'));
    expect(coverage.readLosses.members.map((it) => it.eventSource)).toEqual(['kms.amazonaws.com']);
  });

  test('is the union of all trails', () => {
    const trails = [
      aTrail({ name: 'reads', eventSelectors: { basic: [basic({ readWriteType: 'ReadOnly' })] } }),
      aTrail({ name: 'writes', accountId: MEMBER, eventSelectors: { basic: [basic({ readWriteType: 'WriteOnly' })] } }),
    ];
    const inventory = anInventory({ trails });
    expect(coverageIn(inventory).management()).toMatchObject({ read: known('full'), write: known('full') });
    expect(coverageIn(inventory, MANAGEMENT).management()).toMatchObject({ read: known('full'), write: known('none') });
  });

  test('does not count a stopped trail', () => {
    const inventory = anInventory({ trails: [aTrail({ status: { isLogging: false } })] });
    expect(coverageIn(inventory).management().writeLosses.members).toMatchObject([
      { reason: 'not-logging', cause: { targetType: 'trail', id: trailArn(), field: 'isLogging' } },
    ]);
  });

  test('does not take an advanced selector for what its name says', () => {
    const eventSelectors = { basic: [], advanced: [{ name: 'Management events selector', fieldSelectors: [] }] };
    expect(coverageIn(withSelectors(eventSelectors)).management().write).toEqual(known('none'));
  });

  test('does not say what a field lets through that it does not know', () => {
    const eventSelectors = advanced(
      [...managementEvents, condition('newField', { equals: ['a'] })],
      [...managementEvents, condition('newField', { notEquals: ['a'] })],
    );
    expect(coverageIn(withSelectors(eventSelectors)).management().write).toMatchObject({ state: 'unknown' });
  });

  test('does not overlook a condition that does not belong there', () => {
    const eventSelectors = advanced([
      ...managementEvents,
      condition('resources.type', { equals: ['AWS::S3::Object'] }),
    ]);
    expect(coverageIn(withSelectors(eventSelectors)).management().write).toEqual(known('partial'));
  });

  test('does not count a credit that the member refutes', () => {
    const member = anAccount({ id: MEMBER, observedTrails: [anObservation({ status: absent })] });
    const inventory = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), member] });
    expect(coverageIn(inventory).management().writeLosses.members).toMatchObject([
      { reason: 'credit-refuted', cause: { targetType: 'organization' } },
    ]);
  });
});

describe('delivery', () => {
  const failing = { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-11-10T00:00:00.000Z' };

  test('turns what is selected into losses since the last good one', () => {
    const inventory = anInventory({ trails: [aTrail({ status: failing })] });
    const { write, writeLosses } = coverageIn(inventory).management();
    expect(write).toEqual(known('none'));
    expect(writeLosses.members).toMatchObject([
      {
        reason: 'not-delivered',
        failingSince: '2026-11-10T00:00:00.000Z',
        cause: { targetType: 'trail', id: trailArn(), field: 'delivery.logs' },
      },
    ]);
    expect(writeLosses.members[0]?.summary).toContain('from 2026-12-10T00:00:00Z on');
  });

  test('keeps what was never selected apart', () => {
    const trail = aTrail({
      status: failing,
      eventSelectors: { basic: [basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })] },
    });
    const { members } = coverageIn(anInventory({ trails: [trail] })).management().writeLosses;
    expect(members.map((it) => [it.reason, it.eventSource, it.failingSince !== undefined])).toEqual([
      ['excluded-source', 'kms.amazonaws.com', false],
      ['not-delivered', '*', true],
    ]);
  });

  test('fails in a member alone, too', () => {
    const member = anAccount({ id: MEMBER, observedTrails: [anObservation({ status: known(aStatus(failing)) })] });
    const inventory = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), member] });
    expect(coverageIn(inventory).management().write).toEqual(known('none'));
    expect(coverageIn(inventory, MANAGEMENT).management().write).toEqual(known('full'));
  });

  test.each([
    { validation: true, level: 'none' },
    { validation: false, level: 'full' },
  ])('is proved dead by silence only where digests come: $level', ({ validation, level }) => {
    const quiet = {
      latestDeliveryTime: '2026-11-10T00:00:00.000Z',
      latestDigestDeliveryTime: '2026-11-11T00:00:00.000Z',
    };
    const trail = aTrail({ status: quiet, description: { logFileValidationEnabled: validation } });
    expect(coverageIn(anInventory({ trails: [trail] })).management().write).toEqual(known(level));
  });
});

describe('what could not be read', () => {
  const denied = aGap({ id: 'denied' });

  test('changes nothing where another trail records everything', () => {
    const trails = [aTrail(), aTrail({ name: 'second', eventSelectors: unknown('denied') })];
    expect(coverageIn(anInventory({ trails, gaps: [denied] })).management().write).toEqual(known('full'));
  });

  test('makes losses doubtful, with the gap', () => {
    const { write, writeLosses } = coverageIn(withSelectors(unknown('denied'))).management();
    expect(write).toEqual({ state: 'unknown', gaps: ['denied'] });
    expect(writeLosses.members).toEqual([]);
    expect(writeLosses.doubtful).toMatchObject([{ gaps: ['denied'] }]);
  });

  test('leaves losses certain that it cannot change', () => {
    const trails = [
      aTrail({ name: 'stopped', status: { isLogging: false }, eventSelectors: unknown('denied') }),
      aTrail({ eventSelectors: { basic: [basic({ excludeManagementEventSources: ['kms.amazonaws.com'] })] } }),
    ];
    const { write, writeLosses } = coverageIn(anInventory({ trails })).management();
    expect(write).toEqual(known('partial'));
    expect(writeLosses).toMatchObject({ members: [{ eventSource: 'kms.amazonaws.com' }], doubtful: [] });
  });

  test('is an account that could not be entered', () => {
    const unread = unknown('not-entered');
    const member = anAccount({ id: MEMBER, ownTrails: unread, regions: unread });
    const inventory = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), member] });
    expect(coverageIn(inventory).management().write).toEqual({ state: 'unknown', gaps: ['not-entered'] });
  });

  test('is the list of the organization’s trails', () => {
    const inventory = anInventory({ trails: [], organization: anOrganization({ trailsGap: 'no-list' }) });
    expect(coverageIn(inventory).management().write).toEqual({ state: 'unknown', gaps: ['no-list'] });
  });

  test('is whether a failing trail selects: the loss is certain, its worse reason is not', () => {
    const trail = aTrail({
      eventSelectors: unknown('denied'),
      status: { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-11-20T12:00:00.000Z' },
    });
    const { write, writeLosses } = coverageIn(anInventory({ trails: [trail] })).management();
    expect(write).toMatchObject({ state: expect.any(String) });
    expect(writeLosses).toMatchObject({
      members: [{ reason: 'not-delivered' }],
      doubtful: [{ gaps: ['denied'], value: { reason: expect.not.stringMatching('not-delivered') } }],
    });
  });
});
