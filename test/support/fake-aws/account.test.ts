import { ListRegionsCommand, paginateListRegions } from '@aws-sdk/client-account';
import { describe, expect, test } from 'vitest';
import { anAccount, anOrganization, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const accounts = [
  anAccount({ id: '111122223333' }),
  anAccount({ id: '222222222222' }),
  anAccount({ id: '333333333333', optInRegions: { 'eu-south-1': 'ENABLED', 'me-south-1': 'DISABLING' } }),
  anAccount({ id: '999999999999', parent: null }),
];
const trusting = anOrganization({
  trustedServices: ['account.amazonaws.com'],
  delegatedAdministrators: [{ accountId: '222222222222', service: 'account.amazonaws.com' }],
});

describe('ListRegions', () => {
  test('tells the opt-in status of every Region, in pages', async () => {
    const aws = await fakeAwsFor(aWorld({ accounts }));
    const { account: client } = sdkClients(aws, { accountId: '333333333333' });
    const status = new Map<string | undefined, string | undefined>();
    let pages = 0;
    for await (const page of paginateListRegions({ client }, { MaxResults: 10 })) {
      pages += 1;
      for (const region of page.Regions ?? []) status.set(region.RegionName, region.RegionOptStatus);
    }
    expect(pages).toBe(4);
    expect(status.size).toBe(31);
    expect(status.get('us-east-1')).toBe('ENABLED_BY_DEFAULT');
    expect(status.get('eu-south-1')).toBe('ENABLED');
    expect(status.get('me-south-1')).toBe('DISABLING');
    expect(status.get('af-south-1')).toBe('DISABLED');
  });

  test('tells only Regions of the states that are asked for', async () => {
    const aws = await fakeAwsFor(aWorld({ accounts }));
    const { account } = sdkClients(aws, { accountId: '333333333333' });
    const { Regions } = await account.send(new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED'] }));
    expect(Regions).toEqual([{ RegionName: 'eu-south-1', RegionOptStatus: 'ENABLED' }]);
  });

  test.each(['111122223333', '222222222222'])('with trusted access, %s may ask about a member', async (accountId) => {
    const aws = await fakeAwsFor(aWorld({ accounts, organization: trusting }));
    const { account } = sdkClients(aws, { accountId });
    const input = { AccountId: '333333333333', RegionOptStatusContains: ['DISABLING' as const] };
    await expect(account.send(new ListRegionsCommand(input))).resolves.toMatchObject({
      Regions: [{ RegionName: 'me-south-1' }],
    });
  });

  test.each([
    ['a member about another', '333333333333', '222222222222'],
    ['the management account about itself', '111122223333', '111122223333'],
    ['anybody about an account outside', '111122223333', '999999999999'],
    ['anybody about an account that is none', '111122223333', '123456789012'],
  ])('does not let %s ask', async (_, accountId, AccountId) => {
    const aws = await fakeAwsFor(aWorld({ accounts, organization: trusting }));
    const { account } = sdkClients(aws, { accountId });
    await expect(account.send(new ListRegionsCommand({ AccountId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('does not let the management account ask about members without trusted access', async () => {
    const aws = await fakeAwsFor(aWorld({ accounts }));
    const command = new ListRegionsCommand({ AccountId: '333333333333' });
    await expect(sdkClients(aws).account.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([{ MaxResults: 51 }, { NextToken: 'made up' }])('refuses %o', async (input) => {
    const aws = await fakeAwsFor(aWorld());
    await expect(sdkClients(aws).account.send(new ListRegionsCommand(input))).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
