import {
  GetEventDataStoreCommand,
  ListEventDataStoresCommand,
  paginateListEventDataStores,
} from '@aws-sdk/client-cloudtrail';
import { expect, test } from 'vitest';
import { anAccount, anEventDataStore, anOrganization, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const owner = '111122223333';
const administrator = '222222222222';
const member = '333333333333';
const closed = '444444444444';
const id = (digit: number): string => `0000000${digit}-2222-4333-8444-555555555555`;

const shared = anEventDataStore({ id: id(1), Name: 'organization', OrganizationEnabled: true });
const own = anEventDataStore({
  id: id(2),
  Name: 'management-only',
  KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1',
});
const ireland = anEventDataStore({ id: id(3), Name: 'ireland', region: 'eu-west-1' });
const world = aWorld({
  organization: anOrganization({
    delegatedAdministrators: [{ accountId: administrator, service: 'cloudtrail.amazonaws.com' }],
  }),
  accounts: [
    anAccount({ id: owner }),
    anAccount({ id: administrator }),
    anAccount({ id: member }),
    anAccount({ id: closed, hasCloudTrailLake: false }),
  ],
  eventDataStores: [shared, own, ireland],
});

test.each([
  ['the owner', owner, 'us-east-1', [shared, own]],
  ['the owner elsewhere', owner, 'eu-west-1', [ireland]],
  ['a delegated administrator, of those of the organization', administrator, 'us-east-1', [shared]],
  ['a member, of its own', member, 'us-east-1', []],
])('ListEventDataStores tells names and ARNs only, to %s', async (_, accountId, region, stores) => {
  const { cloudtrail } = sdkClients(await fakeAwsFor(world), { accountId, region });
  const { EventDataStores } = await cloudtrail.send(new ListEventDataStoresCommand({}));
  expect(EventDataStores).toEqual(stores.map((it) => ({ EventDataStoreArn: it.arn, Name: it.name })));
});

test('ListEventDataStores answers in pages', async () => {
  const { cloudtrail } = sdkClients(await fakeAwsFor(world));
  const names = [];
  for await (const page of paginateListEventDataStores({ client: cloudtrail }, { MaxResults: 1 })) {
    names.push(page.EventDataStores?.map((it) => it.Name));
  }
  expect(names).toEqual([['organization'], ['management-only']]);
  const made = { NextToken: 'made up' };
  await expect(cloudtrail.send(new ListEventDataStoresCommand(made))).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  await expect(cloudtrail.send(new ListEventDataStoresCommand({ MaxResults: 1001 }))).rejects.toMatchObject({
    name: 'InvalidMaxResultsException',
  });
});

test.each([own.arn, id(2)])('GetEventDataStore tells all of %s', async (EventDataStore) => {
  const { cloudtrail } = sdkClients(await fakeAwsFor(world));
  const { $metadata, ...details } = await cloudtrail.send(new GetEventDataStoreCommand({ EventDataStore }));
  expect($metadata.httpStatusCode).toBe(200);
  expect(details).toEqual(own.details);
});

test.each([
  ['one of another Region', owner, ireland.arn, 'EventDataStoreNotFoundException'],
  ["the owner's, from a member", member, shared.arn, 'EventDataStoreNotFoundException'],
  [
    'an ARN of something else',
    owner,
    'arn:aws:cloudtrail:us-east-1:111122223333:trail/x',
    'EventDataStoreARNInvalidException',
  ],
])('GetEventDataStore does not know %s', async (_, accountId, EventDataStore, name) => {
  const { cloudtrail } = sdkClients(await fakeAwsFor(world), { accountId });
  await expect(cloudtrail.send(new GetEventDataStoreCommand({ EventDataStore }))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  });
});

test('an account that CloudTrail Lake is closed to gets UnsupportedOperationException', async () => {
  const { cloudtrail } = sdkClients(await fakeAwsFor(world), { accountId: closed });
  await expect(cloudtrail.send(new ListEventDataStoresCommand({}))).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
  });
});
