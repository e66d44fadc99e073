import type * as account from '@aws-sdk/client-account';
import type * as organizations from '@aws-sdk/client-organizations';
import { exactly } from '../../plan/range.js';
import { asJustAsked, byCaller, inAccounts } from '../../plan/rule.js';
import { operation } from '../service.js';
import { accountService, organizationsService, quota } from './services.js';

export const organizationsOperations = {
  'account:ListRegions': operation(
    accountService,
    {
      action: 'account:ListRegions',
      purpose: 'The enabled Regions, where a policy depends on them',
      quota: quota('account', 5, 5),
      plan: inAccounts(({ inputs }) => ({ atLeast: inputs.withStores, atMost: inputs.read })),
      notRecorded: 'AWS Config does not record which Regions an account has enabled.',
    },
    (m, client, input: account.ListRegionsCommandInput, o) => client.send(new m.ListRegionsCommand(input), o),
  ),
  'organizations:DescribeOrganization': operation(
    organizationsService,
    {
      action: 'organizations:DescribeOrganization',
      purpose: 'The organization and its management account',
      quota: quota('organizations-describe', 1, 2),
      absentWhen: ['AWSOrganizationsNotInUseException'],
      plan: asJustAsked('organizations:DescribeOrganization'),
    },
    (m, client, input: organizations.DescribeOrganizationCommandInput, o) =>
      client.send(new m.DescribeOrganizationCommand(input), o),
  ),
  'organizations:ListAccounts': operation(
    organizationsService,
    {
      action: 'organizations:ListAccounts',
      purpose: 'Every account, its state and OU path',
      quota: quota('organizations-list-accounts', 8, 12),
      plan: asJustAsked('organizations:ListAccounts'),
    },
    (m, client, input: organizations.ListAccountsCommandInput, o) => client.send(new m.ListAccountsCommand(input), o),
  ),
  'organizations:ListRoots': operation(
    organizationsService,
    {
      action: 'organizations:ListRoots',
      purpose: 'The root, and which policy types are enabled',
      quota: quota('organizations-list-roots', 1, 2),
      plan: asJustAsked('organizations:ListRoots'),
    },
    (m, client, input: organizations.ListRootsCommandInput, o) => client.send(new m.ListRootsCommand(input), o),
  ),
  'organizations:ListOrganizationalUnitsForParent': operation(
    organizationsService,
    {
      action: 'organizations:ListOrganizationalUnitsForParent',
      purpose: 'The names of the OUs',
      quota: quota('organizations-list-children', 5, 8),
      plan: asJustAsked('organizations:ListOrganizationalUnitsForParent'),
    },
    (m, client, input: organizations.ListOrganizationalUnitsForParentCommandInput, o) =>
      client.send(new m.ListOrganizationalUnitsForParentCommand(input), o),
  ),
  'organizations:ListAccountsForParent': operation(
    organizationsService,
    {
      action: 'organizations:ListAccountsForParent',
      purpose: 'The OU of each account, where ListAccounts gives no path',
      quota: quota('organizations-list-children', 5, 8),
      plan: asJustAsked('organizations:ListAccountsForParent'),
    },
    (m, client, input: organizations.ListAccountsForParentCommandInput, o) =>
      client.send(new m.ListAccountsForParentCommand(input), o),
  ),
  'organizations:ListTagsForResource': operation(
    organizationsService,
    {
      action: 'organizations:ListTagsForResource',
      purpose: 'The tags of accounts, where bindings of packs name tags',
      quota: quota('organizations-list-tags', 5, 8),
      plan: byCaller(({ inputs }) => exactly(inputs.tagged)),
    },
    (m, client, input: organizations.ListTagsForResourceCommandInput, o) =>
      client.send(new m.ListTagsForResourceCommand(input), o),
  ),
  'organizations:ListPolicies': operation(
    organizationsService,
    {
      action: 'organizations:ListPolicies',
      purpose: 'The service and resource control policies',
      quota: quota('organizations-list-policies', 5, 8),
      plan: asJustAsked('organizations:ListPolicies'),
    },
    (m, client, input: organizations.ListPoliciesCommandInput, o) => client.send(new m.ListPoliciesCommand(input), o),
  ),
  'organizations:DescribePolicy': operation(
    organizationsService,
    {
      action: 'organizations:DescribePolicy',
      purpose: 'Their text',
      quota: quota('organizations-describe-policy', 2, 2),
      plan: asJustAsked('organizations:DescribePolicy'),
    },
    (m, client, input: organizations.DescribePolicyCommandInput, o) =>
      client.send(new m.DescribePolicyCommand(input), o),
  ),
  'organizations:ListTargetsForPolicy': operation(
    organizationsService,
    {
      action: 'organizations:ListTargetsForPolicy',
      purpose: 'The OUs and accounts that they are attached to',
      quota: quota('organizations-list-policies', 5, 8),
      plan: asJustAsked('organizations:ListTargetsForPolicy'),
    },
    (m, client, input: organizations.ListTargetsForPolicyCommandInput, o) =>
      client.send(new m.ListTargetsForPolicyCommand(input), o),
  ),
  'organizations:ListDelegatedAdministrators': operation(
    organizationsService,
    {
      action: 'organizations:ListDelegatedAdministrators',
      purpose: 'The delegated administrators of CloudTrail',
      quota: quota('organizations-list-delegated', 5, 8),
      plan: asJustAsked('organizations:ListDelegatedAdministrators'),
    },
    (m, client, input: organizations.ListDelegatedAdministratorsCommandInput, o) =>
      client.send(new m.ListDelegatedAdministratorsCommand(input), o),
  ),
  'organizations:ListAWSServiceAccessForOrganization': operation(
    organizationsService,
    {
      action: 'organizations:ListAWSServiceAccessForOrganization',
      purpose: 'Whether CloudTrail has trusted access',
      quota: quota('organizations-service-access', 1, 3),
      plan: asJustAsked('organizations:ListAWSServiceAccessForOrganization'),
    },
    (m, client, input: organizations.ListAWSServiceAccessForOrganizationCommandInput, o) =>
      client.send(new m.ListAWSServiceAccessForOrganizationCommand(input), o),
  ),
} as const;
