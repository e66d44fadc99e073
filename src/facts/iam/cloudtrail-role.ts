import { parseArn } from '../../model/identifiers.js';
import { cloudTrail } from './cloudtrail-requests.js';
import type { UsingTrail } from './cloudtrail-uses.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed } from './evaluate.js';
import { type ContextValue, is, isUnknown } from './request.js';
import { onePrincipal, service } from './requesters.js';
import { allOf, forAll, forSome, type Verdict } from './verdict.js';

/**
 * Whether the trust policy of a role lets CloudTrail assume it for a trail. Which condition keys CloudTrail sends there is
 * not documented, for aws:SourceArn and aws:SourceAccount it once was said that they are not supported: what wants the
 * trail's own values is unknown, what wants others is refused.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function canCloudTrailAssume(
  document: IamDocument | MalformedDocument,
  { arn, organizationId }: UsingTrail,
  roleArn: string,
): Verdict {
  const accountId = parseArn(arn)?.accountId;
  const context = {
    '*': isUnknown(notDocumented),
    'aws:SourceArn': perhaps(arn),
    ...(accountId === undefined ? {} : { 'aws:SourceAccount': perhaps(accountId) }),
    ...(typeof organizationId === 'string' ? { 'aws:SourceOrgID': perhaps(organizationId) } : {}),
  };
  const requester = service(cloudTrail, {});
  return forAll(isAllowed(document, { requester, actions: ['sts:AssumeRole'], resources: [roleArn], context }));
}

const notDocumented = 'is not documented for CloudTrail as it assumes a role';

/** This value, or none. */
function perhaps(value: string): ContextValue {
  return isUnknown(notDocumented, { state: 'any', among: [value], orAbsent: true });
}

export interface RoleDocuments {
  readonly arn: string;
  readonly organizationId?: string | null;
  /** Its inline and managed policies together. */
  readonly policies: IamDocument | MalformedDocument;
  /** What they can allow at most; undefined: it has none. */
  readonly boundary?: IamDocument | MalformedDocument;
}

export interface LogStream {
  readonly logGroupArn: string;
  /** A wildcard stands for every stream that it matches. */
  readonly name: string;
  /** Of the streams that it stands for one is enough. */
  readonly isAnyEnough?: boolean;
}

const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * Whether the policies of a role, within its permissions boundary, let it make a log stream and write to it. Service
 * control policies are not looked at.
 *
 * @returns no with the action and the stream in `example`
 */
export function canRoleWriteStream(
  role: RoleDocuments,
  { logGroupArn, name, isAnyEnough = false }: LogStream,
): Verdict {
  const { region = '', accountId = '' } = parseArn(logGroupArn) ?? {};
  const requester = onePrincipal(role.arn, ofOrganization(role));
  const context = {
    '*': isUnknown('is not known of CloudTrail'),
    'aws:SecureTransport': is('true'),
    'aws:RequestedRegion': is(region),
    'aws:ResourceAccount': is(accountId),
  };
  const documents = role.boundary === undefined ? [role.policies] : [role.policies, role.boundary];
  const may = (document: IamDocument | MalformedDocument, action: string): Verdict => {
    const ask = (resource: string) =>
      isAllowed(document, { requester, actions: [action], resources: [resource], context });
    const found = (isAnyEnough ? forSome : forAll)(ask(`${logGroupArn}:log-stream:${name}`));
    // The reference of actions has CreateLogStream on the log group, CloudTrail's own example on the stream.
    if (found.verdict !== 'no' || action !== 'logs:CreateLogStream') return found;
    if (forSome(ask(logGroupArn)).verdict === 'no') return found;
    const because = ['It allows logs:CreateLogStream on the log group, and not on the stream.'];
    return { verdict: 'unknown', statements: found.statements, conditions: [], because };
  };
  return allOf(documents.flatMap((document) => actions.map((action) => may(document, action))));
}

function ofOrganization({ organizationId }: RoleDocuments): { readonly organizationId?: string | null } {
  return organizationId === undefined ? {} : { organizationId };
}
