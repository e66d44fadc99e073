import { stringify } from 'yaml';
import type { IamPolicy } from '../../../collect/index.js';
import { splitRoleName, trustedActions, type Trust } from './trust.js';

/** What the role is called, and what it may do and who may assume it. */
export interface RoleTemplate {
  readonly roleName: string;
  readonly policy: IamPolicy;
  readonly trust: Trust;
}

type Node = string | number | boolean | readonly Node[] | { readonly [key: string]: Node };

const ref = (name: string): Node => ({ Ref: name });
const isGiven = (name: string): Node => ({ 'Fn::Not': [{ 'Fn::Equals': [ref(name), ''] }] });
const ifGiven = (condition: string, value: Node): Node => ({ 'Fn::If': [condition, value, ref('AWS::NoValue')] });

/** A template that makes the role: for a service-managed StackSet, which puts it into every member account. */
export function stackSetTemplate(template: RoleTemplate): string {
  return asYaml(roleTemplate(template, 'The role that Trailproof assumes to read CloudTrail (for a StackSet).'));
}

/**
 * A plain stack for the management account, where StackSets never deploy: its own role and, where the stack is told
 * the root or OUs, the service-managed StackSet that puts the same role into every member account, new ones included.
 */
export function managementStack(template: RoleTemplate): string {
  const whole = roleTemplate(template, 'The role of Trailproof in the management account, and in all members.');
  const members = roleTemplate(template, 'The role that Trailproof assumes to read CloudTrail.');
  const given = Object.keys(parametersOf(template.trust));
  return asYaml({
    ...whole,
    Parameters: {
      ...parametersOf(template.trust),
      MemberRoots: {
        Type: 'CommaDelimitedList',
        Default: '',
        Description: 'The root (r-…) or OUs (ou-…) whose accounts get the role; empty: this account alone gets it',
      },
    },
    Conditions: {
      ...conditions,
      HasMembers: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', ref('MemberRoots')] }, ''] }] },
    },
    Resources: {
      ...roleResources(template),
      Members: {
        Type: 'AWS::CloudFormation::StackSet',
        Condition: 'HasMembers',
        Properties: {
          StackSetName: 'trailproof-role',
          Description: 'The role that Trailproof assumes, in every member account',
          PermissionModel: 'SERVICE_MANAGED',
          AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          ManagedExecution: { Active: true },
          OperationPreferences: { FailureTolerancePercentage: 100, MaxConcurrentPercentage: 100 },
          Parameters: given.map((name) => ({ ParameterKey: name, ParameterValue: ref(name) })),
          // IAM is global: one Region is enough.
          StackInstancesGroup: [
            { DeploymentTargets: { OrganizationalUnitIds: ref('MemberRoots') }, Regions: [ref('AWS::Region')] },
          ],
          TemplateBody: JSON.stringify(members),
        },
      },
    },
  });
}

/** A managed policy for whoever calls: to attach to the role or user that runs Trailproof. */
export function callerTemplate(policy: IamPolicy): string {
  return asYaml({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'What the caller of Trailproof needs in its own account: attach it to the role that runs it.',
    Resources: {
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          Description: 'Trailproof: list the organization and enter its accounts',
          PolicyDocument: node(policy),
        },
      },
    },
    Outputs: { PolicyArn: { Description: 'Attach this policy to the caller', Value: ref('Policy') } },
  });
}

function roleTemplate(template: RoleTemplate, description: string): { readonly [key: string]: Node } {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    Parameters: parametersOf(template.trust),
    Conditions: conditions,
    Resources: roleResources(template),
    Outputs: { RoleArn: { Description: 'The role that Trailproof assumes', Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
}

const conditions: { readonly [key: string]: Node } = {
  HasCallerRole: isGiven('CallerRole'),
  HasOrganization: isGiven('Organization'),
  HasExternalId: isGiven('ExternalId'),
};

/** What the flags say is the default; the account that Trailproof runs in has to be said in one place or the other. */
function parametersOf({ callerAccount, callerRole, organization, externalId }: Trust): {
  readonly [key: string]: Node;
} {
  return {
    CallerAccount: {
      Type: 'String',
      AllowedPattern: '^\\d{12}$',
      Description: 'The account that Trailproof runs in',
      ...(callerAccount === undefined ? {} : { Default: callerAccount }),
    },
    CallerRole: {
      Type: 'String',
      AllowedPattern: '^(|arn:[a-z-]+:iam::\\d{12}:role/.+)$',
      Description: 'The ARN of the one role that may assume this one; empty: any that the account above allows',
      Default: callerRole ?? '',
    },
    Organization: {
      Type: 'String',
      AllowedPattern: '^(|o-[a-z0-9]{10,32})$',
      Description: 'The organization (o-…) that the caller must be in; empty: any',
      Default: organization ?? '',
    },
    ExternalId: {
      Type: 'String',
      Description: 'What the caller must say with --external-id; empty: nothing',
      Default: externalId ?? '',
    },
  };
}

function roleResources({ roleName, policy }: RoleTemplate): { readonly [key: string]: Node } {
  const { path, name } = splitRoleName(roleName);
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        Path: path,
        Description: 'Trailproof reads CloudTrail and where it delivers; it changes nothing',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'TrailproofCaller',
              Effect: 'Allow',
              Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${CallerAccount}:root' } },
              Action: trustedActions,
              Condition: {
                StringEquals: {
                  'aws:PrincipalAccount': ref('CallerAccount'),
                  'aws:PrincipalOrgID': ifGiven('HasOrganization', ref('Organization')),
                  'sts:ExternalId': ifGiven('HasExternalId', ref('ExternalId')),
                },
                ArnEquals: ifGiven('HasCallerRole', { 'aws:PrincipalArn': ref('CallerRole') }),
              },
            },
          ],
        },
        Policies: [{ PolicyName: 'TrailproofReads', PolicyDocument: node(policy) }],
      },
    },
  };
}

function node({ Version, Statement }: IamPolicy): Node {
  return { Version, Statement: Statement.map(({ Sid = 'Trailproof', ...rest }) => ({ Sid, ...rest })) };
}

/** Strings in quotes: 2012-10-17 and 012345678901 are no date and no number. */
function asYaml(template: { readonly [key: string]: Node }): string {
  return stringify(template, {
    defaultStringType: 'QUOTE_SINGLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
