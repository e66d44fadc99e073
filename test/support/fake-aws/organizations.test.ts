import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  paginateListAccounts,
  paginateListTagsForResource,
  type Account,
} from '@aws-sdk/client-organizations';
import { describe, expect, test } from 'vitest';
import { anAccount, anOrganization, anOrganizationalUnit, aWorld, rootId } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const cloudtrail = 'cloudtrail.amazonaws.com';
const workloads = anOrganizationalUnit({ id: 'ou-ab12-11111111', name: 'Workloads' });
const production = anOrganizationalUnit({ id: 'ou-ab12-22222222', name: 'Production', parent: workloads.id });
const world = aWorld({
  organization: anOrganization({
    // Below comes before above: the order of the list says nothing.
    organizationalUnits: [production, workloads],
    trustedServices: [cloudtrail, 'config.amazonaws.com'],
    delegatedAdministrators: [
      { accountId: '222222222222', service: cloudtrail },
      { accountId: '222222222222', service: 'config.amazonaws.com' },
    ],
  }),
  accounts: [
    anAccount({ id: '111122223333', name: 'management', joinedMethod: 'INVITED' }),
    anAccount({ id: '222222222222', name: 'security' }),
    anAccount({ id: '333333333333', parent: production.id }),
    anAccount({ id: '444444444444', parent: workloads.id, state: 'CLOSED' }),
    anAccount({ id: '999999999999', parent: null }),
  ],
});

describe('DescribeOrganization', () => {
  test('answers every account of the organization', async () => {
    const aws = await fakeAwsFor(world);
    const { organizations } = sdkClients(aws, { accountId: '333333333333' });
    await expect(organizations.send(new DescribeOrganizationCommand({}))).resolves.toMatchObject({
      Organization: {
        Id: 'o-exampleorg1',
        Arn: 'arn:aws:organizations::111122223333:organization/o-exampleorg1',
        FeatureSet: 'ALL',
        MasterAccountId: '111122223333',
        MasterAccountArn: 'arn:aws:organizations::111122223333:account/o-exampleorg1/111122223333',
        MasterAccountEmail: 'aws+111122223333@example.com',
      },
    });
  });

  test.each([
    ['outside of it', '999999999999', world],
    ['without one', '111122223333', aWorld({ organization: null })],
  ])('says that an account %s has none', async (_, accountId, where) => {
    const aws = await fakeAwsFor(where);
    await expect(
      sdkClients(aws, { accountId }).organizations.send(new DescribeOrganizationCommand({})),
    ).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
      message: 'Your account is not a member of an organization.',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('ListAccounts', () => {
  test('tells accounts with path and state', async () => {
    const aws = await fakeAwsFor(world);
    const { Accounts, NextToken } = await sdkClients(aws).organizations.send(new ListAccountsCommand({}));
    expect(NextToken).toBeUndefined();
    expect(Accounts?.map((it) => [it.Id, it.State, it.Status, it.Paths])).toEqual([
      ['111122223333', 'ACTIVE', undefined, [`o-exampleorg1/${rootId}/111122223333/`]],
      ['222222222222', 'ACTIVE', undefined, [`o-exampleorg1/${rootId}/222222222222/`]],
      [
        '333333333333',
        'ACTIVE',
        undefined,
        [`o-exampleorg1/${rootId}/ou-ab12-11111111/ou-ab12-22222222/333333333333/`],
      ],
      ['444444444444', 'CLOSED', undefined, [`o-exampleorg1/${rootId}/ou-ab12-11111111/444444444444/`]],
    ]);
    expect(Accounts?.[0]).toMatchObject({
      Arn: 'arn:aws:organizations::111122223333:account/o-exampleorg1/111122223333',
      Name: 'management',
      Email: 'aws+111122223333@example.com',
      JoinedMethod: 'INVITED',
      JoinedTimestamp: new Date('2024-03-01T09:00:00Z'),
    });
  });

  test('answers as it did before State and Paths came', async () => {
    const aws = await fakeAwsFor(world, { accountFields: ['Status'] });
    const { Accounts } = await sdkClients(aws).organizations.send(new ListAccountsCommand({}));
    expect(Accounts?.map((it) => it.Status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED']);
    expect(Accounts?.every((it) => it.State === undefined && it.Paths === undefined)).toBe(true);
  });

  test('gives at most 20 accounts a page, each once, in 3 pages of 45', async () => {
    const ids = Array.from({ length: 44 }, (_, position) => String(position + 1).padStart(12, '0'));
    const aws = await fakeAwsFor(
      aWorld({ accounts: [anAccount({ id: '111122223333' }), ...ids.map((id) => anAccount({ id }))] }),
    );
    const pages: (readonly Account[])[] = [];
    for await (const page of paginateListAccounts({ client: sdkClients(aws).organizations }, {})) {
      pages.push(page.Accounts ?? []);
    }
    expect(pages.map((page) => page.length)).toEqual([20, 20, 5]);
    expect(new Set(pages.flat().map((it) => it.Id))).toEqual(new Set(['111122223333', ...ids]));
  });

  test.each([{ MaxResults: 21 }, { NextToken: 'made up' }])('refuses %o', async (input) => {
    const aws = await fakeAwsFor(world);
    await expect(sdkClients(aws).organizations.send(new ListAccountsCommand(input))).rejects.toMatchObject({
      name: 'InvalidInputException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('ListTagsForResource', () => {
  const tags = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`key-${index}`, `${index}`]));
  const tagged = aWorld({ accounts: [anAccount({ id: '111122223333', tags }), anAccount({ id: '222222222222' })] });

  test('tells the tags of an account, in pages', async () => {
    const { organizations } = sdkClients(await fakeAwsFor(tagged));
    const pages: number[] = [];
    const found: Record<string, string | undefined> = {};
    for await (const { Tags = [] } of paginateListTagsForResource(
      { client: organizations },
      { ResourceId: '111122223333' },
    )) {
      pages.push(Tags.length);
      for (const { Key = '', Value } of Tags) found[Key] = Value;
    }
    expect(pages).toEqual([20, 20, 5]);
    expect(found).toEqual(tags);
  });

  test('refuses a resource that is not there, and a member', async () => {
    const aws = await fakeAwsFor(tagged);
    const ask = async (accountId: string, ResourceId: string) =>
      await sdkClients(aws, { accountId }).organizations.send(new ListTagsForResourceCommand({ ResourceId }));
    await expect(ask('111122223333', '999999999999')).rejects.toMatchObject({ name: 'TargetNotFoundException' });
    await expect(ask('222222222222', '111122223333')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the tree', () => {
  test('has one root with its policy types', async () => {
    const aws = await fakeAwsFor(world);
    const { Roots } = await sdkClients(aws).organizations.send(new ListRootsCommand({}));
    expect(Roots).toEqual([
      {
        Id: rootId,
        Arn: `arn:aws:organizations::111122223333:root/o-exampleorg1/${rootId}`,
        Name: 'Root',
        PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    ]);
  });

  test('is walked by parents: OUs, accounts, and back', async () => {
    const aws = await fakeAwsFor(world);
    const { organizations } = sdkClients(aws);
    const units = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: workloads.id }));
    expect(units.OrganizationalUnits).toEqual([
      {
        Id: production.id,
        Arn: 'arn:aws:organizations::111122223333:ou/o-exampleorg1/ou-ab12-22222222',
        Name: 'Production',
        Path: `o-exampleorg1/${rootId}/ou-ab12-11111111/ou-ab12-22222222/`,
      },
    ]);
    const accounts = await organizations.send(new ListAccountsForParentCommand({ ParentId: rootId }));
    expect(accounts.Accounts?.map((it) => it.Id)).toEqual(['111122223333', '222222222222']);
    const empty = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: production.id }));
    expect(empty.OrganizationalUnits).toEqual([]);
    const parents = await Promise.all(
      ['333333333333', production.id, workloads.id].map(
        async (ChildId) => (await organizations.send(new ListParentsCommand({ ChildId }))).Parents?.[0],
      ),
    );
    expect(parents).toEqual([
      { Id: production.id, Type: 'ORGANIZATIONAL_UNIT' },
      { Id: workloads.id, Type: 'ORGANIZATIONAL_UNIT' },
      { Id: rootId, Type: 'ROOT' },
    ]);
  });

  test('does not know other parents and children', async () => {
    const aws = await fakeAwsFor(world);
    const { organizations } = sdkClients(aws);
    const ParentId = 'ou-ab12-99999999';
    await expect(organizations.send(new ListAccountsForParentCommand({ ParentId }))).rejects.toMatchObject({
      name: 'ParentNotFoundException',
    });
    await expect(organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId }))).rejects.toMatchObject({
      name: 'ParentNotFoundException',
    });
    await expect(organizations.send(new ListParentsCommand({ ChildId: '999999999999' }))).rejects.toMatchObject({
      name: 'ChildNotFoundException',
    });
  });
});

describe('delegation and trusted access', () => {
  test('names each delegated administrator once, or of one service', async () => {
    const aws = await fakeAwsFor(world);
    const { organizations } = sdkClients(aws);
    const all = await organizations.send(new ListDelegatedAdministratorsCommand({}));
    expect(all.DelegatedAdministrators?.map((it) => it.Id)).toEqual(['222222222222']);
    expect(all.DelegatedAdministrators?.[0]).toMatchObject({
      State: 'ACTIVE',
      DelegationEnabledDate: new Date('2024-03-02T08:00:00Z'),
    });
    const input = { ServicePrincipal: 'guardduty.amazonaws.com' };
    const none = await organizations.send(new ListDelegatedAdministratorsCommand(input));
    expect(none.DelegatedAdministrators).toEqual([]);
  });

  test('names the trusted services', async () => {
    const aws = await fakeAwsFor(world);
    const answer = await sdkClients(aws).organizations.send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(answer.EnabledServicePrincipals?.map((it) => it.ServicePrincipal)).toEqual([
      cloudtrail,
      'config.amazonaws.com',
    ]);
  });
});

test('only the management account and delegated administrators may list', async () => {
  const aws = await fakeAwsFor(world);
  const send = async (accountId: string): Promise<string[]> => {
    const { organizations } = sdkClients(aws, { accountId });
    const asked = [
      organizations.send(new ListAccountsCommand({})),
      organizations.send(new ListRootsCommand({})),
      organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: rootId })),
      organizations.send(new ListAccountsForParentCommand({ ParentId: rootId })),
      organizations.send(new ListParentsCommand({ ChildId: workloads.id })),
      organizations.send(new ListDelegatedAdministratorsCommand({})),
      organizations.send(new ListAWSServiceAccessForOrganizationCommand({})),
    ];
    const outcomes = await Promise.allSettled(asked);
    return outcomes.map((it) => (it.status === 'fulfilled' ? 'ok' : String(it.reason)));
  };
  const denied = "AccessDeniedException: You don't have permissions to access this resource.";
  expect(await send('111122223333')).toEqual(Array.from({ length: 7 }, () => 'ok'));
  expect(await send('222222222222')).toEqual(Array.from({ length: 7 }, () => 'ok'));
  expect(await send('333333333333')).toEqual(Array.from({ length: 7 }, () => denied));
  expect(new Set(await send('999999999999'))).toEqual(
    new Set(['AWSOrganizationsNotInUseException: Your account is not a member of an organization.']),
  );
});
