import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { activityPolicies, theDay, wholeDay } from '../../test/support/activity-policies.js';
import { anAccount, aRecord, aRegion, eventId } from '../../test/support/event-logs.js';
import { Collector, judgeAll, type AskedPolicy } from '../activity/index.js';
import { paramsObject } from '../policy/index.js';
import type { EventRecord, RecordSorter } from '../model/log-events.js';
import { KnownKinds } from './like-records.js';
import { LogFileReader } from './log-file.js';

const named = (name: string): string => `where: event.eventName == '${name}'`;
const name = "string(event.requestParameters.?name.orValue('none'))";

/** Each asks in another place for what records of one kind need not have in common. */
const asked = activityPolicies({
  condition: `activity: { never: { where: "${name} == 'a' && event.succeeded" } }\nmessage: M`,
  done: `activity: { never: { where: "event.eventName == 'Put' && event.succeeded" } }\nmessage: M`,
  except: `activity: { never: { ${named('Put')} }, except: "${name} == 'b'" }\nmessage: M`,
  told: `activity: { never: { ${named('Put')} } }\nmessage: "\${${name}} by \${event.principal}"`,
  timed: `activity: { never: { ${named('Get')} } }\nmessage: "at \${event.eventTime}"`,
  early: `activity: { never: { where: "int(event.eventTime) % 86400 < 3600" } }\nmessage: M`,
  incidents: `activity: { never: { ${named('Put')} } }\nincident: { by: ["${name}"] }\nmessage: M`,
  shared: `activity: { never: { where: "event.?sharedEventID.orValue('') == '${eventId(900)}'" } }\nmessage: M`,
  counted: `activity: { at-most: { where: event.succeeded, by: [event.eventName], count: 2, within: 1h } }\nmessage: M`,
  distinct: `activity: { at-most: { ${named('Get')}, by: [event.principal], distinct: "${name}", count: 1, within: 1h } }\nmessage: M`,
  ids: `activity: { at-most: { ${named('Get')}, by: [event.principal], distinct: "event.requestParameters.?name.orValue(event.eventID)", count: 1, within: 1h } }\nmessage: M`,
  sequence: `activity: { followed-by: { ${named('Put')}, then: "event.eventName == 'Get'", same: ["${name}"], within: 1h } }\nmessage: M`,
  regular: `activity: { happens: { where: "event.eventName == 'Get' && ${name} == 'a'", every: 2h } }\nmessage: M`,
  resources: `activity: { never: { where: "event.resourceIds.exists(it, it == 'arn:aws:s3:::a')" } }\nmessage: M`,
});

const record = fc.record({
  eventName: fc.constantFrom('Get', 'Put'),
  eventID: fc.integer({ min: 0, max: 40 }).map(eventId),
  eventTime: fc
    .integer({ min: 0, max: 8 })
    .map((part) => `2026-11-20T0${part >> 1}:${part % 2 === 0 ? '00' : '30'}:00Z`),
  requestParameters: fc.constantFrom<unknown[]>(null, { name: 'a' }, { name: 'b' }, { name: ['c'] }, 'odd', 'a'),
});
const more = fc.record(
  {
    errorCode: fc.constantFrom('AccessDenied', null),
    errorMessage: fc.constantFrom('no', null),
    responseElements: fc.constantFrom({ Put: 'Failure' }, { Put: 'Success' }),
    sharedEventID: fc.constantFrom(eventId(900), eventId(901), 'other'),
    resources: fc.constantFrom<unknown[]>([{ ARN: 'arn:aws:s3:::a' }], [{ ARN: 'arn:aws:s3:::b' }], 'odd', [7]),
    addendum: fc.constant({ reason: 'UPDATED_DATA', originalEventID: eventId(3) }),
  },
  { requiredKeys: [] },
);
const rare = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: more });
const records = fc.array(
  fc.tuple(record, rare).map(([one, other]): EventRecord => aRecord(0, Object.assign({}, one, other))),
  { maxLength: 30 },
);

const paramsFor = () => paramsObject(new Map());
const origin = { object: 'a.json.gz' };

function judged(policies: readonly AskedPolicy[], all: readonly EventRecord[], isSorted: boolean) {
  const collected = new Collector(policies, theDay, paramsFor);
  let told = 0;
  const kindOf: RecordSorter['kindOf'] = (sample, known) => {
    const made = collected.kindOf(sample, known);
    if (known.size > 0 && made !== 'whole') told += 1;
    return made;
  };
  const kinds = isSorted ? new KnownKinds({ kindOf }) : undefined;
  const place = { account: anAccount, region: aRegion };
  const reader = new LogFileReader(undefined, theDay, place, kinds, (it) => it.kind.take(it, origin));
  reader.push(Buffer.from(JSON.stringify({ Records: all })));
  reader.end();
  collected.add({ origin, records: reader.takeRecords() });
  const coverage = wholeDay([anAccount], [], [aRegion]);
  const given = { policies, collected, coverage, window: theDay, accounts: [], paramsFor };
  const verdicts = judgeAll({ ...given, settled: theDay.to, at: coverage.to });
  return { verdicts, told };
}

test('wherever a policy asks for what is open of a kind, its verdict is that of whole records, to the byte', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.subarray([...asked], { minLength: 1, maxLength: 4 }), records, (policies, all) => {
      const sorted = judged(policies, all, true);
      told += sorted.told;
      expect(JSON.stringify(sorted.verdicts)).toBe(JSON.stringify(judged(policies, all, false).verdicts));
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(100);
});
