import type { EventRecord } from '../model/log-events.js';

/** What follows from a record alone, whatever the service. */

/** A text of a record; undefined where there is none. */
export function textIn(data: unknown, ...path: readonly string[]): string | undefined {
  let at: unknown = data;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step]; // an object; a list has none of these names
  }
  return typeof at === 'string' ? at : undefined;
}

/**
 * The account whose trail recorded the event: the recipient, or the caller's account where the record names none.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function accountOf(record: EventRecord): string | undefined {
  return textIn(record, 'recipientAccountId') ?? textIn(record, 'userIdentity', 'accountId');
}

/** When the call completed, in milliseconds; undefined where the record does not tell. */
export function timeOf(record: EventRecord): number | undefined {
  const text = textIn(record, 'eventTime');
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const isIpv4 = (text: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((it) => Number(it) < 256);
const isIpv6 = (text: string): boolean => /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(text);

/** The address that the call came from, where it is one: services stand there by name. */
export function ipOf(record: EventRecord): string | undefined {
  const address = textIn(record, 'sourceIPAddress');
  return address !== undefined && (isIpv4(address) || isIpv6(address)) ? address : undefined;
}

/** True for `ec2.amazonaws.com` and `AWS Internal`. */
function isServiceName(text: string | undefined): boolean {
  return text !== undefined && (text === 'AWS Internal' || /\.amazonaws\.com(?:\.cn)?$/.test(text));
}

/**
 * Who may do what was done, without the session: the role or user by its ARN, `root`, a service by its name, a user of
 * IAM Identity Center by its id. `unknown` where the record tells nobody, as with sign-ins of users that there are not.
 */
export function principalOf(record: EventRecord): string {
  const of = (...path: readonly string[]): string | undefined => textIn(record, 'userIdentity', ...path);
  const type = of('type');
  if (type === 'Root') return 'root';
  if (type === 'AssumedRole' || type === 'Role') {
    return of('sessionContext', 'sessionIssuer', 'arn') ?? roleOfSession(of('arn')) ?? of('principalId') ?? 'unknown';
  }
  if (type === 'AWSService') return of('invokedBy') ?? of('principalId') ?? 'unknown';
  if (type === 'IdentityCenterUser') return of('onBehalfOf', 'userId') ?? of('principalId') ?? 'unknown';
  return of('arn') ?? of('principalId') ?? of('userName') ?? of('invokedBy') ?? of('accountId') ?? 'unknown';
}

/** `arn:aws:sts::111122223333:assumed-role/Admin/alice` is a session of `arn:aws:iam::111122223333:role/Admin`. */
function roleOfSession(arn: string | undefined): string | undefined {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn ?? '') ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}

/** Who is behind the principal, as far as the record tells. */
export function actorOf(record: EventRecord): string {
  const of = (...path: readonly string[]): string | undefined => textIn(record, 'userIdentity', ...path);
  return (
    of('sessionContext', 'sourceIdentity') ??
    of('onBehalfOf', 'userId') ??
    sessionName(of('principalId'), of('arn')) ??
    of('userName') ??
    principalOf(record)
  );
}

/** The id of a session's principal is `AROA…:session`. */
function sessionName(principalId: string | undefined, arn: string | undefined): string | undefined {
  const [, afterColon] = /^[^:]+:(.+)$/s.exec(principalId ?? '') ?? [];
  return afterColon ?? /:assumed-role\/[^/]+\/(.+)$/s.exec(arn ?? '')?.[1];
}

/**
 * In records of older consoles, `signin.amazonaws.com` stands where a service that calls for somebody else does; it was
 * the person.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
const consoleSession = 'signin.amazonaws.com';

export function isByService(record: EventRecord): boolean {
  return (
    ![undefined, consoleSession].includes(textIn(record, 'userIdentity', 'invokedBy')) ||
    textIn(record, 'userIdentity', 'type') === 'AWSService' ||
    textIn(record, 'eventType') === 'AwsServiceEvent' ||
    isServiceName(textIn(record, 'sourceIPAddress'))
  );
}

/**
 * Refused for want of a permission: `AccessDenied`, `AccessDeniedException`, `VpceAccessDenied`,
 * `Client.UnauthorizedOperation`.
 */
export function isDenied(record: EventRecord): boolean {
  const code = textIn(record, 'errorCode');
  return code !== undefined && (code.includes('AccessDenied') || code.endsWith('UnauthorizedOperation'));
}

/** Services tell an error by a code, by a message alone, or, for sign-ins, by `"ConsoleLogin": "Failure"`. */
export function succeeded(record: EventRecord): boolean {
  const name = textIn(record, 'eventName');
  return (
    isNothing(record['errorCode']) &&
    isNothing(record['errorMessage']) &&
    (name === undefined || textIn(record, 'responseElements', name) !== 'Failure')
  );
}

/** Exports of other tools write `null` as a text: neither an error nor what was asked is ever called so. */
export const nullText = 'null';

/** Whether an error code or message tells of none. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === nullText;
}
