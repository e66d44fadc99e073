import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { activityPolicies } from '../../test/support/activity-pack/index.js';
import { benignDay } from '../../test/support/activity-pack/benign-day.js';
import { wholeDay } from '../../test/support/activity-policies.js';
import { anAccount, aRecord, aRegion, eventId } from '../../test/support/event-logs.js';
import { realEvents } from '../../test/support/invictus-events/index.js';
import { Collector, judgeAll } from '../activity/index.js';
import { openMembers, type EventRecord, type LightEvent, type RecordSorter } from '../model/log-events.js';
import { paramsObject } from '../policy/index.js';
import { KnownKinds } from './like-records.js';
import { LogFileReader } from './log-file.js';

const window = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) };
const place = { account: anAccount, region: aRegion };
const origin = { object: 'a' };

/** Reads the text of a file in parts; what is given whole, and what was told by its kind alone. */
function read(text: string, sizes: readonly number[], sorter: RecordSorter, kinds = new KnownKinds(sorter)) {
  const light: string[] = [];
  const reader = new LogFileReader(undefined, window, place, kinds, (it) => {
    light.push(idOf(it));
    it.kind.take(it, origin);
  });
  const bytes = Buffer.from(text);
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  reader.end();
  return { whole: reader.takeRecords(), light, facts: reader.facts };
}

const fewKinds = { kinds: 60, bytes: 1e6, trial: 100, pause: 50 };

/** The id of an event that was not parsed. */
const idOf = ({ data, idAt }: LightEvent): string => Buffer.from(data).toString('latin1', idAt, idAt + 36);

const common = (record: EventRecord, known: ReadonlySet<string>): EventRecord =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => !openMembers.has(name) || known.has(name))
      .map(([name, value]) => [name, name === 'sharedEventID' ? '' : value]),
  );

const someOpen = fc.constantFrom<(readonly string[])[]>(
  [],
  ['requestParameters'],
  ['resources', 'errorMessage', 'requestParameters'],
);

const members = fc.record(
  {
    errorCode: fc.constantFrom('AccessDenied', 'é', ''),
    errorMessage: fc.constantFrom('no', '"eventID":"x"'),
    requestParameters: fc.constantFrom(null, { eventID: 1, requestParameters: { eventName: 'x' } }, 'eventID'),
    sharedEventID: fc.constantFrom('shared', eventId(7), eventId(8)),
    addendum: fc.constant({ reason: 'UPDATED_DATA', originalEventID: 'x' }),
    resources: fc.constantFrom([], [{ ARN: '}],"eventID":' }]),
    eventName: fc.constantFrom('GetUser', 'eventID', 'tlsDetails":', '\ud83d\ude00', '\\u0041'),
    eventTime: fc.constantFrom('2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z', '2026-11-20T10:15:30.5Z', 'never'),
    eventID: fc.constantFrom('short', 7, '00000000-0000-4000-8000-00000000"000'),
    userIdentity: fc.constantFrom({ eventTime: 'x' }, 'userAgent', null),
  },
  { requiredKeys: [] },
);

test('a record that is told by its kind is that one, however the text is cut; all others are given whole', () => {
  const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(members, { maxLength: 8 }),
      chunks,
      fc.constantFrom(0, 0, 1),
      someOpen,
      (all, sizes, space, asked) => {
        const records = [aRecord(99), ...all.map((it, index) => aRecord(index, it))];
        const asks = new Set(asked);
        const samples: EventRecord[] = [];
        const taken = new Map<string, { readonly sample: EventRecord; readonly at: number }>();
        const { whole, facts } = read(JSON.stringify({ Records: records }, undefined, space), sizes, {
          kindOf: (sample, known) => {
            if (known.size < asks.size) return { asks };
            samples.push(sample);
            return { take: (it) => taken.set(idOf(it), { sample, at: it.at }) };
          },
        });
        expect(new Set(samples.map((it) => JSON.stringify(it))).size).toBe(samples.length);
        const inWindow = records.filter(({ eventTime }) => {
          const at = Date.parse(String(eventTime));
          return at >= window.from && at < window.to;
        });
        expect(whole.length + taken.size).toBe(inWindow.length);
        const light = inWindow.filter((it) => taken.has(String(it['eventID'])));
        expect(whole).toEqual(inWindow.filter((it) => !light.includes(it)));
        expect(light.map((it) => taken.get(String(it['eventID'])))).toEqual(
          light.map((it) => ({ sample: common(it, asks), at: Date.parse(String(it['eventTime'])) })),
        );
        expect(light.some((it) => it['sharedEventID'] === 'shared' || 'addendum' in it)).toBe(false);
        expect(facts.records).toBe(records.length);
      },
    ),
  );
});

test.each([
  ['a name twice', '"eventName":"ListUsers"', '"eventName":"ListUsers","eventName":"DeleteUser"', 1],
  ['an open name twice', '"requestID"', '"eventTime":"2026-11-20T11:00:00Z","requestID"', 1],
  ['a name in another spelling', '"userAgent"', String.raw`"\u0075serAgent"`, 2],
  ['spaces before a colon', '"userAgent":', '"userAgent" :', 2],
  ['what is no JSON', '"awsRegion"', '"awsRegion":x,"awsRegion"', 'LogFault: has a record that is not JSON'],
])('%s is not told by its kind', (_, what, instead, left) => {
  const text = JSON.stringify({ Records: [aRecord(0), aRecord(1)] });
  const asked: string[] = [];
  const sorter: RecordSorter = { kindOf: () => ({ take: (it) => void asked.push(idOf(it)) }) };
  const last = text.lastIndexOf(what);
  const changed = `${text.slice(0, last)}${instead}${text.slice(last + what.length)}`;
  const whole = attempted(() => read(changed, [], sorter).whole.length);
  expect([whole, asked]).toEqual([left, []]);
});

function attempted<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
}

test('where hardly two records are alike, kinds are not asked about for a while', () => {
  const records = Array.from({ length: 300 }, (_, index) => aRecord(index, { eventName: `Get${index}` }));
  let asked = 0;
  const kindOf: RecordSorter['kindOf'] = () => {
    asked += 1;
    return 'whole';
  };
  const kinds = new KnownKinds({ kindOf }, { ...fewKinds, kinds: 50, trial: 20, pause: 100 });
  expect(read(JSON.stringify({ Records: records }), [], { kindOf }, kinds).whole).toHaveLength(records.length);
  // 50, then 20 in vain and a pause of 100; 50 again, 20 in vain, and the rest is within the second pause.
  expect(asked).toBe(100);
});

test('of a kind whose open members hardly ever are the same, no more are remembered than a few', () => {
  const records = Array.from({ length: 300 }, (_, index) =>
    aRecord(index, { requestParameters: { name: index < 100 ? index : 1 + (index % 10) } }),
  );
  let asked = 0;
  const asks = new Set(['requestParameters']);
  const kindOf: RecordSorter['kindOf'] = (_, known) => {
    if (known.size === 0) return { asks };
    asked += 1;
    return { take: () => undefined };
  };
  const { whole, light } = read(JSON.stringify({ Records: records }), [], { kindOf });
  expect([asked, whole.length, light.length]).toEqual([64, 36, 264]);
});

test('what is asked is asked once: who asks again gets the record', () => {
  const asks = new Set(['requestParameters']);
  const records = [aRecord(0), aRecord(1), aRecord(2)];
  const kindOf = vi.fn<RecordSorter['kindOf']>(() => ({ asks }));
  const { whole, light } = read(JSON.stringify({ Records: records }), [], { kindOf });
  expect([whole, light]).toEqual([records, []]);
  expect(kindOf.mock.calls.map(([, known]) => known.size)).toEqual([0, 1]);
});

test.each([
  ['twice', '"requestParameters":{"a":1,"a":1}', 'ambiguous'],
  ['as no JSON', '"requestParameters":{"a":x}', 'LogFault: has a record that is not JSON'],
  ['in another spelling, too', String.raw`"requestParameters":null,"request\u0050arameters":1`, 'ambiguous'],
])('what is asked and stands there %s is not told by its kind', (_, instead, outcome) => {
  const asks = new Set(['requestParameters']);
  const changed = JSON.stringify(aRecord(1)).replace('"requestParameters":null', instead);
  const text = JSON.stringify({ Records: [aRecord(0)] }).replace(']}', `,${changed}]}`);
  const kindOf = vi.fn<RecordSorter['kindOf']>(() => ({ asks }));
  const found = attempted<string>(() => (read(text, [], { kindOf }).facts.ambiguous === 1 ? 'ambiguous' : 'read'));
  expect(found).toBe(outcome);
  // About what is written there nobody is asked.
  expect(kindOf.mock.calls.every(([, known]) => known.size === 0)).toBe(true);
});

test('with and without kinds, the whole pack judges real events in the same way', () => {
  const asked = [...activityPolicies.values()].map(({ id, activity, params }) => ({ id, activity, params }));
  const values = new Map(asked.map(({ id, params }) => [id, paramsObject(params)]));
  const paramsFor = (id: string) => values.get(id);
  const before = new Map<unknown, unknown>();
  const records = [...realEvents, ...benignDay].flatMap((it, index) => {
    const at = new Date(window.from + ((index * 20_000) % 86_400_000)).toISOString().replace('.000', '');
    const recipient = { recipientAccountId: anAccount, awsRegion: aRegion, eventTime: at };
    // Once more: the second of a kind is told without being parsed. The third differs in what is open, or shares its id.
    const others = [
      { errorMessage: 'refused' },
      { requestParameters: null },
      { requestParameters: before.get(it['eventName']) ?? null },
      { responseElements: { [String(it['eventName'])]: 'Failure' } },
      { sharedEventID: eventId(index), resources: [] },
      { userAgent: 'console.amazonaws.com', additionalEventData: { MFAUsed: 'No' } },
    ];
    before.set(it['eventName'], it['requestParameters']);
    return [{}, {}, others[index % others.length]].map((changes, number) =>
      Object.assign({}, it, recipient, changes, { eventID: eventId(3 * index + number) }),
    );
  });
  const text = JSON.stringify({ Records: records });
  const judged = (isSorted: boolean, limits?: typeof fewKinds) => {
    const collected = new Collector(asked, window, paramsFor);
    const sorter: RecordSorter = isSorted ? collected : { kindOf: () => 'whole' };
    const { whole, light } = read(text, [], sorter, new KnownKinds(sorter, limits));
    collected.add({ origin, records: whole });
    const coverage = wholeDay([anAccount], [], [aRegion]);
    const given = { policies: asked, collected, coverage, window, accounts: [], paramsFor };
    return { light, verdicts: judgeAll({ ...given, settled: window.to, at: coverage.to }) };
  };
  const [sorted, parsed] = [judged(true), judged(false)];
  expect(sorted.verdicts).toEqual(parsed.verdicts);
  expect(sorted.verdicts.filter((it) => it.outcome === 'NON_COMPLIANT').length).toBeGreaterThan(10);
  expect(parsed.light).toEqual([]);
  expect(sorted.light.length).toBeGreaterThan(records.length / 3);
  // Kinds that are forgotten, and pauses, change nothing.
  const forgetful = judged(true, fewKinds);
  expect(forgetful.verdicts).toEqual(parsed.verdicts);
  expect(forgetful.light.length).toBeLessThan(sorted.light.length);
});
