import { expect, test } from 'vitest';
import { activityPolicies } from '../../test/support/activity-policies.js';
import { aRecord } from '../../test/support/event-logs.js';
import type { EventRecord } from '../model/log-events.js';
import { paramsObject } from '../policy/index.js';
import { explainEvent, type ExplainedEvent } from './index.js';

const is = (name: string): string => `event.eventName == '${name}'`;
const policies = activityPolicies({
  never: `activity: { never: { where: "${is('StopLogging')}" , }, except: "event.requestParameters.?name.orValue('') == 'test'" }\nmessage: M`,
  again: `activity: { followed-by: { where: "${is('StopLogging')}", then: "${is('StartLogging')}", same: ["event.requestParameters.?name.orValue('')"], within: 15m } }\nmessage: M`,
});

function explained(id: string, members: EventRecord): ExplainedEvent {
  const policy = policies.find((it) => it.id === id);
  if (policy === undefined) throw new Error(`There is no ${id}.`);
  return explainEvent(policy.activity, paramsObject(new Map()), aRecord(1, members));
}

const stop = { eventName: 'StopLogging', requestParameters: { name: 'main' } };
const leftOut = { omitted: true, originalSize: 1, reason: 'size' };

test.each<readonly [string, EventRecord, ExplainedEvent['verdict']]>([
  ['never', stop, 'counts'],
  ['never', { ...stop, requestParameters: { name: 'test' } }, 'allowed'],
  ['never', { ...stop, requestParameters: leftOut }, 'open'],
  ['never', { eventName: 'ListUsers', requestParameters: leftOut }, 'other'],
  ['never', { eventName: 7 }, 'open'],
  ['never', { ...stop, eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' }, 'beside'],
  ['again', stop, 'counts'],
  ['again', { ...stop, eventName: 'StartLogging' }, 'follows'],
  ['again', { eventName: 'ListUsers' }, 'other'],
])('%s on %j: %s', (id, members, verdict) => {
  expect(explained(id, members).verdict).toBe(verdict);
});

test('each condition has the values that decided, and the event its key', () => {
  expect(explained('never', stop).conditions).toEqual([
    { name: 'where', value: 'holds', because: [{ expr: 'event.eventName', value: 'StopLogging' }] },
    {
      name: 'except',
      value: 'does not hold',
      because: [{ expr: "event.requestParameters.?name.orValue('')", value: 'main' }],
    },
  ]);
  expect(explained('never', { eventName: 'ListUsers' }).conditions).toHaveLength(1);
  expect(explained('again', stop)).toMatchObject({ key: 'main', eventName: 'StopLogging' });
});
