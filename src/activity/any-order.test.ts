import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBatch, EventRecord, WantedValues } from '../model/log-events.js';
import { activityPolicies, judged, oneFile, theDay, wholeDay } from '../../test/support/activity-policies.js';
import { aRecord } from '../../test/support/event-logs.js';
import { paramsObject } from '../policy/index.js';
import { Collector } from './collector.js';
import type { AskedPolicy } from './compiled-activity.js';
import { coverageFrom } from './look-back.js';
import { judgeAll } from './verdicts.js';

const is = (name: string): string => `event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName == '${name}'`;
const accounts = ['111122223333', '444455556666'];

const policies = activityPolicies({
  never: `activity: { never: { where: "${is('StopLogging')}" } }\nincident: { by: [event.principal] }\nmessage: "\${event.sourceIPAddress} \${incident.count}"`,
  series: `activity: { at-most: { where: "event.eventName in ['StopLogging', 'ListUsers']", by: [event.sourceIPAddress], count: 2, within: 10m } }\nmessage: "\${event.eventName} \${incident.firstAt}"`,
  spread: `activity: { at-most: { where: "${is('StopLogging')}", by: [event.sourceIPAddress], distinct: "event.requestParameters.?name.orValue('')", count: 1, within: 1h } }\nmessage: M`,
  again: `activity: { followed-by: { where: "${is('StopLogging')}", then: "${is('StartLogging')}", same: ["event.requestParameters.?name.orValue('')"], within: 15m } }\nmessage: "\${event.eventName}"`,
  fresh: `activity: { familiar: { where: "${is('StopLogging')}", what: ["event.requestParameters.?name.orValue('')"], baseline: 1d }, except: "event.sourceIPAddress == '203.0.113.2'" }\nmessage: "\${event.sourceIPAddress}"`,
  seen: `activity: { happens: { where: "${is('StartLogging')}", every: 6h } }\nmessage: M`,
});

const record = fc
  .record({
    id: fc.nat(30),
    minute: fc.nat(24 * 60 - 1),
    second: fc.constantFrom(0, 1),
    name: fc.constantFrom('StopLogging', 'StartLogging', 'ListUsers', 'DescribeTrails'),
    source: fc.constantFrom('cloudtrail.amazonaws.com', 'cloudtrail.amazonaws.com', undefined),
    address: fc.constantFrom('203.0.113.1', '203.0.113.2'),
    trail: fc.constantFrom('main', 'other', { omitted: true, originalSize: 1, reason: 'size' }),
    account: fc.constantFrom(...accounts),
    shared: fc.option(fc.nat(3), { nil: undefined }),
    replaces: fc.option(fc.nat(30), { nil: undefined, freq: 8 }),
  })
  .map(({ id, minute, second, name, source, address, trail, account, shared, replaces }): EventRecord => {
    return aRecord(id, {
      eventTime: new Date(theDay.from + minute * 60_000 + second * 1000).toISOString().replace('.000Z', 'Z'),
      eventSource: source,
      eventName: name,
      sourceIPAddress: address,
      recipientAccountId: account,
      requestParameters: typeof trail === 'string' ? { name: trail } : trail,
      ...(shared === undefined ? {} : { sharedEventID: `shared-${shared}` }),
      ...(replaces === undefined
        ? {}
        : { addendum: { reason: 'UPDATED_DATA', originalEventID: aRecord(replaces)['eventID'] } }),
    });
  });

const records = fc.array(record, { minLength: 1, maxLength: 40 });

/** Each record in one or more of a few objects, in any order, and the objects cut into batches. */
const delivered = records.chain((all) =>
  fc
    .tuple(
      fc.array(fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }), {
        minLength: all.length,
        maxLength: all.length,
      }),
      fc.shuffledSubarray(
        all.map((_, index) => index),
        { minLength: all.length },
      ),
    )
    .map(([objects, order]) => ({ all, objects, order })),
);

function batches(all: readonly EventRecord[], objects: readonly (readonly number[])[], order: readonly number[]) {
  return order.flatMap((index): readonly EventBatch[] => {
    const it = all[index];
    return (objects[index] ?? []).map((object) => ({
      origin: { object: `${object}.json.gz`, verified: object === 0 },
      records: it === undefined ? [] : [it],
    }));
  });
}

const coverage = wholeDay(accounts, [5]);

test('shuffled, duplicated and split, the same events give the same verdicts to the byte', () => {
  fc.assert(
    fc.property(delivered, ({ all, objects, order }) => {
      const inOrder = all.map((_, index) => index);
      const one = judged(policies, batches(all, objects, inOrder), coverage);
      const other = judged(policies, batches(all, objects, order).toReversed(), coverage);
      expect(JSON.stringify(other)).toBe(JSON.stringify(one));
    }),
  );
});

/** What a source hands on: records that hold one of the texts. */
function wantedOf(all: readonly EventRecord[], wanted: WantedValues): readonly EventRecord[] {
  if (wanted === 'all') return all;
  const holds = (value: unknown): boolean =>
    typeof value === 'object' && value !== null ? Object.values(value).some(holds) : wanted.has(String(value));
  return all.filter(holds);
}

test('records that no policy can want change nothing', () => {
  const { wanted } = new Collector(policies, theDay, () => undefined);
  expect(wanted).toEqual(new Set(['UPDATED_DATA', 'StopLogging', 'StartLogging', 'ListUsers']));
  fc.assert(
    fc.property(records, (all) => {
      const named = all.filter((it) => it['eventName'] !== undefined);
      const some = judged(policies, oneFile(wantedOf(named, wanted)), coverage);
      expect(some).toEqual(judged(policies, oneFile(named), coverage));
    }),
  );
});

test('names of members that conditions demand do the same for policies that name no event', () => {
  const nameless = activityPolicies({
    refused: `activity: { at-most: { where: event.isDenied && !event.isByService, by: [event.sourceIPAddress], count: 2, within: 10m } }\nmessage: M`,
    failed: `activity: { never: { where: "has(event.errorCode) && event.eventName != 'ListUsers'" } }\nmessage: M`,
    read: `activity: { at-most: { where: "event.?readOnly.orValue(false) && !event.isByService", by: [event.sourceIPAddress], distinct: event.eventName, count: 1, within: 1h } }\nmessage: M`,
    browser: `activity: { never: { where: "event.?userAgent.orValue('').startsWith('Moz') || event.?errorCode.orValue('') == 'X'" } }\nmessage: M`,
  });
  const { wanted } = new Collector(nameless, theDay, () => undefined);
  expect(wanted).toEqual(new Set(['UPDATED_DATA', 'errorCode', 'readOnly', 'userAgent']));
  const more = fc.record({
    errorCode: fc.constantFrom(undefined, null, 'AccessDenied', 'X', 7),
    readOnly: fc.constantFrom(undefined, true, false, 'true', 7),
    userAgent: fc.constantFrom(undefined, 'Mozilla', 7),
    userIdentity: fc.constantFrom({}, { type: 'AWSService' }, { invokedBy: 'config.amazonaws.com' }),
  });
  const holds = (value: unknown): boolean =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).some(([name, it]) => (wanted !== 'all' && wanted.has(name)) || holds(it))
      : wanted !== 'all' && wanted.has(String(value));
  fc.assert(
    fc.property(fc.array(fc.tuple(record, more), { maxLength: 30 }), (pairs) => {
      const all = pairs.map(([it, others]) => ({ ...it, ...others }));
      const defined = all.map((it) =>
        Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)),
      );
      const some = judged(nameless, oneFile(defined.filter(holds)), coverage);
      expect(some).toEqual(judged(nameless, oneFile(defined), coverage));
    }),
  );
});

test('what is kept of policies that count, and what is judged of it, changes nothing', () => {
  const counting = activityPolicies({
    events: `activity: { at-most: { where: "event.eventName != 'GetUser'", by: [event.sourceIPAddress], count: 3, within: 6h } }\nmessage: "\${event.eventName} \${incident.count}"`,
    values: `activity: { at-most: { where: "event.eventName != 'GetUser'", by: [event.eventName], distinct: event.sourceIPAddress, count: 1, within: 6h } }\nincident: { by: [event.principal] }\nmessage: "\${event.sourceIPAddress}"`,
    sums: `activity: { at-most: { where: "event.eventName != 'GetUser'", sum: "size(event.requestParameters.?name.orValue(''))", count: 30, within: 6h } }\nmessage: M`,
  });
  fc.assert(
    fc.property(records, (all) => {
      const paramsFor = () => paramsObject(new Map());
      const collected = new Collector(counting, theDay, paramsFor);
      for (const batch of oneFile(all)) collected.add(batch);
      // The first hours were read for series that reach into the window, and one of them is missing.
      const window = { ...theDay, from: theDay.from + 7 * 3_600_000 };
      const asked = coverageFrom(coverage, new Date(window.from).toISOString());
      const given = {
        policies: counting,
        coverage: asked,
        window,
        accounts: [],
        paramsFor,
        settled: theDay.to,
        at: coverage.to,
      };
      const everything = Object.assign(Object.create(collected) as Collector, {
        matchesToJudge: ({ id }: AskedPolicy) => collected.matchesOf(id),
      });
      expect(judgeAll({ ...given, collected })).toEqual(judgeAll({ ...given, collected: everything }));
    }),
  );
});

/** What a verdict may be where an hour is missing, by what it is where none is. */
function allowed(policyId: string, before: string | undefined): readonly string[] {
  // What must happen was seen, or it may have happened in that hour.
  if (policyId === 'seen') return before === 'COMPLIANT' ? ['COMPLIANT'] : ['NON_COMPLIANT', 'INSUFFICIENT_DATA'];
  if (before !== 'NON_COMPLIANT') return ['INSUFFICIENT_DATA'];
  return policyId === 'again' ? ['NON_COMPLIANT', 'INSUFFICIENT_DATA'] : ['NON_COMPLIANT'];
}

test('a missing hour leaves open what held, and takes back no incident that it cannot concern', () => {
  const outcomesBy = (verdicts: ReturnType<typeof judged>) =>
    new Map(verdicts.map(({ policyId, account, outcome }) => [`${policyId} ${account}`, outcome]));
  fc.assert(
    fc.property(records, fc.nat(23), (all, hour) => {
      const whole = outcomesBy(judged(policies, oneFile(all), wholeDay(accounts)));
      const missing = judged(policies, oneFile(all), wholeDay(accounts, [hour]));
      for (const { policyId, account, outcome } of missing) {
        const before = whole.get(`${policyId} ${account}`);
        expect(allowed(policyId, before)).toContain(outcome);
      }
    }),
  );
});

test('at-most finds just what counting in every window finds', () => {
  const times = fc.array(fc.nat(3600), { maxLength: 30 });
  fc.assert(
    fc.property(times, (seconds) => {
      const all = seconds.map((second, index) =>
        aRecord(index, {
          eventTime: new Date(theDay.from + second * 1000).toISOString(),
          sourceIPAddress: '203.0.113.1',
        }),
      );
      const most = Math.max(0, ...seconds.map((from) => seconds.filter((it) => it >= from && it <= from + 600).length));
      const found = judged(policies, oneFile(all)).find((it) => it.policyId === 'series');
      expect(found?.outcome).toBe(most > 2 ? 'NON_COMPLIANT' : 'COMPLIANT');
      const inExcess = seconds.filter((at) =>
        seconds.some((from) => {
          const within = seconds.filter((it) => it >= from && it <= from + 600);
          return within.length > 2 && at >= from && at <= from + 600;
        }),
      );
      expect(found?.incidents.reduce((sum, it) => sum + it.events.length, 0)).toBe(inExcess.length);
    }),
  );
});
