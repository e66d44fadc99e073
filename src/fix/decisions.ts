/**
 * Why no step is derived for a finding, by policy: what is right is a decision that no state of the organization makes, or
 * depends on who uses what is there.
 */
export const decisions: Readonly<Record<string, string>> = {
  'log-bucket-has-mfa-delete':
    'Only the root user of its account can turn it on, with a code of an MFA device, and no script should hold that.',
  'log-bucket-replicates-to-another-region':
    'Which bucket of which Region and account holds the copy, and by which role S3 copies, is a decision.',
  'log-group-alarms-have-actions':
    'Who is told is a decision, and put-metric-alarm replaces all of an alarm: the message names the alarms.',
  'log-group-alarms-run-their-actions':
    'Somebody turned them off: find out why, then turn on the actions of each alarm that the message names.',
  'log-group-encrypts-with-kms':
    'Which key the readers of the log group may use is a decision, and its policy must let CloudWatch Logs use it first.',
  'few-principals-hold-full-access':
    'Who is to keep full access is a decision, and taking it from others may stop work.',
  'few-principals-can-change-organization-trails':
    'Who is to keep these rights is a decision, and taking them may stop work.',
  'few-principals-can-stop-cloudtrail': 'Who is to keep these rights is a decision, and taking them may stop work.',
  'account-has-trail':
    'A trail of the organization would record this account, too: whether it gets one of its own is a decision.',
  'account-has-multi-region-trail':
    'A trail of the organization would record this account, too: whether it gets one of its own is a decision.',
  'log-bucket-access-points-block-public-access':
    'The settings of an access point cannot be changed: it is deleted and created anew, and whoever uses it must be asked first.',
  'log-bucket-multi-region-access-points-block-public-access':
    'The settings of a multi-Region access point cannot be changed: it is deleted and created anew, and whoever uses it must be asked first.',
  'log-bucket-has-lifecycle-rules':
    'How long logs are kept, and in which storage class, is a decision, and put-bucket-lifecycle-configuration replaces all rules.',
  'log-bucket-is-in-log-archive':
    'Which bucket of the log archive account takes the logs is a decision, and the logs that are here stay here.',
  'log-bucket-is-replicated': 'Which bucket holds the copy, and by which role S3 copies, is a decision.',
  'log-bucket-resists-deletion':
    'Lifecycle rules erase noncurrent versions, or may: how long they are kept is a decision, and put-bucket-lifecycle-configuration replaces all rules.',
  'log-bucket-disables-acls':
    'What the ACL of the bucket grants, and to whom, is to move into its policy first: whoever needs it loses it otherwise.',
  'log-bucket-accepts-every-member-path':
    'A statement denies the delivery, or allows it to some accounts only: which one is to change depends on what it is for.',
  'logs-stay-in-the-organization':
    'Who owns the other account, and whether logs may go there, is a decision: expect the account by the parameter, or give the trail a bucket of your own.',
  'only-named-principals-can-delete-logs':
    'Who is to keep these rights is a decision: name them in the parameter, and take the rights from the others that the message names.',
  'delegated-administrators-are-expected':
    'Whether the account is to administer CloudTrail is a decision: name it in the parameter, or deregister it.',
  'other-log-buckets-are-protected':
    'Other services deliver into this bucket, and other teams may read it: a step for CloudTrail log buckets may stop them.',
  'kms-key-admits-only-its-trails':
    'Others use the key, or may: whether they are to keep it, or to get a key of their own, is a decision.',
  'kms-key-is-not-public':
    'Whoever decrypts with the key by the wide statement loses it with that statement: find out who that is, and name them.',
  'topic-admits-no-outsiders':
    'Whoever publishes or subscribes by the wide statement loses it with that statement: find out who that is, and name them.',
  'topic-encrypts-with-kms':
    'Which key the subscribers may use is a decision, and its policy must let CloudTrail use it first, or notifications stop.',
  'topic-has-confirmed-subscribers': 'Who is told is a decision, and only the subscriber can confirm.',
  'logs-reach-a-monitor':
    'Which monitor receives the logs, and by which way, is a decision; name a monitor that fetches them by itself in the parameter.',
  'someone-is-told-of-security-events': 'Who is told, and by rules or by alarms, is a decision.',
  'event-rules-react-to-trail-changes': 'Who is told, and by which target of the rule, is a decision.',
  'management-events-are-recorded-once':
    'Whoever reads the second copy loses it with the trail: find out who that is before you delete it.',
  'organization-trail-is-not-severed':
    'Something turned trusted access off, and may do so again: stop that first. The order of the commands matters.',
  'config-recorder-records-trails':
    'What AWS Config records is charged by the item and belongs to who set up the recorder: extend it there.',
  'security-hub-is-enabled':
    'The delegated administrator of Security Hub turns it on for all accounts at once; which standards it checks is a decision, and each check is charged.',
  'vpcs-have-flow-logs':
    'Where flow logs go, what they record and how long they are kept is a decision, and each gigabyte is charged.',
  'load-balancers-log-requests':
    'Which bucket takes the access logs is a decision: its policy must let the load balancers of its Region write first.',
  'cloudfront-distributions-log-requests': 'Where the logs of the distribution go is a decision.',
  'trail-logs-are-intact':
    'No step makes a changed log file whole: keep what is there as evidence, and find out who changed it.',
  'trail-log-coverage-is-complete':
    'No step brings back what was not recorded: find out what stopped it. Event history still has the last 90 days.',
};
