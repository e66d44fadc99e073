import { expect, test } from 'vitest';
import { everyAccessPoint } from './operations/choices.js';
import { operations } from './operations/index.js';
import {
  accountActions,
  accountPolicy,
  callerPolicy,
  callsWith,
  configPolicy,
  eventHistoryCallerPolicy,
  logFilesCallerPolicy,
  logFilesPolicy,
  sessionPolicy,
} from './permissions.js';
import { athenaPolicy, lakePolicy } from './query-permissions.js';

test('no action writes: all are reads by name, but for queries, which a run must be told to start', () => {
  const actions = Object.values(operations).map(({ action }) => action);
  const verbs = actions.flatMap((action) => (action === undefined ? [] : [action.split(':')[1] ?? '']));
  expect(verbs.filter((verb) => !/^(Get|List|Describe|Select|BatchGet|Lookup)/.test(verb))).toEqual([
    'AssumeRole',
    'StartQueryExecution',
    'StopQueryExecution',
    'StartQuery',
    'CancelQuery',
    'StartQuery',
    'StopQuery',
  ]);
  const chosen = Object.entries(operations).flatMap(([name, { optIn }]) =>
    optIn === undefined ? [] : [[name, optIn]],
  );
  expect(chosen).toEqual([
    ['athena:StartQueryExecution', 'athena'],
    ['athena:StopQueryExecution', 'athena'],
    ['cloudtrail:StartQuery', 'lake'],
    ['cloudtrail:CancelQuery', 'lake'],
    ['logs:StartQuery', 'insights'],
    ['logs:StopQuery', 'insights'],
  ]);
});

test('the session policy fits what STS takes: 2,048 characters', () => {
  expect(sessionPolicy().length).toBeLessThanOrEqual(2048);
});

test('the role in each account reads, and neither lists the organization nor goes on to other accounts', () => {
  expect(accountActions()).toContain('cloudtrail:GetTrailStatus');
  expect(accountActions().filter((action) => /^(sts|organizations):/.test(action))).toEqual([]);
  expect(accountPolicy().Statement.flatMap((it) => it.Action)).toEqual(accountActions());
});

test('the caller may assume only the role of that name', () => {
  const assume = callerPolicy('aws-cn', 'Audit').Statement.find((it) => it.Action.includes('sts:AssumeRole'));
  expect(assume?.Resource).toBe('arn:aws-cn:iam::*:role/Audit');
});

test('AWS Config is asked by the caller; a role only tells of its own recorders, where a policy asks', () => {
  const isOfConfig = (action: string): boolean => action.startsWith('config:');
  expect(accountActions().filter(isOfConfig)).toEqual([
    'config:DescribeConfigurationRecorderStatus',
    'config:DescribeConfigurationRecorders',
  ]);
  expect(accountActions(new Set(['cloudtrail:ListTrails'])).filter(isOfConfig)).toEqual([]);
  const [statement] = configPolicy().Statement;
  expect(statement?.Action).toContain('config:SelectAggregateResourceConfig');
  expect(statement?.Action).toContain('organizations:ListAccounts');
});

test("actions that are not called as the operation is have S3's names", () => {
  expect(operations['s3:GetBucketLifecycleConfiguration'].action).toBe('s3:GetLifecycleConfiguration');
  expect(operations['s3control:GetPublicAccessBlock'].action).toBe('s3:GetAccountPublicAccessBlock');
});

test('queries are started with a set of permissions of its own alone', () => {
  const others = [
    accountPolicy(),
    callerPolicy('aws', 'Audit'),
    configPolicy(),
    logFilesPolicy('aws'),
    logFilesCallerPolicy('aws', 'Logs'),
    eventHistoryCallerPolicy('aws', 'History'),
  ];
  const actions = others.flatMap((it) => it.Statement.flatMap((statement) => statement.Action));
  expect(actions.filter((it) => /^(athena|glue):|Put|Start|Stop|Cancel/.test(it))).toEqual([]);
  expect(sessionPolicy()).not.toMatch(/athena|Query/);
  const athena = athenaPolicy('aws', { bucket: 'logs', prefix: 'trail' }, { bucket: 'results', prefix: '' });
  const writes = athena.Statement.filter((it) => it.Action.some((action) => /:(Put|Abort)/.test(action)));
  expect(writes).toEqual([
    expect.objectContaining({
      Resource: ['arn:aws:s3:::results', 'arn:aws:s3:::results/*'],
      Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
    }),
  ]);
  expect(JSON.stringify(athena)).toContain('"arn:aws:s3:::logs/trail/*"');
});

test('an event data store is asked by itself alone', () => {
  const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/11111111-2222-4333-8444-555555555555';
  const [asks, decrypts] = lakePolicy('aws', arn).Statement;
  expect(asks).toMatchObject({
    Action: [
      'cloudtrail:CancelQuery',
      'cloudtrail:DescribeQuery',
      'cloudtrail:GetEventDataStore',
      'cloudtrail:GetQueryResults',
      'cloudtrail:StartQuery',
    ],
    Resource: arn,
  });
  expect(decrypts?.Resource).toBe('arn:aws:kms:eu-west-1:111122223333:key/*');
  expect(lakePolicy('aws-cn').Statement.map((it) => it.Resource)).toEqual([
    'arn:aws-cn:cloudtrail:*:*:eventdatastore/*',
    'arn:aws-cn:kms:*:*:key/*',
  ]);
});

test('what is chosen beside calls is no right, and does not bring with it what else a plain run leaves out', () => {
  const calls = callsWith(new Set([everyAccessPoint]));
  expect(calls?.has(everyAccessPoint)).toBe(true);
  expect(calls?.has('securityhub:DescribeHub')).toBe(false);
  expect(callsWith(new Set(['securityhub:DescribeHub']))?.has(everyAccessPoint)).toBe(false);
  expect(accountActions(new Set([everyAccessPoint]))).toEqual([]);
});
