import { expect, test } from 'vitest';
import { mayReactToTrailChanges } from './rule-relevance.js';

test.each([
  ['all four are plain', { source: ['aws.cloudtrail'], detail: { eventName: ['StopLogging', 'DeleteTrail'] } }],
  ['one of several names', { detail: { eventName: ['RunInstances', 'UpdateTrail'] } }],
  ['a test that may hold', { source: [{ prefix: 'aws.' }], detail: { eventName: [{ suffix: 'Trail' }] } }],
  ['nothing is said of where it tells', { account: ['111122223333'] }],
  ['alternatives', { $or: [{ source: ['aws.ec2'] }, { source: ['aws.cloudtrail'] }] }],
])('may react: %s', (_, pattern) => {
  expect(mayReactToTrailChanges(JSON.stringify(pattern))).toBe(true);
});

test.each([
  ['another source', { source: ['aws.ec2', 'aws.autoscaling'] }],
  ['another kind of event', { 'detail-type': ['EC2 Instance State-change Notification'] }],
  ['another service', { detail: { eventSource: ['iam.amazonaws.com'] } }],
  ['other calls', { source: ['aws.cloudtrail'], detail: { eventName: ['CreateTrail'] } }],
])('has nothing to do with it: %s', (_, pattern) => {
  expect(mayReactToTrailChanges(JSON.stringify(pattern))).toBe(false);
});

test('what is no JSON is left to whoever judges patterns', () => {
  expect(mayReactToTrailChanges('{"source": [')).toBe(true);
  expect(mayReactToTrailChanges('[]')).toBe(true);
});
