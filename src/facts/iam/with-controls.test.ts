import { expect, test } from 'vitest';
import { aDeny, aDocument, aDocumentOf, anAllow } from '../../../test/support/iam-builders.js';
import {
  canCloudTrailWrite,
  deniesPlainHttp,
  hasConfusedDeputy,
  isPublic,
  noDocument,
  parseIamDocument,
  withControls,
} from './index.js';

const [account, organizationId] = ['111122223333', 'o-aaaaaaaaaa'];
const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`;
const bucketArn = 'arn:aws:s3:::logs';
const everything = { Action: 's3:*', Resource: '*' };
const full = aDocumentOf('resource-control', [anAllow({ Principal: '*', Action: '*', Resource: '*' })]);
const write = anAllow({
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${bucketArn}/AWSLogs/*`,
});
const delivery = { bucketArn, folders: [account] };
const use = { actions: ['s3:PutObject'], resources: [`${bucketArn}/AWSLogs/*`] };

/** AWS's own example against confused deputies. */
const sourcesOfOurs = aDeny({
  Sid: 'EnforceConfusedDeputyProtection',
  ...everything,
  Condition: {
    StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId },
    Null: { 'aws:SourceAccount': 'false' },
    Bool: { 'aws:PrincipalIsAWSService': 'true' },
  },
});

function controlled(...statements: readonly ReturnType<typeof aDeny>[]) {
  const ours = { name: 'ours', document: aDocumentOf('resource-control', statements) };
  return withControls(aDocument(write), [{ name: 'RCPFullAWSAccess', document: full }, ours]);
}

test('what a resource control policy allows opens nothing', () => {
  expect(isPublic(controlled()).verdict).toBe('no');
  expect(isPublic(withControls(noDocument, [{ name: 'RCPFullAWSAccess', document: full }])).verdict).toBe('no');
});

test('a resource control policy binds CloudTrail to our own trails', () => {
  const ours = { accountIds: [account], organizationId };
  expect(hasConfusedDeputy(controlled(), use, ours).verdict).toBe('yes');
  expect(hasConfusedDeputy(controlled(sourcesOfOurs), use, ours).verdict).toBe('no');
  expect(canCloudTrailWrite(controlled(sourcesOfOurs), { arn, organizationId }, delivery).verdict).toBe('yes');
  expect(
    canCloudTrailWrite(controlled(sourcesOfOurs), { arn, organizationId: 'o-bbbbbbbbbb' }, delivery),
  ).toMatchObject({
    verdict: 'no',
    statements: ['ours: EnforceConfusedDeputyProtection'],
  });
});

test('one that forgets the services stops delivery', () => {
  const perimeter = aDeny({ ...everything, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } } });
  expect(canCloudTrailWrite(controlled(perimeter), { arn, organizationId }, delivery).verdict).toBe('no');
});

test('plain HTTP may be denied by one for all buckets', () => {
  const tls = aDeny({ ...everything, Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } });
  expect(deniesPlainHttp(controlled(tls), bucketArn).verdict).toBe('yes');
});

test('one that cannot be read leaves open what it may deny', () => {
  const broken = { name: 'broken', document: parseIamDocument('', 'resource-control') };
  const document = withControls(aDocument(write), [broken]);
  expect(canCloudTrailWrite(document, { arn, organizationId }, delivery).verdict).toBe('unknown');
  expect(isPublic(withControls(parseIamDocument('', 'resource'), [broken])).verdict).toBe('unknown');
});
