const noAlarms =
  'No metric filter is shipped: create filters with alarms and a topic on the log group of the trail; nothing of the zone changes.';

/** Why a policy does not hold in some stock landing zone, and what can be done there about it. */
export const explanations: Readonly<Record<string, string>> = {
  'alarms-on-cloudtrail-changes': noAlarms,
  'alarms-on-config-changes': noAlarms,
  'alarms-on-console-sign-in-failures': noAlarms,
  'alarms-on-console-sign-in-without-mfa': noAlarms,
  'alarms-on-iam-policy-changes': noAlarms,
  'alarms-on-kms-key-deletion': noAlarms,
  'alarms-on-network-acl-changes': noAlarms,
  'alarms-on-network-gateway-changes': noAlarms,
  'alarms-on-organizations-changes': noAlarms,
  'alarms-on-root-usage': noAlarms,
  'alarms-on-route-table-changes': noAlarms,
  'alarms-on-s3-bucket-policy-changes': noAlarms,
  'alarms-on-security-group-changes': noAlarms,
  'alarms-on-unauthorized-api-calls': noAlarms,
  'alarms-on-vpc-changes': noAlarms,
  'event-rules-react-to-trail-changes':
    'No rule on trails is shipped: create one in the home Region of the management account.',
  'logs-reach-a-monitor':
    'Nothing is sent on: add a subscription filter to the log group, or name the trail in fetched where a SIEM reads the bucket.',
  'account-records-s3-write-events':
    'Data events cost by their number, and the zone does not select them: add a trail of your own for them.',
  'account-records-s3-read-events':
    'Data events cost by their number, and the zone does not select them: add a trail of your own for them.',
  'account-records-lambda-invocations':
    'Data events cost by their number, and the zone selects none of Lambda functions: add a trail of your own for them.',
  'account-records-dynamodb-events':
    'Data events cost by their number, and the zone selects none of DynamoDB tables: add a trail of your own for them.',
  'account-records-network-activity':
    'Network activity events cost by their number, and the zone does not select them: add a trail of your own for them.',
  'log-bucket-trusts-only-cloudtrail':
    'AWS Config delivers to the same bucket: name config.amazonaws.com in allowedServicePrincipals.',
  'trail-has-insights': 'Insights cost by events, and are off: turn them on in the trail; drift is not reported.',
  'trail-is-tagged': 'The zone tags none of it: tag the trail from the management account.',
  'log-bucket-is-tagged':
    'The zone tags none of it: tag the bucket; where the guardrails of version 4.0 deny it, by the role AWSControlTowerExecution.',
  'log-bucket-is-locked':
    'Object Lock needs a bucket of its own, and AWS Config cannot deliver to one: deny deletion by a service control policy instead.',
  'log-group-retains-logs': 'The zone keeps events in the log group for 14 days: lengthen its retention.',
  'log-group-encrypts-with-kms': 'The zone sets no key on the log group of the trail: associate one with it.',
  'log-bucket-replicates-to-another-region':
    'The zone keeps one copy: add a replication rule in the log archive account.',
  'log-bucket-is-replicated': 'The zone keeps one copy: add a replication rule in the log archive account.',
  'log-bucket-has-mfa-delete':
    'S3 takes no MFA delete beside the lifecycle rules of the zone, for which the benchmarks make no exception: accept it by a waiver.',
  'trail-notifies-topic': 'The trail of the fixture names no topic: name one.',
  'account-blocks-public-access':
    'The zone blocks public access for its bucket, not for the account: turn it on in the log archive account.',
  'log-bucket-encrypts-with-kms': 'A key is optional at set-up: name one in the settings of the landing zone.',
  'trail-encrypts-with-kms': 'A key is optional at set-up: name one in the settings of the landing zone.',
  'cloudfront-distributions-log-requests': 'The fixture has no distributions: this pack asks for each account.',
  'load-balancers-log-requests': 'The fixture has no load balancers: this pack asks for each account and Region.',
  'log-bucket-access-points-block-public-access':
    'The fixture was read without access points: only packs that ask have them listed for each log bucket.',
  'log-bucket-multi-region-access-points-block-public-access':
    'The fixture was read without access points: only packs that ask have them listed for each log bucket.',
  'other-log-buckets-are-protected':
    'The fixture has nothing that writes other logs: this pack asks for each account and Region.',
  'vpcs-have-flow-logs': 'The fixture has no VPCs: this pack asks for each account and Region.',
  'someone-is-told-of-security-events':
    'The fixture was not asked for event buses: this pack asks for each account and Region.',
  'security-hub-is-enabled': 'The fixture was not asked for Security Hub: this pack asks for each account and Region.',
  'config-recorder-records-trails': 'The fixture has no recorders: this pack asks for each account and Region.',
  'trail-does-not-record-its-own-deliveries':
    'The trail records all S3 data events, its own deliveries among them: exclude the log bucket with advanced event selectors.',
  'only-named-principals-can-delete-logs':
    'The guardrails keep the settings of the bucket, and leave deleting objects to identity policies: attach one more service control policy to the Security OU.',
  'kms-key-admits-only-its-trails':
    "The key of Account Factory's logs lets services use it without naming the trail: add aws:SourceArn to its policy.",
  'trail-log-coverage-is-complete': 'Without a result of verify-logs nothing is known.',
  'trail-logs-are-intact': 'Without a result of verify-logs nothing is known.',
};
