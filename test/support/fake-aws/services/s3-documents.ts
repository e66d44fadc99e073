import type {
  Grant,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  ObjectLockConfiguration,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionRule,
  Tag,
} from '@aws-sdk/client-s3';
import { each, escapeXml, leaf, maybe, node } from '../protocol/xml.js';

/** The inner XML of S3's configurations: element names are those of the S3 API reference. */
export function publicAccessBlockXml(it: PublicAccessBlockConfiguration): string {
  return [
    leaf('BlockPublicAcls', it.BlockPublicAcls),
    leaf('IgnorePublicAcls', it.IgnorePublicAcls),
    leaf('BlockPublicPolicy', it.BlockPublicPolicy),
    leaf('RestrictPublicBuckets', it.RestrictPublicBuckets),
  ].join('');
}

export function objectLockXml(it: ObjectLockConfiguration): string {
  const rule = maybe('Rule', it.Rule, ({ DefaultRetention }) =>
    maybe('DefaultRetention', DefaultRetention, (retention) =>
      [
        leaf('Mode', retention.Mode),
        leaf('Days', retention.Days),
        leaf('Years', retention.Years),
        maybe('DefaultEventHold', retention.DefaultEventHold, (hold) =>
          [leaf('Days', hold.Days), leaf('Years', hold.Years)].join(''),
        ),
      ].join(''),
    ),
  );
  return leaf('ObjectLockEnabled', it.ObjectLockEnabled) + rule;
}

export function encryptionXml(rules: readonly ServerSideEncryptionRule[]): string {
  return each('Rule', rules, (rule) =>
    [
      maybe('ApplyServerSideEncryptionByDefault', rule.ApplyServerSideEncryptionByDefault, (it) =>
        [leaf('SSEAlgorithm', it.SSEAlgorithm), leaf('KMSMasterKeyID', it.KMSMasterKeyID)].join(''),
      ),
      leaf('BucketKeyEnabled', rule.BucketKeyEnabled),
      maybe('BlockedEncryptionTypes', rule.BlockedEncryptionTypes, (it) =>
        (it.EncryptionType ?? []).map((type) => leaf('EncryptionType', type)).join(''),
      ),
    ].join(''),
  );
}

export function lifecycleXml(rules: readonly LifecycleRule[]): string {
  return each('Rule', rules, (rule) =>
    [
      leaf('ID', rule.ID),
      // `Prefix` and `Filter` exclude each other; an empty filter is an element, too: it means every object.
      leaf('Prefix', rule.Prefix),
      maybe('Filter', rule.Filter, (filter) => filterXml(filter) + maybe('And', filter.And, andXml)),
      leaf('Status', rule.Status),
      maybe('Expiration', rule.Expiration, (it) =>
        [
          leaf('Date', it.Date),
          leaf('Days', it.Days),
          leaf('ExpiredObjectDeleteMarker', it.ExpiredObjectDeleteMarker),
        ].join(''),
      ),
      each('Transition', rule.Transitions, (it) =>
        [leaf('Date', it.Date), leaf('Days', it.Days), leaf('StorageClass', it.StorageClass)].join(''),
      ),
      each('NoncurrentVersionTransition', rule.NoncurrentVersionTransitions, (it) =>
        [
          leaf('NoncurrentDays', it.NoncurrentDays),
          leaf('NewerNoncurrentVersions', it.NewerNoncurrentVersions),
          leaf('StorageClass', it.StorageClass),
        ].join(''),
      ),
      maybe('NoncurrentVersionExpiration', rule.NoncurrentVersionExpiration, (it) =>
        [leaf('NoncurrentDays', it.NoncurrentDays), leaf('NewerNoncurrentVersions', it.NewerNoncurrentVersions)].join(
          '',
        ),
      ),
      maybe('AbortIncompleteMultipartUpload', rule.AbortIncompleteMultipartUpload, (it) =>
        leaf('DaysAfterInitiation', it.DaysAfterInitiation),
      ),
    ].join(''),
  );
}

interface ObjectFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

function filterXml(filter: ObjectFilter): string {
  return [
    leaf('Prefix', filter.Prefix),
    maybe('Tag', filter.Tag, tagXml),
    leaf('ObjectSizeGreaterThan', filter.ObjectSizeGreaterThan),
    leaf('ObjectSizeLessThan', filter.ObjectSizeLessThan),
  ].join('');
}

function andXml(and: Omit<ObjectFilter, 'Tag'> & { readonly Tags?: readonly Tag[] | undefined }): string {
  return filterXml(and) + each('Tag', and.Tags, tagXml);
}

function tagXml(tag: Tag): string {
  return leaf('Key', tag.Key) + leaf('Value', tag.Value);
}

export function loggingXml(it: LoggingEnabled): string {
  return node(
    'LoggingEnabled',
    leaf('TargetBucket', it.TargetBucket),
    leaf('TargetPrefix', it.TargetPrefix),
    maybe('TargetGrants', it.TargetGrants, (grants) => grants.map(grantXml).join('')),
    maybe('TargetObjectKeyFormat', it.TargetObjectKeyFormat, (format) =>
      [
        maybe('SimplePrefix', format.SimplePrefix, () => ''),
        maybe('PartitionedPrefix', format.PartitionedPrefix, (by) =>
          leaf('PartitionDateSource', by.PartitionDateSource),
        ),
      ].join(''),
    ),
  );
}

/** The kind of a grantee is an attribute. */
export function grantXml(grant: Pick<Grant, 'Grantee'> & { readonly Permission?: string | undefined }): string {
  const { Type: type = '', ID, DisplayName, URI, EmailAddress } = grant.Grantee ?? {};
  const attributes = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${escapeXml(type)}"`;
  const members = [
    leaf('ID', ID),
    leaf('DisplayName', DisplayName),
    leaf('URI', URI),
    leaf('EmailAddress', EmailAddress),
  ];
  return node('Grant', `<Grantee ${attributes}>${members.join('')}</Grantee>`, leaf('Permission', grant.Permission));
}

export function replicationXml(it: ReplicationConfiguration): string {
  const rules = each('Rule', it.Rules, (rule) =>
    [
      leaf('ID', rule.ID),
      leaf('Priority', rule.Priority),
      leaf('Prefix', rule.Prefix),
      maybe('Filter', rule.Filter, (filter) => filterXml(filter) + maybe('And', filter.And, andXml)),
      leaf('Status', rule.Status),
      maybe('SourceSelectionCriteria', rule.SourceSelectionCriteria, (criteria) =>
        [
          maybe('SseKmsEncryptedObjects', criteria.SseKmsEncryptedObjects, statusXml),
          maybe('ReplicaModifications', criteria.ReplicaModifications, statusXml),
        ].join(''),
      ),
      maybe('ExistingObjectReplication', rule.ExistingObjectReplication, statusXml),
      maybe('Destination', rule.Destination, (destination) =>
        [
          leaf('Bucket', destination.Bucket),
          leaf('Account', destination.Account),
          leaf('StorageClass', destination.StorageClass),
          maybe('AccessControlTranslation', destination.AccessControlTranslation, (to) => leaf('Owner', to.Owner)),
          maybe('EncryptionConfiguration', destination.EncryptionConfiguration, (by) =>
            leaf('ReplicaKmsKeyID', by.ReplicaKmsKeyID),
          ),
          maybe(
            'ReplicationTime',
            destination.ReplicationTime,
            (time) => statusXml(time) + maybe('Time', time.Time, (value) => leaf('Minutes', value.Minutes)),
          ),
          maybe(
            'Metrics',
            destination.Metrics,
            (metrics) =>
              statusXml(metrics) +
              maybe('EventThreshold', metrics.EventThreshold, (value) => leaf('Minutes', value.Minutes)),
          ),
        ].join(''),
      ),
      maybe('DeleteMarkerReplication', rule.DeleteMarkerReplication, statusXml),
    ].join(''),
  );
  return leaf('Role', it.Role) + rules;
}

function statusXml(it: { readonly Status?: string | undefined }): string {
  return leaf('Status', it.Status);
}

interface Notified {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    | { readonly Key?: { readonly FilterRules?: readonly NameValue[] | undefined } | undefined }
    | undefined;
}
interface NameValue {
  readonly Name?: string | undefined;
  readonly Value?: string | undefined;
}

export function notificationsXml(it: NotificationConfiguration): string {
  return [
    each('TopicConfiguration', it.TopicConfigurations, (to) => notifiedXml(to) + leaf('Topic', to.TopicArn)),
    each('QueueConfiguration', it.QueueConfigurations, (to) => notifiedXml(to) + leaf('Queue', to.QueueArn)),
    each(
      'CloudFunctionConfiguration',
      it.LambdaFunctionConfigurations,
      (to) => notifiedXml(to) + leaf('CloudFunction', to.LambdaFunctionArn),
    ),
    maybe('EventBridgeConfiguration', it.EventBridgeConfiguration, () => ''),
  ].join('');
}

function notifiedXml(it: Notified): string {
  const rules = it.Filter?.Key?.FilterRules;
  const filter =
    rules === undefined
      ? ''
      : node(
          'Filter',
          node(
            'S3Key',
            each('FilterRule', rules, (by) => leaf('Name', by.Name) + leaf('Value', by.Value)),
          ),
        );
  return leaf('Id', it.Id) + (it.Events ?? []).map((event) => leaf('Event', event)).join('') + filter;
}
