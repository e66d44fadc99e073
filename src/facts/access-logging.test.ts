import { describe, expect, test } from 'vitest';
import { absent, aBucket, known, unknown } from '../../test/support/inventory-builders.js';
import type { AccessLogTarget, Bucket } from '../model/inventory.js';
import { accessLogProblem } from './access-logging.js';

const into = (targetBucket: string) => known({ targetBucket, targetPrefix: '' });
const here = known({ accountId: '111122223333', region: 'eu-central-1' });

function problem(accessLogging: Bucket['accessLogging'], target?: Partial<Bucket>) {
  const bucket = aBucket({ name: 'logs', owner: here, accessLogging });
  const other = aBucket({ owner: here, objectLock: absent, ...target, name: 'access' });
  const findBucket = (name: string) => (name === 'access' && target !== undefined ? other : undefined);
  return accessLogProblem(bucket, { findBucket, note: () => 'undecided' });
}

test.each<[string, Bucket['accessLogging'], Partial<Bucket> | undefined, string | undefined]>([
  ['no access logs', absent, undefined, undefined],
  ['a bucket that was not read', into('access'), undefined, undefined],
  ['a bucket that can take them', into('access'), {}, undefined],
  ['Object Lock without a default retention', into('access'), { objectLock: known({ enabled: true }) }, undefined],
  ['itself', into('logs'), undefined, 'they go into the log bucket itself'],
  ['no bucket', into('access'), { owner: absent }, 'bucket access does not exist'],
  [
    'another account',
    into('access'),
    { owner: known({ accountId: '999988887777', region: 'eu-central-1' }) },
    'bucket access belongs to account 999988887777',
  ],
  [
    'another Region',
    into('access'),
    { owner: known({ accountId: '111122223333', region: 'us-east-1' }) },
    'bucket access is in us-east-1',
  ],
  [
    'a locked bucket',
    into('access'),
    { objectLock: known({ enabled: true, mode: 'GOVERNANCE', days: 30 }) },
    'bucket access has a default retention of Object Lock',
  ],
])('%s', (_, accessLogging, target, expected) => {
  expect(problem(accessLogging, target)).toEqual(known(expected));
});

test('what could not be read leaves it open', () => {
  expect(problem(unknown('g-logging'))).toEqual({ state: 'unknown', gaps: ['g-logging'] });
  expect(problem(into('access'), { owner: unknown('g-owner') })).toEqual({ state: 'unknown', gaps: ['g-owner'] });
  expect(problem(into('access'), { objectLock: unknown('g-lock') })).toEqual({ state: 'unknown', gaps: ['g-lock'] });
});

describe('a target that the owner of the log bucket was asked for', () => {
  const allowing = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const denying = (statement: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: logging.Resource, ...statement }],
    });
  const logging = {
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::access/*',
  };
  const bound = {
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::logs' },
    StringEquals: { 'aws:SourceAccount': '111122223333' },
  };
  const whole: AccessLogTarget = {
    region: 'eu-central-1',
    hasDefaultRetention: false,
    requesterPays: false,
    policy: allowing(logging),
    grantsLogDelivery: false,
  };
  const { policy: _, ...withoutPolicy } = whole;
  const ofTarget = (accessLogTarget: NonNullable<Bucket['accessLogTarget']>) => {
    const accessLogging = known({ targetBucket: 'access', targetPrefix: 'trail/' });
    const bucket = aBucket({ name: 'logs', owner: here, accessLogging, accessLogTarget });
    return accessLogProblem(bucket, { findBucket: () => undefined, note: () => 'undecided' });
  };
  const refused = "the policy of bucket access does not let S3's log delivery write";

  test.each<[string, Partial<AccessLogTarget>, string | undefined]>([
    ['that lets log delivery write', {}, undefined],
    ['that lets it write for this bucket', { policy: allowing({ ...logging, Condition: bound }) }, undefined],
    [
      'that lets it write for another bucket',
      { policy: allowing({ ...logging, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::other' } } }) },
      refused,
    ],
    [
      'that lets it write elsewhere',
      { policy: allowing({ ...logging, Resource: 'arn:aws:s3:::access/x/*' }) },
      refused,
    ],
    [
      'that lets its access control list decide',
      { policy: allowing({ ...logging, Action: 's3:GetObject' }), grantsLogDelivery: true },
      undefined,
    ],
    [
      'whose policy denies all writing, whatever its access control list says',
      { policy: denying({}), grantsLogDelivery: true },
      "the policy of bucket access denies S3's log delivery to write",
    ],
    [
      'whose policy denies it to all but an organization',
      {
        policy: denying({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-example123' } } }),
        grantsLogDelivery: true,
      },
      "the policy of bucket access denies S3's log delivery to write",
    ],
    [
      'whose policy denies it over plain HTTP',
      { policy: denying({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), grantsLogDelivery: true },
      undefined,
    ],
    [
      'that lets it write keys of no access log',
      { policy: allowing({ ...logging, Resource: 'arn:aws:s3:::access/trail/x/*' }) },
      refused,
    ],
    ['in another Region', { region: 'us-east-1' }, 'bucket access is in us-east-1'],
    ['with a default retention', { hasDefaultRetention: true }, 'bucket access has a default retention of Object Lock'],
    ['whose requesters pay', { requesterPays: true }, 'bucket access lets requesters pay'],
  ])('%s', (_name, parts, expected) => {
    expect(ofTarget(known({ ...whole, ...parts }))).toEqual({ state: 'known', value: expected });
  });

  test('that takes keys of one of the two formats alone, of which nothing tells which it is', () => {
    const policy = allowing({ ...logging, Resource: 'arn:aws:s3:::access/trail/111122223333/*' });
    expect(ofTarget(known({ ...whole, policy }))).toEqual({ state: 'unknown', gaps: ['undecided'] });
  });

  test('without a policy takes nothing', () => {
    expect(ofTarget(known(withoutPolicy))).toEqual({ state: 'known', value: refused });
  });

  test('that does not exist, that was refused, whose policy is no document', () => {
    expect(ofTarget(absent)).toEqual({ state: 'known', value: 'bucket access does not exist' });
    expect(ofTarget(unknown('h'))).toEqual({ state: 'unknown', gaps: ['h'] });
    expect(ofTarget(known({ ...whole, policy: '{' }))).toEqual({ state: 'unknown', gaps: ['undecided'] });
  });
});
