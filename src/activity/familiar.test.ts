import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityPolicies } from '../../test/support/activity-policies.js';
import { aRecord } from '../../test/support/event-logs.js';
import { everyRegion, type Baseline } from '../model/baseline.js';
import type { EventCoverage, EventRecord } from '../model/log-events.js';
import { paramsObject } from '../policy/index.js';
import {
  boundedBaseline,
  Collector,
  judgeAll,
  mergedBaselines,
  seenNow,
  withSeen,
  type GivenBaseline,
} from './index.js';

const account = '111122223333';
const hour = 3_600_000;
const start = Date.UTC(2026, 10, 1);
const noParams = paramsObject(new Map());

const loading = (what = 'event.sourceIPAddress', more = '') =>
  activityPolicies({
    'calls-are-familiar': `activity: { familiar: { where: "event.eventName == 'ListUsers'", what: ["${what}"], baseline: 3d }${more} }\nmessage: "\${incident.key}"`,
  });

const usual = loading();
const asking = (...given: Parameters<typeof loading>) => (given.length === 0 ? usual : loading(...given));

/** An event `at` hours after the start, from an address. */
function event(number: number, at: number, address: string, more: EventRecord = {}): EventRecord {
  const eventTime = new Date(start + at * hour).toISOString().replace('.000Z', 'Z');
  return aRecord(number, { eventTime, awsRegion: 'us-east-1', sourceIPAddress: address, ...more });
}

/** Hours after the start. */
interface Read {
  readonly from: number;
  readonly to: number;
  readonly missing?: readonly number[];
  readonly regions?: readonly string[];
}

function covered({ from, to, missing = [], regions = ['us-east-1'] }: Read): EventCoverage {
  const hours = Array.from({ length: to - from }, (_, index) => from + index);
  return {
    from: new Date(start + from * hour).toISOString(),
    to: new Date(start + to * hour).toISOString(),
    gaps: [],
    cells: regions.flatMap((region) =>
      hours.map((it) => ({
        account,
        region,
        hour: new Date(start + it * hour).toISOString().slice(0, 13),
        state: missing.includes(it) ? ('silent' as const) : ('present' as const),
      })),
    ),
  };
}

function judgeable(records: readonly EventRecord[], read: Read, policies = asking()) {
  const window = { from: start + read.from * hour, to: start + read.to * hour };
  const paramsFor = () => noParams;
  const collected = new Collector(policies, window, paramsFor);
  collected.add({ origin: { object: 'a.json.gz' }, records });
  const coverage = covered(read);
  return { policies, collected, coverage, window, accounts: [], paramsFor, settled: window.to, at: coverage.to };
}

function saved(records: readonly EventRecord[], read: Read, policies = asking(), isEveryRegion = true): Baseline {
  return withSeen({ entries: [] }, seenNow(judgeable(records, read, policies), isEveryRegion), undefined);
}

/** The outcome, the keys of incidents, and what the gaps say. */
function verdict(records: readonly EventRecord[], read: Read, past: GivenBaseline, policies = asking()) {
  const [found] = judgeAll({ ...judgeable(records, read, policies), past });
  return {
    outcome: found?.outcome,
    keys: found?.incidents.map(({ key }) => key),
    gaps: found?.gaps.map((it) => it.message),
  };
}

const today: Read = { from: 240, to: 264 };
const before: Read = { from: 0, to: 240 };
const compliant = { outcome: 'COMPLIANT', keys: [], gaps: [] };

describe('what was seen within the time before', () => {
  test('is familiar, and what was not is an incident', () => {
    const past = { baseline: saved([event(1, 200, 'a'), event(2, 100, 'b')], before) };
    expect(verdict([event(3, 241, 'a')], today, past)).toEqual(compliant);
    expect(verdict([event(3, 241, 'b'), event(4, 242, 'c'), event(5, 243, 'c')], today, past)).toEqual({
      outcome: 'NON_COMPLIANT',
      keys: ['b', 'c'],
      gaps: [],
    });
  });

  test('to the second, its beginning included', () => {
    const past = { baseline: saved([event(1, 175, 'a')], before) };
    expect(verdict([event(2, 247, 'a')], today, past).outcome).toBe('COMPLIANT');
    expect(verdict([event(2, 247 + 1 / 3600, 'a')], today, past).outcome).toBe('NON_COMPLIANT');
  });

  test('also earlier in the window, which may be longer than it', () => {
    const records = [event(1, 10, 'a'), event(2, 80, 'a'), event(3, 160, 'a'), event(4, 200, 'a')];
    const found = verdict(records, { from: 0, to: 240 }, { baseline: undefined });
    expect(found.outcome).toBe('NON_COMPLIANT');
    expect(found.keys).toEqual(['a']);
    expect(found.gaps?.join()).toContain('there is no baseline');
  });

  test('is not what happened in the window itself, where the baseline holds that, too', () => {
    const records = [event(1, 241, 'a'), event(2, 250, 'a')];
    const baseline = saved(records, { from: 0, to: 264 });
    expect(verdict(records, today, { baseline })).toMatchObject({ outcome: 'NON_COMPLIANT', keys: ['a'] });
  });
});

describe('what is not known leaves open whether something is new', () => {
  const unknown = (past: GivenBaseline, read = today, policies = asking()) => {
    const found = verdict([event(3, 241, 'a')], read, past, policies);
    expect(found).toMatchObject({ outcome: 'INSUFFICIENT_DATA', keys: [] });
    return found.gaps?.join('\n');
  };

  test('no baseline, an empty one, one of another account', () => {
    expect(unknown({ baseline: undefined })).toContain('--save-baseline FILE');
    expect(unknown({ baseline: { entries: [] } })).toContain('holds nothing of it');
    const others = saved([], before).entries.map((it) => Object.assign({}, it, { account: '444455556666' }));
    expect(unknown({ baseline: { entries: others } })).toContain('holds nothing of it');
  });

  test('a baseline that is not used', () => {
    expect(unknown({ baseline: undefined, refused: 'the baseline is that of organization o-1' })).toContain('o-1');
  });

  test('a hole in it, that it is too short, that it ends too early', () => {
    expect(unknown({ baseline: saved([], { ...before, missing: [200] }) })).toContain(
      'lacks 2026-11-09T08:00:00Z to 2026-11-09T09:00:00Z',
    );
    expect(unknown({ baseline: saved([], { from: 200, to: 240 }) })).toContain('lacks');
    expect(unknown({ baseline: saved([], { from: 0, to: 239 }) })).toContain('lacks');
    expect(unknown({ baseline: saved([], { ...before, missing: [160] }) }, { ...today, missing: [240] })).toBeDefined();
  });

  test('holes outside of that time change nothing, nor do any where all was seen', () => {
    const baseline = saved([event(1, 230, 'b')], { ...before, missing: [100] });
    expect(verdict([event(3, 241, 'a')], today, { baseline }).outcome).toBe('NON_COMPLIANT');
    const holed = saved([event(1, 230, 'a')], { ...before, missing: [200] });
    expect(verdict([event(3, 241, 'a')], today, { baseline: holed })).toEqual(compliant);
  });

  test('another condition, other parts, and another meaning of parameters', () => {
    const baseline = saved([event(1, 230, 'a')], before, asking('event.awsRegion'));
    expect(unknown({ baseline })).toContain('another condition');
  });

  test('a Region that it does not speak of', () => {
    const baseline = saved([], before, asking(), false);
    expect(unknown({ baseline }, { ...today, regions: ['us-east-1', 'eu-west-1'] })).toContain('in eu-west-1');
    expect(verdict([event(3, 241, 'a')], today, { baseline }).outcome).toBe('NON_COMPLIANT');
    const all = saved([], before);
    expect([...(all.entries[0]?.known.keys() ?? [])]).toEqual([everyRegion]);
    expect(
      verdict([event(3, 241, 'a')], { ...today, regions: ['us-east-1', 'eu-west-1'] }, { baseline: all }).outcome,
    ).toBe('NON_COMPLIANT');
  });

  test('an event that may have shown it', () => {
    const doubtful = event(1, 230, 'a', { eventName: 7 });
    const baseline = saved([doubtful], before);
    expect(unknown({ baseline })).toContain('lacks');
    const timeless = event(2, 230, 'a', { eventTime: 'yesterday' });
    expect(saved([timeless], before).entries[0]?.known.size).toBe(0);
  });

  test('one that may be new itself', () => {
    const baseline = saved([event(1, 230, 'a')], before);
    const doubtful = (address: string) => event(3, 241, address, { eventName: 7 });
    expect(verdict([doubtful('b')], today, { baseline }).outcome).toBe('INSUFFICIENT_DATA');
    expect(verdict([doubtful('a')], today, { baseline })).toEqual(compliant);
  });

  test('a baseline of less than a day', () => {
    expect(() =>
      activityPolicies({
        p: `activity: { familiar: { where: event.isRoot, what: [event.awsRegion], baseline: 23h } }\nmessage: M`,
      }),
    ).toThrow('less than a day');
  });
});

test('what is allowed is no incident, and makes familiar', () => {
  const policies = asking('event.sourceIPAddress', `, except: "event.awsRegion == 'eu-west-1'"`);
  const allowed = { awsRegion: 'eu-west-1' };
  const past = { baseline: saved([], before, policies) };
  expect(verdict([event(1, 241, 'a', allowed)], today, past, policies)).toEqual(compliant);
  expect(verdict([event(1, 241, 'a', allowed), event(2, 242, 'a')], today, past, policies)).toEqual(compliant);
  expect(verdict([event(1, 243, 'a', allowed), event(2, 242, 'a')], today, past, policies).keys).toEqual(['a']);
});

test('an event that was replaced shows nothing', () => {
  const past = { baseline: saved([], before) };
  const replacing = event(2, 241, 'a', {
    addendum: { reason: 'UPDATED_DATA', originalEventID: event(1, 0, '')['eventID'] },
  });
  expect(verdict([event(1, 241, 'a'), { ...replacing, eventName: 'GetUser' }], today, past)).toEqual(compliant);
  expect(verdict([event(1, 241, 'a'), replacing], today, past).keys).toEqual(['a']);
});

test('a run that verifies takes no baseline of one that did not', () => {
  const read = judgeable([event(1, 230, 'a')], before);
  const made = (verified: boolean) => withSeen({ entries: [] }, seenNow(read, true, verified), undefined);
  const asked = (baseline: Baseline) => verdict([event(3, 241, 'a')], today, { baseline, mustBeVerified: true });
  expect(asked(made(true))).toEqual(compliant);
  expect(asked(made(false))).toMatchObject({ outcome: 'INSUFFICIENT_DATA', keys: [] });
  expect(asked(made(false)).gaps?.join()).toContain('without --verify');
  // Neither is proven by being mixed, nor kept beside what is.
  expect(mergedBaselines([made(true), made(false)]).entries[0]?.verified).toBe(false);
  const later = seenNow(judgeable([], today), true, true);
  expect(withSeen(made(false), later, undefined).entries[0]).toMatchObject({ verified: true, seen: new Map() });
});

describe('baselines', () => {
  test('of several runs are one', () => {
    const [a, b] = [
      saved([event(1, 100, 'a')], { from: 0, to: 120 }),
      saved([event(2, 200, 'b')], { from: 120, to: 240 }),
    ];
    expect(mergedBaselines([a, b])).toEqual(saved([event(1, 100, 'a'), event(2, 200, 'b')], before));
    expect(mergedBaselines([b, a])).toEqual(mergedBaselines([a, b]));
  });

  test('let go what is too old to matter, with the time it lay in', () => {
    const old = saved([event(1, 1, 'a'), event(2, 50, 'b')], { from: 0, to: 72 });
    const now = withSeen(old, seenNow(judgeable([event(3, 400, 'c')], { from: 72, to: 480 }), true), 'o-1');
    const [entry] = now.entries;
    expect(now.organization).toBe('o-1');
    expect(entry?.seen.size).toBe(1);
    expect(entry?.known.get(everyRegion)).toEqual([{ from: start + (480 - 11 * 24) * hour, to: start + 480 * hour }]);
  });

  test('that hold too much forget what was seen the longest ago, and that they knew that time', () => {
    const records = [event(1, 200, 'a'), event(2, 210, 'b'), event(3, 220, 'c')];
    const bounded = boundedBaseline(saved(records, before), 2);
    expect(bounded.entries[0]?.seen.size).toBe(2);
    expect(verdict([event(4, 241, 'a')], today, { baseline: bounded }).outcome).toBe('INSUFFICIENT_DATA');
    expect(verdict([event(4, 241, 'c')], today, { baseline: bounded })).toEqual(compliant);
    expect(boundedBaseline(saved(records, before), 3)).toEqual(saved(records, before));
  });
});

test('days read one by one find what all of them at once find, and a lost hour makes nothing familiar or new', () => {
  const seen = fc.record({ at: fc.nat(8 * 24 * 4 - 1), address: fc.constantFrom('a', 'b', 'c') });
  const days = [0, 1, 2, 3, 4, 5, 6, 7];
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 40 }), fc.option(fc.nat(8 * 24 - 1)), (all, lost) => {
      const records = all.map(({ at, address }, index) => event(index, at / 4, address));
      const isKept = (it: EventRecord): boolean =>
        lost === null || Math.floor((Date.parse(String(it['eventTime'])) - start) / hour) !== lost;
      let baseline: Baseline = { entries: [] };
      for (const number of days) {
        const read: Read = { from: number * 24, to: number * 24 + 24, ...(lost === null ? {} : { missing: [lost] }) };
        const found = verdict(records.filter(isKept), read, { baseline });
        const isNew = (it: (typeof all)[number]): boolean =>
          Math.floor(it.at / 96) === number &&
          !all.some((other) => other.address === it.address && other.at < it.at && other.at >= it.at - 288);
        const expected = [...new Set(all.filter(isNew).map(({ address }) => address))].toSorted();
        const isWhole = number >= 3 && lost === null;
        // Nothing that is found is wrong, and nothing is said to hold that does not.
        expect(expected).toEqual(expect.arrayContaining([...(found.keys ?? [])]));
        expect(found.outcome === 'COMPLIANT' ? expected : []).toEqual([]);
        expect(isWhole ? [...(found.keys ?? [])].toSorted() : expected).toEqual(expected);
        baseline = withSeen(baseline, seenNow(judgeable(records.filter(isKept), read), true), undefined);
        // The same day once more, with itself in the baseline.
        expect(verdict(records.filter(isKept), read, { baseline }).keys).toEqual(found.keys);
      }
    }),
    { numRuns: 40 },
  );
});
