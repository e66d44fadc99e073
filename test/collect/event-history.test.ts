import { expect, test } from 'vitest';
import { limiter, withEventHistory } from '../../src/collect/index.js';
import { eventsFromHistory, type HistoryOptions } from '../../src/events/index.js';
import type { Clock } from '../../src/collect/aws/clock.js';
import { impatience, useFakeAws } from '../support/collect-from.js';
import { aRecord, anAccount as owner, eventId } from '../support/event-logs.js';
import {
  aRole,
  aWorld,
  anAccount,
  managementAccountId,
  type FakeAwsOptions,
  type World,
  type WorldEvent,
} from '../support/fake-aws/index.js';

const now = Date.parse('2026-11-21T00:00:00Z');
const region = 'us-east-1';

/** Events of one account, each a minute after the one before. */
function events(count: number, more: (index: number) => Partial<WorldEvent> = () => ({})): WorldEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const eventTime = new Date(Date.parse('2026-11-20T00:00:00Z') + index * 60_000).toISOString().replace('.000', '');
    const { record, ...others } = more(index);
    return { record: aRecord(index, { eventTime, awsRegion: region, ...record }), ...others };
  });
}

/** Two requests a second take their time in the book only. */
function hasty(): Clock {
  let slept = 0;
  return {
    now: () => now + slept,
    sleep: async (milliseconds) => {
      slept += milliseconds;
    },
  };
}

interface Given {
  readonly history: NonNullable<World['eventHistory']>;
  readonly fake?: FakeAwsOptions;
  readonly accounts?: readonly string[];
  readonly regions?: 'enabled';
  readonly options?: Partial<HistoryOptions>;
  readonly members?: World['accounts'];
}

async function read({ history, fake, accounts, regions, options, members = [] }: Given) {
  const world = aWorld({ accounts: [anAccount({ id: managementAccountId }), ...members], eventHistory: history });
  const aws = await useFakeAws(world, { now: () => now, ...fake }, { accountId: managementAccountId });
  return await withEventHistory(
    {
      ...impatience,
      tuning: { ...impatience.tuning, clock: hasty() },
      accounts,
      regions: regions === 'enabled' ? undefined : [region],
      onRequests: () => undefined,
    },
    async (opened) => {
      const source = eventsFromHistory(opened, {
        from: '2026-11-20T00:00:00Z',
        to: '2026-11-21T00:00:00Z',
        at: new Date(now).toISOString(),
        limit: limiter(4),
        ...options,
      });
      const ids: unknown[] = [];
      for await (const { records } of source.read('all')) ids.push(...records.map((it) => it['eventID']));
      const coverage = source.coverage();
      const states = new Set(coverage.cells.map((it) => it.state));
      const lookups = aws.calls().filter((it) => it.operation === 'LookupEvents');
      return { ids, coverage, states, lookups, requests: opened.requests() };
    },
  );
}

const own = (its: readonly WorldEvent[]) => ({ [managementAccountId]: { [region]: its } });

test('reads all pages of all events, and knows every hour then', async () => {
  const { ids, states, coverage, lookups, requests } = await read({ history: own(events(120)) });
  expect(new Set(ids)).toEqual(new Set(Array.from({ length: 120 }, (_, index) => eventId(index))));
  expect(lookups).toHaveLength(3);
  expect(requests.byOperation['cloudtrail:LookupEvents']).toBe(3);
  expect(coverage.cells).toHaveLength(24);
  expect(states).toEqual(new Set(['present']));
  expect(coverage.managementEventsOnly).toBe(true);
});

test('a token that expires between pages loses and doubles nothing', async () => {
  const sameSecond = events(130, (index) =>
    index > 20 && index < 60 ? { record: { eventTime: '2026-11-20T01:00:00Z' } } : {},
  );
  const { ids, states } = await read({ history: own(sameSecond), fake: { lookupTokensExpireAt: 100 } });
  expect(ids).toHaveLength(130);
  expect(states).toEqual(new Set(['present']));
});

test('throttling is waited out', async () => {
  const { ids, states } = await read({
    history: own(events(60)),
    fake: { faults: [{ match: { operation: 'LookupEvents' }, kind: 'throttled', times: 2 }] },
  });
  expect(ids).toHaveLength(60);
  expect(states).toEqual(new Set(['present']));
});

test('a page that cannot be read leaves the hours before it open', async () => {
  const { ids, coverage } = await read({
    history: own(events(120)),
    fake: { faults: [{ match: { operation: 'LookupEvents' }, kind: 'internal-error', after: 1 }] },
  });
  expect(ids).toHaveLength(50);
  expect(coverage.cells.map((it) => it.state.slice(0, 1)).join('')).toBe(`uu${'p'.repeat(22)}`);
});

test('an answer that says nothing of events is not a day without events', async () => {
  const hollow = { faults: [{ match: { operation: 'LookupEvents' }, kind: 'hollow' as const }] };
  const { ids, states } = await read({ history: own(events(60)), fake: hollow });
  expect(ids).toEqual([]);
  expect(states).toEqual(new Set(['unreadable']));
  expect((await read({ history: own([]) })).states).toEqual(new Set(['present']));
});

test('a few names are looked up for themselves, one a request; many by all events', async () => {
  const some = events(500, (index) => (index % 250 === 0 ? { record: { eventName: 'StopLogging' } } : {}));
  const few = { by: 'names', names: new Set(['StopLogging', 'DeleteTrail']) } as const;
  const { ids, lookups } = await read({ history: own(some), options: { lookups: few } });
  expect(ids).toEqual(expect.arrayContaining([eventId(0), eventId(250)]));
  expect(lookups).toHaveLength(3);
  const many = { by: 'names', names: new Set(Array.from({ length: 60 }, (_, index) => `Name${index}`)) } as const;
  expect((await read({ history: own(some), options: { lookups: many } })).lookups).toHaveLength(10);
});

test('attributes find events by resource and user, each event once', async () => {
  const some = events(4, (index) =>
    index === 1
      ? { resources: [{ name: 'sg-1', type: 'AWS::EC2::SecurityGroup' }] }
      : { record: { userIdentity: { type: 'IAMUser', userName: index === 2 ? 'sg-1' : 'bob', accountId: owner } } },
  );
  const attributes = [
    { key: 'ResourceName', value: 'sg-1' },
    { key: 'Username', value: 'sg-1' },
    { key: 'EventName', value: 'sg-1' },
  ] as const;
  const { ids, lookups } = await read({ history: own(some), options: { lookups: { by: 'attributes', attributes } } });
  expect(ids).toEqual([eventId(1), eventId(2)]);
  expect(lookups).toHaveLength(3);
});

test('what is older than 90 days is not in it', async () => {
  const { coverage } = await read({
    history: own([]),
    options: { from: '2026-08-22T22:00:00Z', to: '2026-08-23T02:00:00Z' },
  });
  expect(coverage.cells.map((it) => it.state)).toEqual(['unreadable', 'unreadable', 'present', 'present']);
  expect(coverage.cells[0]?.gap?.message).toContain('Event history holds 90 days');
});

const member = '222222222222';
const history = { [managementAccountId]: { [region]: events(1) }, [member]: { 'eu-west-1': events(2) } };

test('accounts are entered, and their enabled Regions asked', async () => {
  const { ids, lookups, coverage } = await read({
    history,
    accounts: [managementAccountId, member],
    regions: 'enabled',
    members: [anAccount({ id: member, roles: [aRole({ trusts: ['*'] })] })],
    options: { to: '2026-11-20T01:00:00Z' },
  });
  expect(new Set(lookups.map((it) => it.accountId))).toEqual(new Set([managementAccountId, member]));
  expect(new Set(lookups.map((it) => it.region)).size).toBeGreaterThan(15);
  expect(new Set(coverage.cells.map((it) => it.state))).toEqual(new Set(['present']));
  expect(ids).toHaveLength(3);
});

test('an account that cannot be entered is a gap, and the others are read', async () => {
  const { ids, coverage } = await read({
    history,
    accounts: [managementAccountId, member],
    members: [anAccount({ id: member, roles: [] })],
  });
  expect(ids).toEqual([eventId(0)]);
  expect(coverage.gaps).toMatchObject([
    { accountId: member, reason: 'access-denied', call: 'cloudtrail:LookupEvents' },
  ]);
});
