import { describe, expect, test } from 'vitest';
import { requiredEvents } from '../facts/required-events/index.js';
import { realEvents } from '../../test/support/invictus-events/index.js';
import { eventNamesOf, eventPair, eventSourcesOf, isEventSource, knownEventSources } from './event-catalogue.js';

describe('which events there are', () => {
  test('calls of the service models', () => {
    expect(eventPair('cloudtrail.amazonaws.com', 'StopLogging')).toEqual({ state: 'known', also: [] });
    expect(eventPair('ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress').state).toBe('known');
    expect(eventPair('iam.amazonaws.com', 'SimulatePrincipalPolicy').state).toBe('known');
    expect(eventPair('config.amazonaws.com', 'StopConfigurationRecorder').state).toBe('known');
    expect(eventPair('access-analyzer.amazonaws.com', 'DeleteAnalyzer').state).toBe('known');
  });

  test('events that are no calls', () => {
    expect(eventPair('signin.amazonaws.com', 'ConsoleLogin').state).toBe('known');
    expect(eventPair('kms.amazonaws.com', 'RotateKey').state).toBe('known');
  });

  test('a name is exact, and belongs to its service', () => {
    expect(eventPair('cloudtrail.amazonaws.com', 'StopLoging')).toEqual({ state: 'unknown' });
    expect(eventPair('cloudtrail.amazonaws.com', 'stopLogging')).toEqual({ state: 'unknown' });
    expect(eventPair('iam.amazonaws.com', 'StopLogging')).toEqual({ state: 'unknown' });
    expect(eventPair('configservice.amazonaws.com', 'StopConfigurationRecorder')).toEqual({ state: 'unchecked' });
    expect(eventPair('cloudtrail', 'StopLogging')).toEqual({ state: 'unchecked' });
  });

  test('versions behind names are those of two services', () => {
    expect(eventPair('lambda.amazonaws.com', 'UpdateFunctionCode20150331v2').state).toBe('known');
    expect(eventPair('lambda.amazonaws.com', 'UpdateFunctionCod20150331v2').state).toBe('unknown');
    expect(eventPair('cloudfront.amazonaws.com', 'CreateDistribution2020_05_31').state).toBe('known');
    expect(eventPair('cloudfront.amazonaws.com', 'CreateDistribution').state).toBe('known');
    expect(eventPair('iam.amazonaws.com', 'CreateUser20150331').state).toBe('unknown');
  });

  test('calls that are recorded under other names', () => {
    expect(eventPair('lambda.amazonaws.com', 'UpdateFunctionCode')).toEqual({
      state: 'known',
      also: ['UpdateFunctionCode20150331', 'UpdateFunctionCode20150331v2'],
    });
    expect(eventPair('s3.amazonaws.com', 'PutPublicAccessBlock')).toEqual({
      state: 'known',
      also: ['PutBucketPublicAccessBlock'],
    });
    expect(eventPair('s3.amazonaws.com', 'PutBucketPolicy')).toEqual({ state: 'known', also: [] });
  });

  test('the services that have an event', () => {
    expect(eventSourcesOf('StopLogging')).toEqual(['cloudtrail.amazonaws.com']);
    expect(eventSourcesOf('CreatePolicy')).toEqual(
      expect.arrayContaining(['iam.amazonaws.com', 'organizations.amazonaws.com']),
    );
    expect(eventSourcesOf('StopLoging')).toEqual([]);
  });

  test('sources of which not enough is known are sources', () => {
    expect(isEventSource('application-autoscaling.amazonaws.com')).toBe(true);
    expect(eventNamesOf('application-autoscaling.amazonaws.com')).toBeUndefined();
    expect(isEventSource('s3express.amazonaws.com')).toBe(true);
    expect(isEventSource('configservice.amazonaws.com')).toBe(false);
    expect(isEventSource('iam')).toBe(false);
  });
});

describe('the catalogue is whole', () => {
  test('it has the services that matter most', () => {
    const services =
      'access-analyzer account cloudformation cloudtrail config ec2 guardduty iam kms lambda logs organizations rds ' +
      'route53resolver s3 secretsmanager securityhub signin sns sqs ssm sso sts';
    expect(knownEventSources()).toEqual(expect.arrayContaining(services.split(' ').map((it) => `${it}.amazonaws.com`)));
    expect(knownEventSources().reduce((sum, it) => sum + (eventNamesOf(it)?.size ?? 0), 0)).toBeGreaterThan(14_000);
  });

  test('no name is cut', () => {
    for (const source of knownEventSources()) {
      for (const name of eventNamesOf(source) ?? []) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{3,}$/);
    }
  });

  test('it has each call that an alarm must be told of', () => {
    const named = Object.values(requiredEvents)
      .flatMap(({ required, sinceCis5, advised }) => required.concat(sinceCis5, advised))
      .map(({ event }) => [event['eventSource'], event['eventName']])
      .filter((it): it is [string, string] => it.every((part) => typeof part === 'string'));
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter(([source, name]) => eventPair(source, name).state !== 'known')).toEqual([]);
  });

  test('it has the real events', () => {
    const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
    const pairs = realEvents.map((it) => [textOf(it['eventSource']), textOf(it['eventName'])] as const);
    expect(pairs.filter(([source, name]) => eventPair(source, name).state === 'unknown')).toEqual([]);
  });
});
