import { describe, expect, test } from 'vitest';
import { logKeysOf, notificationCarries, subscriptionCarries, type Subscription } from './log-monitors.js';

describe('what a subscription filter hands on', () => {
  const of = (pattern: string, it: Partial<Subscription> = {}) =>
    subscriptionCarries({ pattern, isOnTransformedLogs: false, ...it });

  test.each([
    '',
    ' ',
    '{ $.eventVersion = * }',
    '{ $.eventSource = * }',
    '{ ($.eventName = *) || ($.eventName = "x") }',
  ])('everything: %j', (pattern) => {
    expect(of(pattern)).toBe('yes');
  });

  test.each([
    '{ $.eventSource = "s3.amazonaws.com" }',
    '{ $.readOnly IS FALSE }',
    '{ $.errorCode = * }',
    '{ $.eventSource != "kms.amazonaws.com" }',
  ])('a part: %j', (pattern) => {
    expect(of(pattern)).toBe('no');
  });

  test('what is not decided', () => {
    expect(of('{ $.eventName ===')).toBe('unknown');
    expect(of('', { isOnTransformedLogs: true })).toBe('unknown');
    expect(of('', { selectionCriteria: '@aws.account = "111122223333"' })).toBe('unknown');
  });
});

describe('what a bucket notifies of', () => {
  const logKeys = 'audit/AWSLogs/111122223333/CloudTrail/';
  const of = (prefix: string, suffix = '', ...events: string[]) =>
    notificationCarries({ events: events.length === 0 ? ['s3:ObjectCreated:*'] : events, prefix, suffix }, logKeys);

  test.each([
    ['', ''],
    ['audit/', ''],
    ['audit/AWSLogs/111122223333/CloudTrail/', '.json.gz'],
    ['audit/AWSLogs', '.gz'],
  ])('each log file: %j, %j', (prefix, suffix) => {
    expect(of(prefix, suffix)).toBe('yes');
    expect(of(prefix, suffix, 's3:ObjectCreated:Put')).toBe('yes');
  });

  test('other keys, ends and events', () => {
    expect(of('AWSLogs/')).toBe('no');
    expect(of('audit/AWSLogs/111122223333/CloudTrail/eu-west-1/')).toBe('no');
    expect(of('', '.csv')).toBe('no');
    expect(of('', '', 's3:ObjectRemoved:*', 's3:ObjectCreated:Copy')).toBe('no');
  });
});

test('where log files are', () => {
  const own = { isOrganizationTrail: false };
  expect(logKeysOf(own, '111122223333', 'o-a')).toBe('AWSLogs/111122223333/CloudTrail/');
  expect(logKeysOf({ ...own, s3KeyPrefix: 'p' }, '111122223333', undefined)).toBe('p/AWSLogs/111122223333/CloudTrail/');
  expect(logKeysOf({ isOrganizationTrail: true }, '111122223333', 'o-a')).toBe('AWSLogs/o-a/');
  expect(logKeysOf({ isOrganizationTrail: true }, '111122223333', undefined)).toBe('AWSLogs/');
});
