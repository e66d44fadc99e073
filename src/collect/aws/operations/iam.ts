import type * as iam from '@aws-sdk/client-iam';
import { upTo } from '../../plan/range.js';
import type { PlanFigures, PlanRule } from '../../plan/rule.js';
import { fullAccessPolicies } from '../../../model/full-access.js';
import { busesSentTo } from './events.js';
import { operation } from '../service.js';
import { iamService, quota } from './services.js';

/** IAM publishes no rates. */
const iamReads = quota('iam-reads', 10, 10);

/** So many inline policies, and so many managed ones, of a role are reckoned with. */
const policiesOfRole = 5;

/**
 * Each trail names one role at most, in its own account; where rules are asked for, those that send to a topic or event bus
 * name one. IAM has one endpoint.
 */
const forEachRole = (perRole: number): PlanRule => {
  return (figures: PlanFigures) => ({
    calls: upTo((figures.onePerTrail.atMost + busesSentTo(figures)) * perRole),
    where: 'owners',
    regions: 'one',
  });
};

/** So many groups that hold full access are reckoned with. */
const groupsWithFullAccess = 5;

/** So many pages of users, groups, roles and policies are reckoned with, of up to 1,000 each. */
const pagesOfAuthorizations = 5;

/** In the management account and in delegated administrators, which are as many more as are registered. */
const whereAdministered = (atLeast: number, atMost: number): PlanRule => {
  return ({ inputs: { administering } }: PlanFigures) => ({
    calls: { atLeast: administering.atLeast * atLeast, atMost: administering.atMost * atMost },
    where: 'stores',
    regions: 'one',
  });
};

const absentWhen = ['NoSuchEntityException', 'NoSuchEntity'];
const notRecorded = 'What AWS Config recorded of roles is not read: roles are read live.';
const fullAccessNotRecorded =
  'What AWS Config recorded of users, groups and roles is not read: who holds a policy is asked live.';

export const iamOperations = {
  'iam:GetRole': operation(
    iamService,
    {
      action: 'iam:GetRole',
      purpose: 'Who may assume the roles with which trails write to CloudWatch Logs, and rules of EventBridge send',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(1),
      notRecorded,
    },
    (m, client, input: iam.GetRoleCommandInput, o) => client.send(new m.GetRoleCommand(input), o),
  ),
  'iam:ListRolePolicies': operation(
    iamService,
    {
      action: 'iam:ListRolePolicies',
      purpose: 'The inline policies of these roles',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(1),
      notRecorded,
    },
    (m, client, input: iam.ListRolePoliciesCommandInput, o) => client.send(new m.ListRolePoliciesCommand(input), o),
  ),
  'iam:GetRolePolicy': operation(
    iamService,
    {
      action: 'iam:GetRolePolicy',
      purpose: 'What they let the roles do',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(policiesOfRole),
      notRecorded,
    },
    (m, client, input: iam.GetRolePolicyCommandInput, o) => client.send(new m.GetRolePolicyCommand(input), o),
  ),
  'iam:ListAttachedRolePolicies': operation(
    iamService,
    {
      action: 'iam:ListAttachedRolePolicies',
      purpose: 'The managed policies of these roles',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(1),
      notRecorded,
    },
    (m, client, input: iam.ListAttachedRolePoliciesCommandInput, o) =>
      client.send(new m.ListAttachedRolePoliciesCommand(input), o),
  ),
  'iam:GetPolicy': operation(
    iamService,
    {
      action: 'iam:GetPolicy',
      purpose: 'Their default versions, and that of a permissions boundary',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(policiesOfRole),
      notRecorded,
    },
    (m, client, input: iam.GetPolicyCommandInput, o) => client.send(new m.GetPolicyCommand(input), o),
  ),
  'iam:GetPolicyVersion': operation(
    iamService,
    {
      action: 'iam:GetPolicyVersion',
      purpose: 'What these let the roles do',
      quota: iamReads,
      absentWhen,
      plan: forEachRole(policiesOfRole),
      notRecorded,
    },
    (m, client, input: iam.GetPolicyVersionCommandInput, o) => client.send(new m.GetPolicyVersionCommand(input), o),
  ),
  'iam:ListEntitiesForPolicy': operation(
    iamService,
    {
      action: 'iam:ListEntitiesForPolicy',
      purpose: 'Who holds full access in the management account and in delegated administrators, where a policy asks',
      quota: iamReads,
      absentWhen,
      plan: whereAdministered(fullAccessPolicies.length, fullAccessPolicies.length),
      notRecorded: fullAccessNotRecorded,
    },
    (m, client, input: iam.ListEntitiesForPolicyCommandInput, o) =>
      client.send(new m.ListEntitiesForPolicyCommand(input), o),
  ),
  'iam:GetAccountAuthorizationDetails': operation(
    iamService,
    {
      action: 'iam:GetAccountAuthorizationDetails',
      purpose: 'Whose policies let them change trails, in the same accounts, where a policy asks',
      quota: iamReads,
      plan: whereAdministered(1, pagesOfAuthorizations),
      notRecorded: fullAccessNotRecorded,
    },
    (m, client, input: iam.GetAccountAuthorizationDetailsCommandInput, o) =>
      client.send(new m.GetAccountAuthorizationDetailsCommand(input), o),
  ),
  'iam:GetGroup': operation(
    iamService,
    {
      action: 'iam:GetGroup',
      purpose: 'The users of groups that hold it',
      quota: iamReads,
      absentWhen,
      plan: whereAdministered(0, groupsWithFullAccess),
      notRecorded: fullAccessNotRecorded,
    },
    (m, client, input: iam.GetGroupCommandInput, o) => client.send(new m.GetGroupCommand(input), o),
  ),
} as const;
