import { expect, test } from 'vitest';
import type { Inventory } from '../../src/model/inventory.js';
import { collectFrom } from '../support/collect-from.js';
import { aBucket, aTrail, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, management } from '../support/worlds.js';

const calls = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'cloudtrail:ListTrails',
  'cloudtrail:DescribeTrails',
  'cloudtrail:ListTags',
  's3:HeadBucket',
  's3:ListBuckets',
  's3:GetBucketTagging',
]);

const many = Array.from({ length: 21 }, (_, index) =>
  aTrail({
    Name: `trail-${index}`,
    HomeRegion: index === 20 ? 'eu-west-1' : 'us-east-1',
    S3BucketName: index === 0 ? 'tagged' : 'untagged',
    ...(index === 1
      ? {}
      : { tags: { owner: `team-${index}`, 'aws:cloudformation:stack-name': 'logs', empty: undefined } }),
  }),
);
const world: World = {
  ...anOrganizationWithATrail(),
  trails: many,
  buckets: [aBucket({ name: 'tagged', tags: { owner: 'security', Owner: '' } }), aBucket({ name: 'untagged' })],
};

const known = (value: unknown) => ({ state: 'known', value });

const tagsIn = ({ trails }: Inventory) => new Map(trails.map(({ name, tags }) => [name, tags]));

test('the tags of 20 trails take one call, in their home Region, and those of a bucket one', async () => {
  const { inventory, callsIn } = await collectFrom(world, { calls });
  expect(callsIn(management)).toMatchObject({ 'cloudtrail:ListTags': 2, 's3:GetBucketTagging': 2 });
  const tags = tagsIn(inventory);
  expect(tags.get('trail-0')).toEqual(known({ 'aws:cloudformation:stack-name': 'logs', empty: '', owner: 'team-0' }));
  expect(tags.get('trail-20')).toMatchObject(known({ owner: 'team-20' }));
  expect(tags.get('trail-1')).toEqual(known({}));
  const [tagged, untagged] = inventory.buckets;
  expect([tagged?.tags, untagged?.tags]).toEqual([known({ Owner: '', owner: 'security' }), known({})]);
  expect(inventory.trails[0]?.evidence).toHaveProperty(['cloudtrail:ListTags']);
});

test('lists are read to their end', async () => {
  const paged = await collectFrom(world, { calls, aws: { pageSizes: { 'cloudtrail:ListTags': 3 } } });
  const whole = await collectFrom(world, { calls });
  expect(tagsIn(paged.inventory)).toEqual(tagsIn(whole.inventory));
});

test('what is refused is unknown', async () => {
  const denied = { kind: 'denied' } as const;
  const faults = [
    { ...denied, match: { service: 'cloudtrail', operation: 'ListTags' } } as const,
    { ...denied, match: { service: 's3', operation: 'GetBucketTagging' } } as const,
  ];
  const { inventory } = await collectFrom(world, { calls, aws: { faults } });
  const states = [...inventory.trails, ...inventory.buckets].map(({ tags }) => tags?.state);
  expect(new Set(states)).toEqual(new Set(['unknown']));
});

test('nobody asks for tags where no policy does', async () => {
  const others = new Set([...calls].filter((call) => !/Tag/.test(call)));
  const { inventory, callsIn } = await collectFrom(world, { calls: others });
  expect([...inventory.trails, ...inventory.buckets].some((it) => 'tags' in it)).toBe(false);
  expect(Object.keys(callsIn(management)).filter((call) => call.includes('Tag'))).toEqual([]);
});
