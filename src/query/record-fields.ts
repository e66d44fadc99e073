import type { Path } from './condition.js';

/** What stands at a field of a record. */
export type RecordField = Pick<Path, 'kind' | 'isNeeded'> & {
  /** The type of an object, or of the members of a list. */
  readonly of?: string;
};

const text: RecordField = { kind: 'text' };
const needed: RecordField = { kind: 'text', isNeeded: true };
const bool: RecordField = { kind: 'bool' };
const json: RecordField = { kind: 'json' };

/** The fields of records that are read as they stand there; those that follow from others are facts. */
export const recordFields: Readonly<Record<string, Readonly<Record<string, RecordField>>>> = {
  Event: {
    eventVersion: needed,
    eventID: needed,
    eventTime: { kind: 'time', isNeeded: true },
    eventSource: needed,
    eventName: needed,
    eventType: needed,
    eventCategory: text,
    awsRegion: needed,
    sourceIPAddress: needed,
    userAgent: text,
    apiVersion: text,
    errorCode: text,
    errorMessage: text,
    requestID: text,
    readOnly: bool,
    managementEvent: bool,
    sharedEventID: text,
    vpcEndpointId: text,
    vpcEndpointAccountId: text,
    sessionCredentialFromConsole: bool,
    userIdentity: { kind: 'object', of: 'UserIdentity', isNeeded: true },
    requestParameters: json,
    responseElements: json,
    additionalEventData: json,
    serviceEventDetails: json,
    tlsDetails: json,
  },
  UserIdentity: {
    type: text,
    principalId: text,
    arn: text,
    accountId: text,
    accessKeyId: text,
    userName: text,
    invokedBy: text,
    identityProvider: text,
    credentialId: text,
    sessionContext: { kind: 'object', of: 'SessionContext' },
    onBehalfOf: { kind: 'object', of: 'OnBehalfOf' },
  },
  SessionContext: {
    sessionIssuer: { kind: 'object', of: 'SessionIssuer' },
    attributes: { kind: 'object', of: 'SessionAttributes' },
    sourceIdentity: text,
    ec2RoleDelivery: text,
    webIdFederationData: json,
    assumedRoot: bool,
  },
  SessionIssuer: { type: text, principalId: text, arn: text, accountId: text, userName: text },
  SessionAttributes: { creationDate: { kind: 'time' }, mfaAuthenticated: bool },
  OnBehalfOf: { userId: text, identityStoreArn: text },
  EventResource: { ARN: text, accountId: text, type: text },
};
