/**
 * The fields of a record that a table holds, by the columns that AWS publishes for log files of CloudTrail, and those that
 * policies may ask for beside them. Names of columns are in small letters, those of the record are as CloudTrail writes
 * them.
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
 */
export interface RecordField {
  /** As in the record: `userIdentity.sessionContext.sourceIdentity`. */
  readonly path: string;
  /**
   * `text`: as it stands there. `json`: JSON in a text. `struct`: an object with fields of its own in the table. `resources`:
   * the list of resources. `map`: an object whose values are texts.
   */
  readonly kind: 'text' | 'json' | 'struct' | 'resources' | 'map';
  /** Without it, events cannot be told apart, or judged at all. */
  readonly isNeeded?: true;
  /** Policies do not ask for it: it is there because AWS has it in its table. */
  readonly isForPeople?: true;
}

const text = (path: string): RecordField => ({ path, kind: 'text' });
const needed = (path: string): RecordField => ({ path, kind: 'text', isNeeded: true });
const json = (path: string): RecordField => ({ path, kind: 'json', isNeeded: true });
const struct = (path: string): RecordField => ({ path, kind: 'struct' });

const session = 'userIdentity.sessionContext';

/** In the order of the DDL; a struct stands before what is in it. */
export const recordFields: readonly RecordField[] = [
  text('eventVersion'),
  { path: 'userIdentity', kind: 'struct', isNeeded: true },
  needed('userIdentity.type'),
  needed('userIdentity.principalId'),
  needed('userIdentity.arn'),
  needed('userIdentity.accountId'),
  needed('userIdentity.invokedBy'),
  text('userIdentity.accessKeyId'),
  needed('userIdentity.userName'),
  text('userIdentity.identityProvider'),
  text('userIdentity.credentialId'),
  struct('userIdentity.onBehalfOf'),
  text('userIdentity.onBehalfOf.userId'),
  text('userIdentity.onBehalfOf.identityStoreArn'),
  { path: session, kind: 'struct', isNeeded: true },
  struct(`${session}.attributes`),
  text(`${session}.attributes.mfaAuthenticated`),
  text(`${session}.attributes.creationDate`),
  { path: `${session}.sessionIssuer`, kind: 'struct', isNeeded: true },
  text(`${session}.sessionIssuer.type`),
  text(`${session}.sessionIssuer.principalId`),
  needed(`${session}.sessionIssuer.arn`),
  text(`${session}.sessionIssuer.accountId`),
  text(`${session}.sessionIssuer.userName`),
  text(`${session}.sourceIdentity`),
  text(`${session}.assumedRoot`),
  text(`${session}.ec2RoleDelivery`),
  struct(`${session}.webIdFederationData`),
  text(`${session}.webIdFederationData.federatedProvider`),
  { path: `${session}.webIdFederationData.attributes`, kind: 'map' },
  needed('eventTime'),
  needed('eventSource'),
  needed('eventName'),
  needed('awsRegion'),
  needed('sourceIPAddress'),
  text('userAgent'),
  needed('errorCode'),
  needed('errorMessage'),
  json('requestParameters'),
  json('responseElements'),
  json('additionalEventData'),
  text('requestID'),
  needed('eventID'),
  text('readOnly'),
  text('managementEvent'),
  { path: 'resources', kind: 'resources' },
  needed('eventType'),
  text('apiVersion'),
  needed('recipientAccountId'),
  { path: 'serviceEventDetails', kind: 'json' },
  needed('sharedEventID'),
  text('vpcEndpointId'),
  text('vpcEndpointAccountId'),
  text('eventCategory'),
  { path: 'addendum', kind: 'struct', isNeeded: true },
  needed('addendum.reason'),
  { path: 'addendum.updatedFields', kind: 'text', isForPeople: true },
  { path: 'addendum.originalRequestID', kind: 'text', isForPeople: true },
  needed('addendum.originalEventID'),
  text('sessionCredentialFromConsole'),
  { path: 'edgeDeviceDetails', kind: 'json', isForPeople: true },
  struct('tlsDetails'),
  text('tlsDetails.tlsVersion'),
  text('tlsDetails.cipherSuite'),
  text('tlsDetails.clientProvidedHostHeader'),
];
