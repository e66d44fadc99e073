import {
  DescribeLogGroupsCommand,
  paginateDescribeLogGroups,
  type DescribeLogGroupsRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { aLogGroup, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const trail = aLogGroup({
  logGroupName: 'trail',
  retentionInDays: 365,
  kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
});
const world = aWorld({
  logGroups: [
    aLogGroup({ logGroupName: 'trail-copy' }),
    trail,
    aLogGroup({ logGroupName: 'other' }),
    aLogGroup({ logGroupName: 'trail', region: 'eu-west-1' }),
  ],
});

async function names(input: DescribeLogGroupsRequest): Promise<(string | undefined)[] | undefined> {
  const { logs } = sdkClients(await fakeAwsFor(world));
  return (await logs.send(new DescribeLogGroupsCommand(input))).logGroups?.map((it) => it.logGroupName);
}

test('DescribeLogGroups tells all of a log group', async () => {
  const { logs } = sdkClients(await fakeAwsFor(world));
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'trail' }));
  expect(logGroups?.[0]).toEqual(trail.details);
  expect(trail.details.arn).toBe('arn:aws:logs:us-east-1:111122223333:log-group:trail:*');
  expect(logGroups?.[1]).not.toHaveProperty('retentionInDays');
});

test.each<[string, DescribeLogGroupsRequest, string[]]>([
  ['nothing', {}, ['other', 'trail', 'trail-copy']],
  ['a prefix', { logGroupNamePrefix: 'trail' }, ['trail', 'trail-copy']],
  ['a part of the name', { logGroupNamePattern: 'copy' }, ['trail-copy']],
  ['names', { logGroupIdentifiers: ['other', 'trail', 'missing'] }, ['other', 'trail']],
])('DescribeLogGroups finds by %s, in the order of names', async (_, input, found) => {
  expect(await names(input)).toEqual(found);
});

test('DescribeLogGroups answers in pages', async () => {
  const { logs } = sdkClients(await fakeAwsFor(world));
  const pages = [];
  for await (const page of paginateDescribeLogGroups({ client: logs }, { limit: 2 })) {
    pages.push(page.logGroups?.map((it) => it.logGroupName));
  }
  expect(pages).toEqual([['other', 'trail'], ['trail-copy']]);
});

test.each<[string, DescribeLogGroupsRequest]>([
  ['two filters', { logGroupNamePrefix: 'trail', logGroupIdentifiers: ['trail'] }],
  ['an ARN as identifier', { logGroupIdentifiers: [trail.details.logGroupArn ?? ''] }],
  ['a page of 51', { limit: 51 }],
  ['a token that nobody gave', { nextToken: 'made up' }],
  ['51 identifiers', { logGroupIdentifiers: Array.from({ length: 51 }, (_, n) => `group-${n}`) }],
])('DescribeLogGroups refuses %s', async (_, input) => {
  await expect(names(input)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    $metadata: { httpStatusCode: 400 },
  });
});
