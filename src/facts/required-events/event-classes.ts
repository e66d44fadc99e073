import { anything, maybe, oneOf, someText, type EventObject } from '../partial-event/index.js';
import type { EventClass } from './subject.js';

const text = (typical: string, ...others: readonly string[]): ReturnType<typeof someText> =>
  someText([typical, ...others]);

/** Whom CloudTrail names as the one who called; others may come. */
const anyoneType = text(
  'AssumedRole',
  'IAMUser',
  'Root',
  'FederatedUser',
  'AWSAccount',
  'AWSService',
  'IdentityCenterUser',
  'WebIdentityUser',
  'SAMLUser',
  'Unknown',
);

/** Which fields there are depends on the type of identity; each may be missing. */
export const anyone: EventObject = {
  type: maybe(anyoneType),
  principalId: maybe(text('AROAEXAMPLE:session')),
  arn: maybe(text('arn:aws:sts::111122223333:assumed-role/Admin/session')),
  accountId: maybe(text('111122223333')),
  accessKeyId: maybe(text('ASIAEXAMPLE')),
  userName: maybe(text('alice')),
  invokedBy: maybe(text('cloudformation.amazonaws.com', 'AWS Internal')),
  sessionContext: anything,
  onBehalfOf: anything,
  credentialId: maybe(text('EXAMPLE')),
  identityProvider: maybe(text('https://idp.example.com')),
  inScopeOf: anything,
};

/**
 * An event of which nothing is said: each field that CloudTrail writes, with what it may be
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 */
const anyEvent: EventObject = {
  eventVersion: text('1.11', '1.08'),
  userIdentity: anyone,
  eventTime: text('2026-01-31T12:00:00Z'),
  eventSource: text('ec2.amazonaws.com', 'iam.amazonaws.com'),
  eventName: text('RunInstances', 'CreateUser'),
  awsRegion: text('eu-central-1', 'us-east-1', 'ap-southeast-2'),
  sourceIPAddress: text('198.51.100.7', '2001:db8::7', 'cloudformation.amazonaws.com'),
  userAgent: maybe(text('aws-cli/2.15.0', 'console.amazonaws.com')),
  errorCode: maybe(text('AccessDenied')),
  errorMessage: maybe(text('User is not authorized')),
  requestParameters: anything,
  responseElements: anything,
  additionalEventData: anything,
  requestID: maybe(text('0c8a5f6e-1111-4222-8333-444455556666')),
  eventID: text('7d1b2c3a-1111-4222-8333-444455556666'),
  eventType: text('AwsApiCall', 'AwsConsoleSignIn', 'AwsServiceEvent'),
  apiVersion: maybe(text('2013-11-01')),
  managementEvent: true,
  readOnly: oneOf(true, false),
  resources: anything,
  recipientAccountId: text('111122223333'),
  serviceEventDetails: anything,
  sharedEventID: maybe(text('5f0e1d2c-1111-4222-8333-444455556666')),
  vpcEndpointId: maybe(text('vpce-0123456789abcdef0')),
  vpcEndpointAccountId: maybe(text('111122223333')),
  eventCategory: 'Management',
  addendum: anything,
  sessionCredentialFromConsole: maybe(text('true')),
  eventContext: anything,
  edgeDeviceDetails: anything,
  tlsDetails: anything,
};

/** All events that are so, and lack these fields. */
export function eventClass(id: string, what: string, fields: EventObject, without: readonly string[] = []): EventClass {
  const left = Object.entries({ ...anyEvent, ...fields }).filter(([field]) => !without.includes(field));
  return { id, what, event: Object.fromEntries(left) };
}

/**
 * All calls of this name, by whomever, from wherever, and with whatever success: a denied attempt is told, too, as by
 * the patterns of the benchmarks.
 */
export function apiCall(eventSource: string, eventName: string): EventClass {
  return eventClass(eventName, `${eventName} of ${eventSource}`, {
    eventSource,
    eventName,
    eventType: 'AwsApiCall',
    readOnly: false,
  });
}

export const errorFields = ['errorCode', 'errorMessage'] as const;
