import type { EventRecord } from '../../../src/model/log-events.js';

/** Statements that make AWS's published table for Athena in Trino's memory, and fill it with records. */
export function athenaTable(records: readonly EventRecord[]): readonly string[] {
  const raw = records.map((record, index) => `('${index}', '${JSON.stringify(record).replaceAll("'", "''")}')`);
  const chunks = Array.from({ length: Math.ceil(raw.length / 100) }, (_, index) =>
    raw.slice(index * 100, index * 100 + 100),
  );
  const none = 'SELECT CAST(NULL AS varchar) AS id, CAST(NULL AS varchar) AS r WHERE false';
  return [
    `CREATE TABLE cloudtrail_logs AS ${columns} FROM (${none})`,
    ...chunks.map((chunk) => `INSERT INTO cloudtrail_logs ${columns} FROM (VALUES ${chunk.join(', ')}) AS t(id, r)`),
  ];
}

const text = (...path: readonly string[]): string =>
  `json_extract_scalar(r, '$${path.map((it) => `["${it}"]`).join('')}')`;
const json = (...path: readonly string[]): string =>
  `nullif(json_format(json_extract(r, '$${path.map((it) => `["${it}"]`).join('')}')), 'null')`;

/** A struct of texts, NULL where the record has none. */
function struct(path: readonly string[], fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields);
  const type = Object.entries(types).find(([key]) => key === path.join('.'))?.[1] ?? '';
  return `CASE WHEN ${json(...path)} IS NOT NULL THEN CAST(ROW(${names.map((it) => fields[it]).join(', ')}) AS ROW(${type})) END`;
}

const issuerType = 'type varchar, principalid varchar, arn varchar, accountid varchar, username varchar';
const attributesType = 'mfaauthenticated varchar, creationdate varchar';
const contextType = `attributes ROW(${attributesType}), sessionissuer ROW(${issuerType}), ec2roledelivery varchar`;
const behalfType = 'userid varchar, identitystorearn varchar';
const types: Readonly<Record<string, string>> = {
  'userIdentity.sessionContext.sessionIssuer': issuerType,
  'userIdentity.sessionContext.attributes': attributesType,
  'userIdentity.sessionContext': contextType,
  'userIdentity.onBehalfOf': behalfType,
  userIdentity: `type varchar, principalid varchar, arn varchar, accountid varchar, invokedby varchar, accesskeyid varchar, username varchar, onbehalfof ROW(${behalfType}), sessioncontext ROW(${contextType})`,
};

const who = 'userIdentity';
const context = [who, 'sessionContext'];
const issuer = [...context, 'sessionIssuer'];
const attributes = [...context, 'attributes'];
const behalf = [who, 'onBehalfOf'];

const identity = struct([who], {
  type: text(who, 'type'),
  principalid: text(who, 'principalId'),
  arn: text(who, 'arn'),
  accountid: text(who, 'accountId'),
  invokedby: text(who, 'invokedBy'),
  accesskeyid: text(who, 'accessKeyId'),
  username: text(who, 'userName'),
  onbehalfof: struct(behalf, {
    userid: text(...behalf, 'userId'),
    identitystorearn: text(...behalf, 'identityStoreArn'),
  }),
  sessioncontext: struct(context, {
    attributes: struct(attributes, {
      mfaauthenticated: text(...attributes, 'mfaAuthenticated'),
      creationdate: text(...attributes, 'creationDate'),
    }),
    sessionissuer: struct(issuer, {
      type: text(...issuer, 'type'),
      principalid: text(...issuer, 'principalId'),
      arn: text(...issuer, 'arn'),
      accountid: text(...issuer, 'accountId'),
      username: text(...issuer, 'userName'),
    }),
    ec2roledelivery: text(...context, 'ec2RoleDelivery'),
  }),
});

const texts = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestID',
  'eventID',
  'readOnly',
  'eventType',
  'apiVersion',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'sessionCredentialFromConsole',
];
const parts = ['requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails'];

const resources = `transform(CAST(json_extract(r, '$["resources"]') AS array(json)), x -> CAST(ROW(json_extract_scalar(x, '$["ARN"]'), json_extract_scalar(x, '$["accountId"]'), json_extract_scalar(x, '$["type"]')) AS ROW(arn varchar, accountid varchar, type varchar)))`;

const columns = `SELECT id, ${identity} AS useridentity, ${texts.map((it) => `${text(it)} AS ${it.toLowerCase()}`).join(', ')}, ${parts.map((it) => `${json(it)} AS ${it.toLowerCase()}`).join(', ')}, ${resources} AS resources`;
