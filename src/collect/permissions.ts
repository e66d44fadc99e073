import { operations } from './operations/index.js';

interface IamStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

/** The actions of the role that is assumed in every account, sorted: reads of CloudTrail and of where it delivers. */
export function accountActions(): string[] {
  return actionsOf((service) => service !== 'sts' && service !== 'organizations' && service !== 'config');
}

/** The actions that the caller needs besides, in the management account or a delegated administrator. */
function callerActions(): string[] {
  return actionsOf((service) => service === 'organizations');
}

function actionsOf(isWanted: (service: string) => boolean): string[] {
  const actions = Object.values(operations)
    .filter(({ service }) => isWanted(service))
    .map(({ action }) => action)
    .filter((action) => action !== undefined);
  return [...new Set(actions)].toSorted();
}

/** The session policy that each AssumeRole carries: whatever the role may do, this session may only read. */
export function sessionPolicy(): string {
  const policy: IamPolicy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: accountActions(), Resource: '*' }],
  };
  return JSON.stringify(policy);
}

/** The least that the role in every account needs. */
export function accountPolicy(): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'TrailproofReads', Effect: 'Allow', Action: accountActions(), Resource: '*' }],
  };
}

/** The least that the caller needs to read from AWS Config: in the aggregator's account, or in the one that is read. */
export function configPolicy(): IamPolicy {
  const actions = [
    ...actionsOf((service) => service === 'organizations' || service === 'config'),
    'account:ListRegions',
  ];
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'TrailproofReadsConfig', Effect: 'Allow', Action: actions.toSorted(), Resource: '*' }],
  };
}

/** The least that the caller needs in the management account or a delegated administrator. */
export function callerPolicy(partition: string, roleName: string): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailproofReads', Effect: 'Allow', Action: accountActions(), Resource: '*' },
      { Sid: 'TrailproofOrganization', Effect: 'Allow', Action: callerActions(), Resource: '*' },
      {
        Sid: 'TrailproofEntersAccounts',
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Resource: `arn:${partition}:iam::*:role/${roleName}`,
      },
    ],
  };
}
