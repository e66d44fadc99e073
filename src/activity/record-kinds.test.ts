import { expect, test } from 'vitest';
import { activityPolicies, judged, oneFile, shownVerdicts } from '../../test/support/activity-policies.js';
import { judged as judgedByPack, raised } from '../../test/support/activity-pack/index.js';
import { aRecord, eventId } from '../../test/support/event-logs.js';
import type { EventRecord } from '../model/log-events.js';

/** What an endpoint tells of a call that it let through: no parameters, no answer, and not whether it only reads. */
function passed(number: number, members: EventRecord): EventRecord {
  const whole = aRecord(number, {
    eventType: 'AwsVpceEvent',
    eventCategory: 'NetworkActivity',
    vpcEndpointId: 'vpce-0a1b2c3d4e5f60718',
    sourceIPAddress: '10.0.141.54',
    sharedEventID: eventId(500 + number),
    ...members,
  });
  const left = new Set(['requestParameters', 'responseElements', 'readOnly', 'managementEvent', 'userAgent']);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !left.has(name)));
}

const stop = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', readOnly: false };

test('a call that an endpoint let through is judged by the record of the call', () => {
  const refused = aRecord(2, { ...stop, errorCode: 'AccessDenied', requestParameters: { name: 'main' } });
  expect(raised([passed(1, stop), refused])).toEqual([]);
  const done = aRecord(2, { ...stop, requestParameters: { name: 'main' } });
  const both = judgedByPack([passed(1, stop), done], { ids: ['trails-are-not-stopped'] });
  expect(both.flatMap((it) => it.incidents.map(({ key }) => key))).toEqual([eventId(2)]);
});

test('one secret that is read again and again through an endpoint is one secret', () => {
  const read = { eventSource: 'secretsmanager.amazonaws.com', eventName: 'GetSecretValue' };
  const records = Array.from({ length: 15 }, (_, index) => [
    passed(2 * index, read),
    aRecord(2 * index + 1, { ...read, requestParameters: { secretId: 'database' } }),
  ]).flat();
  expect(raised(records)).toEqual([]);
});

test('what an endpoint refused is a refusal', () => {
  const records = Array.from({ length: 40 }, (_, index) =>
    passed(index, { eventName: 'GetUser', errorCode: 'VpceAccessDenied', errorMessage: 'refused' }),
  );
  expect(raised(records)).toContain('calls-are-not-refused-in-series');
});

const insight = {
  eventVersion: '1.09',
  eventTime: '2026-11-20T10:15:00Z',
  awsRegion: 'us-east-1',
  eventID: eventId(7),
  eventType: 'AwsCloudTrailInsight',
  recipientAccountId: '111122223333',
  sharedEventID: eventId(8),
  insightDetails: { state: 'Start', eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
  eventCategory: 'Insight',
};

test('records of many calls leave nothing open', () => {
  const outcomes = judgedByPack([insight, aRecord(1)], {}).map((it) => it.outcome);
  expect(new Set(outcomes)).toEqual(new Set(['COMPLIANT']));
});

test('a policy that asks for the category is about all of them', () => {
  const policies = activityPolicies({
    passages: `activity: { never: { where: "event.?eventCategory.orValue('') == 'NetworkActivity'" } }\nmessage: M`,
    insights: `activity: { never: { where: "event.?eventCategory.orValue('') == 'Insight'" } }\nmessage: M`,
  });
  const verdicts = shownVerdicts(judged(policies, oneFile([passed(1, stop), insight])));
  expect(verdicts.map((it) => it.replace(/ \[.*$/, ''))).toEqual([
    'insights 111122223333 NON_COMPLIANT',
    'passages 111122223333 NON_COMPLIANT',
  ]);
});
