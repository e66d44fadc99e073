import { describe, expect, test } from 'vitest';
import { mayEncrypt, mayPublish } from './topic-access.js';

const topic = 'arn:aws:sns:eu-central-1:111122223333:security';
const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const alarm = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:RootUsage';
const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };

function policy(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((it) => Object.assign({ Effect: 'Allow' }, it)),
  });
}

const publish = { Action: 'sns:Publish', Resource: topic };

describe('who may publish to a topic', () => {
  test.each<[what: string, statements: readonly object[], expected: string]>([
    [
      'the policy of a new topic',
      [
        {
          ...publish,
          Principal: { AWS: '*' },
          Action: ['SNS:GetTopicAttributes', 'SNS:Publish', 'SNS:Subscribe'],
          Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
        },
      ],
      'yes',
    ],
    ['CloudWatch', [{ ...publish, Principal: cloudWatch }], 'yes'],
    [
      'CloudWatch for alarms of the account',
      [{ ...publish, Principal: cloudWatch, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }],
      'yes',
    ],
    [
      'CloudWatch for this alarm',
      [{ ...publish, Principal: cloudWatch, Condition: { ArnLike: { 'aws:SourceArn': alarm.replace('Root', '*') } } }],
      'yes',
    ],
    [
      'CloudWatch for another alarm',
      [{ ...publish, Principal: cloudWatch, Condition: { ArnLike: { 'aws:SourceArn': `${alarm}2` } } }],
      'no',
    ],
    [
      'CloudWatch for another account',
      [{ ...publish, Principal: cloudWatch, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }],
      'no',
    ],
    ['another service', [{ ...publish, Principal: { Service: 'events.amazonaws.com' } }], 'no'],
    ['another action', [{ ...publish, Principal: cloudWatch, Action: 'sns:Subscribe' }], 'no'],
    [
      'denied to everyone',
      [
        { ...publish, Principal: cloudWatch },
        { ...publish, Effect: 'Deny', Principal: '*' },
      ],
      'no',
    ],
    [
      'denied over plain HTTP',
      [
        { ...publish, Principal: cloudWatch },
        { ...publish, Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
      'yes',
    ],
    ["the account's own principals", [{ ...publish, Principal: { AWS: '111122223333' } }], 'unknown'],
    ['principals of another account', [{ ...publish, Principal: { AWS: '444455556666' } }], 'no'],
  ])('%s', (_what, statements, expected) => {
    expect(mayPublish(policy(...statements), topic, alarm)).toBe(expected);
  });

  test('a text that is no policy is unknown', () => {
    expect(mayPublish('{', topic, alarm)).toBe('unknown');
    expect(mayEncrypt('not JSON', key, alarm)).toBe('unknown');
  });
});

describe('who may use the key of a topic', () => {
  const root = { Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };
  const use = { Principal: cloudWatch, Resource: '*' };
  test.each<[what: string, statements: readonly object[], expected: string]>([
    ['the account alone', [root], 'no'],
    ['CloudWatch', [root, { ...use, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }], 'yes'],
    ['CloudWatch, but for decryption', [root, { ...use, Action: 'kms:GenerateDataKey*' }], 'no'],
    [
      'SNS instead of CloudWatch',
      [root, { ...use, Principal: { Service: 'sns.amazonaws.com' }, Action: 'kms:*' }],
      'no',
    ],
    [
      'CloudWatch for alarms of the account',
      [
        {
          ...use,
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
      'yes',
    ],
  ])('%s', (_what, statements, expected) => {
    expect(mayEncrypt(policy(...statements), key, alarm)).toBe(expected);
  });
});
