import { isObject } from '../../../src/model/is-object.js';
import type { EventRecord } from '../../../src/model/log-events.js';

const base: EventRecord = {
  eventVersion: '1.08',
  eventTime: '2026-11-20T10:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  eventType: 'AwsApiCall',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'aws-cli/2.15',
  recipientAccountId: '111122223333',
  requestParameters: { userName: 'alice' },
  responseElements: null,
  readOnly: false,
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/alice',
    principalId: 'AIDA1',
    accountId: '111122223333',
    userName: 'alice',
  },
};

const role = 'arn:aws:iam::111122223333:role/deploy';
const session = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/deploy/build-7',
  principalId: 'AROA1:build-7',
  accountId: '111122223333',
};

/** What differs from a plain call; undefined leaves the field out. */
type Change = Readonly<Record<string, unknown>>;

const hostile = [
  "x' OR 1 = 1 --",
  'x"; DROP TABLE cloudtrail_logs',
  '100%_\\',
  '100a_b',
  'kal\u0131 \u212Aali1 ',
  'KALI9\n',
  '\u{1F480}\u0000"\\',
  '${jndi:ldap}',
  '',
];

const identities: readonly Change[] = [
  { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
  {
    ...session,
    sessionContext: { sessionIssuer: { type: 'Role', arn: role }, attributes: { mfaAuthenticated: 'true' } },
  },
  session,
  { ...session, arn: 'arn:aws:sts::111122223333:assumed-role/deploy/a\nb', principalId: 'AROA1:a\nb' },
  { ...session, type: 'Role', arn: undefined },
  { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
  { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROA2:s', invokedBy: 'signin.amazonaws.com' },
  { type: 'IdentityCenterUser', onBehalfOf: { userId: 'alice', identityStoreArn: 'arn:aws:x' }, principalId: 'p' },
  { type: 'IAMUser', userName: 'alice', invokedBy: 'cloudformation.amazonaws.com' },
  { accountId: '111122223333', invokedBy: 'ec2.amazonaws.com' },
  { type: 'IAMUser', userName: 'bob', sessionContext: null },
  { type: 'IAMUser', userName: 'bob', sessionContext: { sessionIssuer: null, attributes: {} } },
  { type: 'IAMUser', userName: 'bob', arn: 'arn:aws:iam::111122223333:user/bob' },
  { ...session, sessionContext: { sessionIssuer: { type: 'Role', arn: `${role}-7` } } },
  { type: 'Unknown', sessionContext: { sourceIdentity: 'alice', assumedRoot: 'true', attributes: {} } },
  {},
];

const requests: readonly unknown[] = [
  null,
  {},
  { name: 'main', maxResults: 101, enable: false, features: [{ status: 'DISABLED' }], userData: '' },
  { name: 5, maxResults: '101', enable: 'False', features: { a: 'DISABLED' }, userData: null },
  { name: true, maxResults: 'many', enable: 'no', features: 'DISABLED', userData: { x: 1 } },
  { name: 'other', maxResults: 10, enable: 'true' },
  { name: null, maxResults: null, enable: null, features: null },
  { name: ['main'], maxResults: [101], enable: {}, features: [] },
  { maxResults: -5, userName: '', 'x-amz-acl': 'public-read' },
  { 'x-amz-acl': ['public-read'], VersioningConfiguration: { Status: 'Suspended' } },
  { VersioningConfiguration: 'Suspended', valuesToAdd: ['all', 'x'] },
  { VersioningConfiguration: [{ Status: 'Suspended' }], valuesToAdd: ['x', null, 5] },
  { VersioningConfiguration: null, valuesToAdd: 'all' },
  { valuesToAdd: [], items: [] },
  { items: [{ cidrIp: '0.0.0.0/0', fromPort: 22 }] },
  {
    items: [
      { cidrIp: '0.0.0.0/0', fromPort: 80 },
      { cidrIp: '192.0.2.0/24', fromPort: 22 },
    ],
  },
  { items: [{ cidrIp: '0.0.0.0/0', fromPort: '22' }, null, {}] },
  { items: [{ cidrIp: '0.0.0.0/0', fromPort: 'ssh' }] },
  { items: ['0.0.0.0/0', { cidrIp: '192.0.2.0/24' }] },
  { items: { cidrIp: '0.0.0.0/0', fromPort: 22 } },
  { ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] } },
  { ipPermissions: { items: [{ ipRanges: { items: [] } }, { ipRanges: {} }, { ipRanges: null }, {}] } },
  { ipPermissions: { items: [{ ipRanges: [{ cidrIp: '0.0.0.0/0' }] }] } },
  { ipPermissions: 'all' },
  { policyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}' },
  { policyDocument: { Statement: [{ Effect: 'Allow', Principal: '*' }] } },
  { omitted: true, originalSize: 200_000, reason: 'size' },
  { nested: { omitted: true, originalSize: 1, reason: 'x' }, name: 'main' },
  ...hostile.map((userName) => ({ userName, name: userName })),
];

const changes: readonly Change[] = [
  {},
  { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' },
  { eventName: 'DeleteTrail' },
  { eventName: 'PutRolePolicy' },
  { eventName: 'Put\nPolicy' },
  ...hostile.map((text) => ({ eventName: text === '' ? 'x' : text, userAgent: text })),
  { errorCode: 'AccessDenied' },
  { errorCode: 'Client.UnauthorizedOperation', errorMessage: 'no' },
  { errorCode: 'xUnauthorizedOperationx' },
  { errorCode: '', errorMessage: null },
  { errorMessage: 'Failed authentication' },
  { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
  { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
  { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: ['Failure'], x: 'Failure' } },
  { eventName: 'x', responseElements: { x: 'Failure', ConsoleLogin: 'Failure' } },
  ...['10.0.0.256', '010.1.1.1', '::1', '2001:db8::1', 'AWS Internal', 'ec2.amazonaws.com', 'x.amazonaws.com.cn'].map(
    (sourceIPAddress) => ({ sourceIPAddress }),
  ),
  { eventType: 'AwsServiceEvent' },
  { readOnly: true },
  { readOnly: 'true' },
  { readOnly: undefined },
  { recipientAccountId: undefined },
  { recipientAccountId: '444455556666', userAgent: undefined },
  { eventTime: '2026-11-19T05:59:59Z' },
  { eventTime: '2026-11-20T00:00:00Z' },
  // Parts of a second, and a time as others write it.
  { eventTime: '2026-11-20T05:59:59.7Z' },
  { eventTime: '2026-11-20T06:00:00Z' },
  { eventTime: '2026-11-20T06:00:00.4Z' },
  { eventTime: '2026-11-20 05:30:00' },
  { resources: [{ ARN: 'arn:aws:s3:::logs/a', type: 'AWS::S3::Object' }, { accountId: '1' }] },
  { resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::logs' }] },
  { resources: [] },
  { resources: [{ ARN: 'arn:aws:s3:::logs' }], userIdentity: identities[0] },
  { eventSource: 'example.com' },
  { resources: null },
  { eventName: undefined },
  { eventSource: undefined, eventName: 'StopLogging' },
  { sourceIPAddress: undefined, eventType: undefined },
  { userIdentity: undefined },
  ...identities.map((userIdentity) => ({ userIdentity })),
  ...requests.map((requestParameters) => ({ requestParameters })),
];

/**
 * Records in which each thing that conditions ask is there, is missing, is null, is of another kind, or is meant to
 * break out of a query. What CloudTrail documents is of the documented form, as tables have columns for it.
 */
export const plantedEvents: readonly EventRecord[] = changes.map((change, index) => {
  const record = { ...base, eventID: `planted-${index}`, ...change };
  // As it would be read: what is undefined is not there.
  return JSON.parse(JSON.stringify(record)) as EventRecord;
});

/** A record whose JSON does not tell what is asked: a query may give it back whatever the rest says. */
export function isUnread(record: EventRecord): boolean {
  // So may one with a number of several spellings.
  if (/"omitted":true|[:,[]-?\d+[.e]/.test(JSON.stringify(record))) return true;
  const request = record['requestParameters'] ?? {};
  if (!isObject(request)) return true;
  const objects = ['VersioningConfiguration', 'ipPermissions'].map((name) => request[name] ?? {});
  return !objects.every(isObject);
}

/** A list or object stands where conditions ask a text: engines without expressions ask its members, or nothing. */
export function hasOtherThanText(record: EventRecord): boolean {
  const request = record['requestParameters'] ?? {};
  const answer = record['responseElements'] ?? {};
  const texts = [request, answer].flatMap((it) => (isObject(it) ? Object.entries(it) : []));
  const asked = new Set(['name', 'userName', 'x-amz-acl', 'enable', 'ConsoleLogin']);
  return texts.some(([name, it]) => asked.has(name) && typeof it === 'object' && it !== null);
}
