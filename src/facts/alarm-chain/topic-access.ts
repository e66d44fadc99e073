import { parseArn } from '../../model/identifiers.js';
import {
  type IamDocument,
  is,
  isAllowed,
  type MalformedDocument,
  parseIamDocument,
  principalsOfAccount,
  service,
} from '../iam/index.js';

/** Whether CloudWatch may do something for an alarm, as a resource's policy says. */
export type AlarmAccess = 'yes' | 'no' | 'unknown';

const cloudWatch = 'cloudwatch.amazonaws.com';

/**
 * Whether a topic's policy lets an alarm publish. CloudWatch asks as a service, for the alarm; the policy that SNS gives
 * a new topic lets in whoever acts for the owner's account (AWS:SourceOwner). A policy that lets in the account's own
 * principals only is unknown: AWS does not document that an alarm is one of them.
 * Source: https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export function mayPublish(policy: string, topicArn: string, alarmArn: string): AlarmAccess {
  return accessOf(parseIamDocument(policy, 'resource'), ['sns:Publish'], topicArn, alarmArn);
}

/**
 * Whether a key policy lets an alarm publish to a topic that is encrypted with the key.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function mayEncrypt(policy: string, keyArn: string, alarmArn: string): AlarmAccess {
  const document = parseIamDocument(policy, 'key');
  const [decrypt, generate] = ['kms:Decrypt', 'kms:GenerateDataKey'].map((it) =>
    forService(document, [it], keyArn, alarmArn),
  );
  if (decrypt === 'no' || generate === 'no') return 'no';
  return decrypt === 'yes' && generate === 'yes' ? 'yes' : 'unknown';
}

type Document = IamDocument | MalformedDocument;

function accessOf(document: Document, actions: readonly string[], resource: string, alarmArn: string): AlarmAccess {
  const asService = forService(document, actions, resource, alarmArn);
  if (asService !== 'no') return asService;
  const { accountId = '', partition = 'aws' } = parseArn(alarmArn) ?? {};
  const requester = principalsOfAccount(accountId, { partition });
  return isAllowed(document, { requester, actions, resources: [resource] }).answer === 'never' ? 'no' : 'unknown';
}

function forService(document: Document, actions: readonly string[], resource: string, alarmArn: string): AlarmAccess {
  const { accountId = '' } = parseArn(alarmArn) ?? {};
  const requester = service(cloudWatch, { arn: alarmArn, accountId });
  const context = { 'aws:SourceOwner': is(accountId) };
  switch (isAllowed(document, { requester, actions, resources: [resource], context }).answer) {
    case 'always':
      return 'yes';
    case 'never':
      return 'no';
    case 'when':
    case 'unknown':
      return 'unknown';
  }
}
