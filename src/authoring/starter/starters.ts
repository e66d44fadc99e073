import type { Variable } from '../../model/resource-kinds.js';
import type { PolicyDocument } from '../../policy/index.js';

export type Target = PolicyDocument['target'];

/** What a first policy on a target asks, and the picture that its tests start from. */
export interface Starter {
  readonly assertion: string;
  readonly description: string;
  readonly rationale: string;
  readonly fix: string;
  readonly expr: string;
  readonly message: string;
  /** YAML of a target that complies, on one line. */
  readonly compliant: string;
  /** A change, as YAML, after which the assertion fails. */
  readonly change: string;
  /** The field that decides, and the call that reads it. */
  readonly unread: { readonly field: string; readonly call: string };
}

const account = '"111122223333"';

/** By the target's name in scope. */
export const starters: Readonly<Record<Variable, Starter>> = {
  organization: {
    assertion: 'all-features',
    description: 'The organization has all features enabled.',
    rationale: 'Without all features there are no SCPs, and nothing above an account protects its trails.',
    fix: 'Enable all features in the management account; each invited account must agree.',
    expr: "organization.featureSet == 'ALL'",
    message:
      'Organization ${organization.id} has the feature set ${organization.featureSet}, so no SCP can protect its trails. Enable all features.',
    compliant: '{ id: o-a1b2c3d4e5, featureSet: ALL }',
    change: 'set: { organization.featureSet: CONSOLIDATED_BILLING }',
    unread: { field: 'organization.featureSet', call: 'organizations:DescribeOrganization' },
  },
  account: {
    assertion: 'organization-trail',
    description: 'A logging multi-Region organization trail reaches the account, as the account itself confirms.',
    rationale:
      'No administrator of a member account can stop the organization trail; any other trail is at their mercy.',
    fix: 'Turn on trusted access for CloudTrail and create a multi-Region organization trail.',
    expr: 'account.isInOrganizationTrail',
    message:
      'Account ${account.id} (${account.name}) sees no organization trail, so its administrators decide what is recorded. Check trusted access for CloudTrail.',
    compliant: `{ id: ${account}, name: prod, isInOrganizationTrail: true }`,
    change: 'set: { account.isInOrganizationTrail: false }',
    unread: { field: 'account.isInOrganizationTrail', call: 'cloudtrail:DescribeTrails' },
  },
  trail: {
    assertion: 'multi-region',
    description: 'The trail records every enabled Region.',
    rationale: 'Whoever holds a stolen key can work unseen in a Region that the trail does not record.',
    fix: 'Make it a multi-Region trail.',
    expr: 'trail.isMultiRegionTrail',
    message:
      'Trail ${trail.arn} records only ${trail.homeRegion}. What happens in another Region leaves no trace there. Make it a multi-Region trail.',
    compliant:
      '{ arn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main", homeRegion: eu-central-1, isMultiRegionTrail: true }',
    change: 'set: { trail.isMultiRegionTrail: false }',
    unread: { field: 'trail.isMultiRegionTrail', call: 'cloudtrail:DescribeTrails' },
  },
  eventDataStore: {
    assertion: 'termination-protection',
    description: 'Termination protection of the event data store is on.',
    rationale: 'One call deletes an event data store, and seven days later its events are gone.',
    fix: 'Turn on termination protection.',
    expr: 'eventDataStore.terminationProtectionEnabled',
    message:
      'Event data store ${eventDataStore.arn} may be deleted with one call, and its events with it. Turn on termination protection.',
    compliant:
      '{ arn: "arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/main", terminationProtectionEnabled: true }',
    change: 'set: { eventDataStore.terminationProtectionEnabled: false }',
    unread: { field: 'eventDataStore.terminationProtectionEnabled', call: 'cloudtrail:GetEventDataStore' },
  },
  bucket: {
    assertion: 'versioned',
    description: 'Versioning of the log bucket is enabled.',
    rationale: 'Without versions one call overwrites or erases a log for good.',
    fix: 'Enable versioning.',
    expr: "bucket.versioning == 'Enabled'",
    message:
      'Versioning of bucket ${bucket.name} (account ${bucket.accountId}) is ${bucket.versioning}: a log that is overwritten is lost. Enable versioning.',
    compliant: `{ name: logs, accountId: ${account}, versioning: Enabled }`,
    change: 'set: { bucket.versioning: Suspended }',
    unread: { field: 'bucket.versioning', call: 's3:GetBucketVersioning' },
  },
  key: {
    assertion: 'enabled',
    description: 'The key that encrypts the logs is enabled.',
    rationale: 'With a disabled key no log is delivered or read.',
    fix: 'Enable the key, or cancel its deletion, and find out who did it and why.',
    expr: "key.keyState == 'Enabled'",
    message:
      'Key ${key.arn} is ${key.keyState}, so no log can be written or read with it. Enable it, or cancel its deletion.',
    compliant: '{ arn: "arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d", keyState: Enabled }',
    change: 'set: { key.keyState: Disabled }',
    unread: { field: 'key.keyState', call: 'kms:DescribeKey' },
  },
  logGroup: {
    assertion: 'encrypted',
    description: 'A customer managed KMS key encrypts the log group.',
    rationale: 'A key is a second lock on the events, with its own policy and its own record of use.',
    fix: 'Associate a customer managed key with the log group.',
    expr: 'has(logGroup.kmsKeyId)',
    message:
      'Log group ${logGroup.arn} has no KMS key of its own: whoever may read the log group may read the events. Associate a customer managed key.',
    compliant:
      '{ arn: "arn:aws:logs:eu-central-1:111122223333:log-group:trail", kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d" }',
    change: 'unset: [logGroup.kmsKeyId]',
    unread: { field: 'logGroup.kmsKeyId', call: 'logs:DescribeLogGroups' },
  },
  topic: {
    assertion: 'confirmed-subscriber',
    description: 'Someone who has confirmed is notified of each log file.',
    rationale: 'SNS sends nothing to a subscriber who has not confirmed, and that goes unnoticed.',
    fix: 'Subscribe to the topic, and confirm the subscription.',
    expr: 'topic.subscriptionsConfirmed > 0',
    message:
      'No subscription of topic ${topic.arn} is confirmed, so no one is notified of new log files. Subscribe, and confirm it.',
    compliant: '{ arn: "arn:aws:sns:eu-central-1:111122223333:trail", subscriptionsConfirmed: 1 }',
    change: 'set: { topic.subscriptionsConfirmed: 0 }',
    unread: { field: 'topic.subscriptionsConfirmed', call: 'sns:GetTopicAttributes' },
  },
  vpc: {
    assertion: 'all-traffic',
    description: 'A flow log records all traffic of the VPC.',
    rationale: 'Whom an instance talked to is known from flow logs alone, when the instance is gone.',
    fix: 'Create a flow log for all traffic.',
    expr: "vpc.flowLogs.exists(log, log.works && log.trafficType == 'ALL')",
    message:
      'No flow log records all traffic of VPC ${vpc.arn}, so no one can tell whom its instances talked to. Create one.',
    compliant:
      '{ arn: "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-1a2b3c4d", flowLogs: [{ trafficType: ALL, works: true }] }',
    change: 'set: { vpc.flowLogs: [] }',
    unread: { field: 'vpc.flowLogs', call: 'ec2:DescribeFlowLogs' },
  },
  eventBus: {
    assertion: 'trails',
    description: 'A rule notifies someone of changes of trails.',
    rationale: 'EventBridge reports an event within seconds.',
    fix: 'Create a rule, with a topic as target.',
    expr: "eventBus.subjects.all(s, s.subject != 'cloudtrail-changes' || s.events.all(e, e.isTold))",
    message:
      'No rule of ${eventBus.arn} notifies anyone of each change of trails, so whoever makes one goes unseen. Create one.',
    compliant:
      '{ arn: "arn:aws:events:eu-central-1:111122223333:event-bus/default", subjects: [{ subject: cloudtrail-changes, events: [{ isTold: true }] }] }',
    change: 'set: { "eventBus.subjects[0].events[0].isTold": false }',
    unread: { field: 'eventBus.subjects', call: 'events:ListRules' },
  },
  securityHub: {
    assertion: 'enabled',
    description: 'Security Hub is enabled.',
    rationale: 'Findings of several services come together in it.',
    fix: 'Enable Security Hub.',
    expr: 'securityHub.isEnabled',
    message:
      'Security Hub is off in account ${securityHub.accountId}, ${securityHub.region}, so no one sees its findings. Enable it.',
    compliant: '{ accountId: "111122223333", region: eu-central-1, isEnabled: true }',
    change: 'set: { securityHub.isEnabled: false }',
    unread: { field: 'securityHub.isEnabled', call: 'securityhub:DescribeHub' },
  },
  distribution: {
    assertion: 'logged',
    description: 'The access logs of the distribution are delivered.',
    rationale: 'Who asked the distribution for what is in its access logs alone.',
    fix: 'Turn on standard logging (v2).',
    expr: 'size(distribution.deliveries) > 0',
    message:
      'Distribution ${distribution.arn} delivers no access logs, so no one can tell who asked it for what. Turn on standard logging.',
    compliant: '{ arn: "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5", deliveries: [a1b2c3d4] }',
    change: 'set: { distribution.deliveries: [] }',
    unread: { field: 'distribution.deliveries', call: 'logs:DescribeDeliveries' },
  },
  loadBalancer: {
    assertion: 'logged',
    description: 'The load balancer writes access logs.',
    rationale: 'Who asked it for what is in its access logs alone.',
    fix: 'Turn on access logs.',
    expr: 'has(loadBalancer.loggingBucket)',
    message:
      'Load balancer ${loadBalancer.arn} writes no access logs to a bucket, so no one can tell who asked it for what. Turn them on.',
    compliant:
      '{ arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/1a2b3c4d", loggingBucket: logs }',
    change: 'unset: [loadBalancer.loggingBucket]',
    unread: { field: 'loadBalancer.loggingBucket', call: 'elbv2:DescribeLoadBalancerAttributes' },
  },
  otherLogBucket: {
    assertion: 'private',
    description: 'The bucket of other logs is not public.',
    rationale: 'Access logs and flow logs tell who asks for what, and where from.',
    fix: 'Turn on Block Public Access.',
    expr: '!otherLogBucket.isPublic',
    message:
      'Bucket ${otherLogBucket.name} (account ${otherLogBucket.accountId}) is public: anyone can read the logs in it. Turn on Block Public Access.',
    compliant: `{ name: access-logs, accountId: ${account}, isPublic: false }`,
    change: 'set: { otherLogBucket.isPublic: true }',
    unread: { field: 'otherLogBucket.isPublic', call: 's3:GetBucketPolicy' },
  },
  recorder: {
    assertion: 'recording',
    description: "AWS Config's recorder of the account and Region is started.",
    rationale: 'What changes while it is stopped leaves no record.',
    fix: 'Create the recorder with a delivery channel, and start it.',
    expr: 'recorder.recording',
    message:
      'No recorder of AWS Config is started in account ${recorder.accountId}, Region ${recorder.region}, so no change there leaves a record. Start it.',
    compliant: `{ accountId: ${account}, region: eu-central-1, name: default, recording: true }`,
    change: 'set: { recorder.recording: false }',
    unread: { field: 'recorder.recording', call: 'config:DescribeConfigurationRecorderStatus' },
  },
};
