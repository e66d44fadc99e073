import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { parseArn } from '../protocol/arn.js';
import { textIn, type Input } from '../protocol/input.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import { isDelegatedAdministrator, organizationOf } from '../world/index-world.js';
import type { WorldAccount, WorldRole } from '../world/world.js';
import type { Call, Service } from './call.js';
import { parseSessionPolicy } from './session-policy.js';
import { denialMessage, findDenial } from './denial.js';

export const sts: Service = {
  name: 'sts',
  operations: {
    GetCallerIdentity: { action: null, answer: getCallerIdentity },
    AssumeRole: {
      action: 'sts:AssumeRole',
      resource: (call) => textIn(call.input, 'RoleArn'),
      answer: assumeRole,
    },
  },
};

function getCallerIdentity(call: Call): HttpAnswer {
  const { arn, userId, accountId } = call.caller;
  return result(call, leaf('Arn', arn), leaf('UserId', userId), leaf('Account', accountId));
}

function assumeRole(call: Call): HttpAnswer {
  const { input, caller } = call;
  const roleArn = required(input, 'RoleArn');
  const sessionName = required(input, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid('roleSessionName');
  const sourceIdentity = textIn(input, 'SourceIdentity');
  if (sourceIdentity !== undefined && !/^[\w+=,.@-]{2,64}$/.test(sourceIdentity)) throw invalid('sourceIdentity');
  const externalId = textIn(input, 'ExternalId');
  const policy = textIn(input, 'Policy');
  if (policy !== undefined) parseSessionPolicy(policy);
  const { account, role } = trustingRole(call, roleArn, externalId);
  if (sourceIdentity !== undefined && !role.allowsSourceIdentity) {
    throw denied(`User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${roleArn}`);
  }
  const session = call.issueSession({
    accountId: account.id,
    role,
    sessionName,
    seconds: call.behavior.sessionSeconds ?? duration(call, role),
    callerArn: caller.arn,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(policy === undefined ? {} : { policy }),
  });
  return result(
    call,
    node(
      'Credentials',
      leaf('AccessKeyId', session.accessKeyId),
      leaf('SecretAccessKey', session.secretAccessKey),
      leaf('SessionToken', session.sessionToken),
      leaf('Expiration', session.expiresAt),
    ),
    node('AssumedRoleUser', leaf('AssumedRoleId', session.caller.userId), leaf('Arn', session.caller.arn)),
    leaf('SourceIdentity', sourceIdentity),
    policy === undefined ? '' : leaf('PackedPolicySize', Math.ceil((policy.length / 2048) * 50)),
  );
}

interface Entered {
  readonly account: WorldAccount;
  readonly role: WorldRole;
}

/** A role that is not there, or not for the caller, or in a closed account, is refused in the same words. */
function trustingRole(call: Call, roleArn: string, externalId: string | undefined): Entered {
  const arn = parseArn(roleArn);
  if (arn?.service !== 'iam' || !arn.resource.startsWith('role/')) {
    throw new ServiceError(400, 'ValidationError', `${roleArn} is invalid`);
  }
  const refused = `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  const account = call.index.accounts.get(arn.accountId);
  const role = account?.roles.find((it) => `role/${it.name}` === arn.resource);
  if (account === undefined || role === undefined || account.state !== 'ACTIVE') throw denied(refused);
  if (arn.partition !== call.index.world.partition || !role.trusts.some((trust) => isTrusted(call, account, trust))) {
    throw denied(refused);
  }
  if (role.externalId !== null && role.externalId !== externalId) throw denied(refused);
  // Of the denials in the account that is entered, only a resource control policy binds callers from outside.
  const denial = findDenial(
    account.denials.filter((it) => it.effect === 'resource-control-policy'),
    'sts:AssumeRole',
    call.region,
    roleArn,
  );
  if (denial !== undefined)
    throw denied(denialMessage('sts', call.caller.arn, 'sts:AssumeRole', roleArn, denial.effect));
  return { account, role };
}

function isTrusted(call: Call, account: WorldAccount, trust: string): boolean {
  const { caller, index } = call;
  const organization = organizationOf(index, account.id);
  switch (trust) {
    case '*':
      return true;
    case 'management':
      return organization?.managementAccountId === caller.accountId;
    case 'delegated-administrators':
      return organization !== undefined && isDelegatedAdministrator(organization, caller.accountId);
    default:
      return trust === caller.accountId || trust === caller.arn || trust === roleArnOf(call);
  }
}

/** `arn:…:sts::ID:assumed-role/NAME/SESSION` is trusted by the ARN of its role. */
function roleArnOf(call: Call): string | undefined {
  const { caller, index } = call;
  if (caller.role === undefined) return undefined;
  return `arn:${index.world.partition}:iam::${caller.accountId}:role/${caller.role.name}`;
}

function duration(call: Call, role: WorldRole): number {
  const text = textIn(call.input, 'DurationSeconds');
  const seconds = text === undefined ? 3600 : Number(text);
  if (!(seconds >= 900 && seconds <= 43_200)) throw invalid('durationSeconds');
  if (call.caller.isSession && seconds > 3600) {
    throw tooLong('the 1 hour session limit for roles assumed by role chaining');
  }
  if (seconds > role.maxSessionDuration) throw tooLong('the MaxSessionDuration set for this role');
  return seconds;
}

function tooLong(limit: string): ServiceError {
  return new ServiceError(400, 'ValidationError', `The requested DurationSeconds exceeds ${limit}.`);
}

function required(input: Input, name: string): string {
  const text = textIn(input, name);
  if (text === undefined || text === '') throw invalid(`${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  return text;
}

function invalid(member: string): ServiceError {
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint`;
  return new ServiceError(400, 'ValidationError', message);
}

function denied(message: string): ServiceError {
  return new ServiceError(403, 'AccessDenied', message);
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

function result(call: Call, ...members: readonly string[]): HttpAnswer {
  const body = xmlDocument(
    `${call.operation}Response`,
    namespace,
    node(`${call.operation}Result`, ...members),
    node('ResponseMetadata', leaf('RequestId', call.requestId)),
  );
  return { status: 200, headers: {}, body };
}
