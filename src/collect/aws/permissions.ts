import { everyAccessPoint } from './operations/choices.js';
import { deliveryOperations } from './operations/deliveries.js';
import { fileOperations } from './operations/files.js';
import { historyOperations } from './operations/history.js';
import { beyondScans, chosenOperations, operations, type OperationName } from './operations/index.js';
import type { S3Location } from '../s3/location.js';

interface IamStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Names of calls as in the table; undefined: all of them. */
export type Calls = ReadonlySet<string> | undefined;

export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

/**
 * What a run without a choice leaves out, by what is read: for each enabled Region of each account they would be ten
 * times the calls of all else; access points few log buckets have.
 */
const leftOut: readonly (readonly string[])[] = [
  ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'],
  ...[...Object.values(chosenOperations), deliveryOperations].map((its) => Object.keys(its)),
  [everyAccessPoint],
];

/** Every call of the table, without those that a plain run leaves out and these calls do not name; undefined: a plain run. */
export function callsWith(wanted: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const unwanted = leftOut.filter((group) => !group.some((call) => wanted.has(call)));
  if (unwanted.length === leftOut.length) return undefined;
  const without = new Set(unwanted.flat());
  return new Set([...Object.keys(operations), everyAccessPoint].filter((call) => !without.has(call)));
}

/** What tells the OU of each account, where the list of accounts does not. */
export const structureCalls: readonly OperationName[] = [
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
];

/** Calls of AWS Config that an account is asked itself; all others are the caller's. */
export const recorderCalls: readonly OperationName[] = [
  'config:DescribeConfigurationRecorders',
  'config:DescribeConfigurationRecorderStatus',
];

/** The actions of the role that is assumed in every account, sorted: reads of CloudTrail and of where it delivers. */
export function accountActions(calls?: Calls): string[] {
  const ofRecorders: ReadonlySet<string> = new Set(recorderCalls);
  const ofCaller = new Set(['sts', 'organizations', 'config']);
  return actionsOf(
    calls,
    (service, call) => (!ofCaller.has(service) && !beyondScans.has(call)) || ofRecorders.has(call),
  );
}

function actionsOf(calls: Calls, isWanted: (service: string, call: string) => boolean): string[] {
  const actions = Object.entries(operations)
    .filter(([call, { service }]) => isWanted(service, call) && (calls === undefined || calls.has(call)))
    .map(([, { action }]) => action)
    .filter((action) => action !== undefined);
  return [...new Set(actions)].toSorted();
}

/** STS takes 2,048 characters. So the longest names stand for all reads of their kind; the role itself has just those it needs. */
const shortened = 'elasticloadbalancing:Describe*';

function isShortened(action: string): boolean {
  return action.startsWith(shortened.slice(0, -1));
}

/** The session policy that each AssumeRole carries: whatever the role may do, this session may only read. */
export function sessionPolicy(calls?: Calls): string {
  const Action = [...new Set(accountActions(calls).map((it) => (isShortened(it) ? shortened : it)))];
  const policy: IamPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
  return JSON.stringify(policy);
}

/** The least that the role in every account needs. */
export function accountPolicy(calls?: Calls): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'TrailproofReads', Effect: 'Allow', Action: accountActions(calls), Resource: '*' }],
  };
}

/** The least that the caller needs to read from AWS Config: in the aggregator's account, or in the one that is read. */
export function configPolicy(): IamPolicy {
  const actions = [
    ...actionsOf(undefined, (service) => service === 'organizations' || service === 'config'),
    'account:ListRegions',
  ];
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'TrailproofReadsConfig', Effect: 'Allow', Action: actions.toSorted(), Resource: '*' }],
  };
}

/** The action of a call for log files. */
export function actionsOfFiles(call: keyof typeof fileOperations): string[] {
  const { action } = fileOperations[call];
  return action === undefined ? [] : [action];
}

/** The least that the caller needs to read AWS Config's files out of a bucket. */
export function deliveryFilesPolicy(partition: string, { bucket, prefix }: S3Location): IamPolicy {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailproofListsFiles', Effect: 'Allow', Action: actionsOfFiles('s3:ListObjectsV2'), Resource: arn },
      {
        Sid: 'TrailproofReadsFiles',
        Effect: 'Allow',
        Action: actionsOfFiles('s3:GetObject'),
        Resource: `${arn}/${prefix}*`,
      },
    ],
  };
}

/**
 * The least that reading CloudTrail's log files needs, in the account that owns the bucket. Digest and log files are
 * encrypted with the same key: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
 */
export function logFilesPolicy(partition: string, { bucket, prefix }: Partial<S3Location> = {}): IamPolicy {
  const arn = `arn:${partition}:s3:::${bucket ?? '*'}`;
  const objects = prefix === undefined || prefix === '' ? `${arn}/*` : `${arn}/${prefix}/*`;
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailproofListsLogFiles', Effect: 'Allow', Action: actionsOfFiles('s3:ListObjectsV2'), Resource: arn },
      { Sid: 'TrailproofReadsLogFiles', Effect: 'Allow', Action: actionsOfFiles('s3:GetObject'), Resource: objects },
      {
        Sid: 'TrailproofDecryptsLogFiles',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: '*',
        Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
      },
      {
        Sid: 'TrailproofListsKeys',
        Effect: 'Allow',
        Action: actionsOfFiles('cloudtrail:ListPublicKeys'),
        Resource: '*',
      },
    ],
  };
}

/** The least that reading Event history needs, in each account. */
export function eventHistoryPolicy(): IamPolicy {
  const { action } = historyOperations['cloudtrail:LookupEvents'];
  const actions = ['account:ListRegions', ...(action === undefined ? [] : [action])];
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'TrailproofReadsEventHistory', Effect: 'Allow', Action: actions, Resource: '*' }],
  };
}

/** What whoever reads the Event history of other accounts needs in its own. */
export function eventHistoryCallerPolicy(partition: string, roleName: string): IamPolicy {
  const entering = {
    Sid: 'TrailproofEntersAccounts',
    Effect: 'Allow' as const,
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Resource: `arn:${partition}:iam::*:role/${roleName}`,
  };
  return { Version: '2012-10-17', Statement: [...eventHistoryPolicy().Statement, entering] };
}

/** What whoever runs verify-logs needs beside the permissions of a scan's caller. */
export function logFilesCallerPolicy(partition: string, roleName: string): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TrailproofListsKeys',
        Effect: 'Allow',
        Action: actionsOfFiles('cloudtrail:ListPublicKeys'),
        Resource: '*',
      },
      {
        Sid: 'TrailproofEntersLogArchive',
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Resource: `arn:${partition}:iam::*:role/${roleName}`,
      },
    ],
  };
}

/** The least that the caller needs in the management account or a delegated administrator. */
export function callerPolicy(partition: string, roleName: string, calls?: Calls): IamPolicy {
  const organization = actionsOf(calls, (service) => service === 'organizations');
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailproofReads', Effect: 'Allow', Action: accountActions(calls), Resource: '*' },
      { Sid: 'TrailproofOrganization', Effect: 'Allow', Action: organization, Resource: '*' },
      {
        Sid: 'TrailproofEntersAccounts',
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Resource: `arn:${partition}:iam::*:role/${roleName}`,
      },
    ],
  };
}
