import { managerOf, type Manager } from '../facts/index.js';
import type { Cause } from '../model/cause.js';
import type { Evaluation } from '../model/results.js';

/** How whoever manages a resource lets it be changed, for a policy; `any`: for all others. */
type Ways = { readonly any: string } & Readonly<Record<string, string>>;

const secondTrail =
  'create a second organization trail that records data events alone, without management events, into a bucket of your own';

const noRetentionSetting =
  'The landing zone has no setting for the retention of this log group. The log files in S3 keep the events: send them on to a log group of your own with a subscription filter where they have to be at hand in CloudWatch Logs, or accept it with a waiver.';

const ways: Readonly<Record<Manager, Ways>> = {
  'control-tower': {
    any: 'Change it in the landing zone settings, or reset the landing zone there. What is changed by hand is drift, or is denied by the controls of AWS Control Tower.',
    'trail-encrypts-with-kms':
      'Choose a KMS key in the landing zone settings, KMS encryption. A key that is set on the trail by hand is drift.',
    'log-bucket-retains-logs': 'Set the retention of the log bucket in the landing zone settings, Log configuration.',
    'log-bucket-is-locked':
      'Its controls deny changing this bucket. Keep a locked copy instead: a second organization trail that delivers to a bucket of your own with Object Lock. It is charged as another copy of management events.',
    'log-group-keeps-events': noRetentionSetting,
    'log-group-retains-logs': noRetentionSetting,
    'account-records-s3-read-events': `Its event selectors have no setting, and what is changed by hand is drift: ${secondTrail}.`,
    'account-records-s3-write-events': `Its event selectors have no setting, and what is changed by hand is drift: ${secondTrail}.`,
    'management-events-are-recorded-once':
      'Switch its trail off in the landing zone settings, CloudTrail configuration, if the other one is to stay.',
    'trail-does-not-record-its-own-deliveries':
      'Reset the landing zone: its trail selects no data events unless someone changed it by hand.',
  },
  'landing-zone-accelerator': {
    any: 'Change logging in global-config.yaml and run the pipeline: the next run undoes what is changed by hand.',
    'log-bucket-retains-logs': 'Set lifecycleRules of centralLogBucket in global-config.yaml and run the pipeline.',
    'log-group-keeps-events': 'Set cloudwatchLogRetentionInDays in global-config.yaml and run the pipeline.',
    'log-group-retains-logs': 'Set cloudwatchLogRetentionInDays in global-config.yaml and run the pipeline.',
    'account-records-s3-read-events':
      'Set s3DataEvents of organizationTrailSettings in global-config.yaml and run the pipeline.',
    'account-records-s3-write-events':
      'Set s3DataEvents of organizationTrailSettings in global-config.yaml and run the pipeline.',
    'log-bucket-is-locked':
      'The accelerator has no setting for Object Lock of its central log bucket. Keep a locked copy: replicate the log files to a bucket of your own with Object Lock.',
    'management-events-are-recorded-once':
      'Set managementEvents of organizationTrailSettings to false in global-config.yaml and run the pipeline, if the other trail is to stay.',
    'trail-does-not-record-its-own-deliveries': `Turn recursive logging off on the trail, and again when the pipeline has made it anew; or set s3DataEvents of organizationTrailSettings to false and ${secondTrail}.`,
  },
  'account-factory-for-terraform': {
    any: 'Change the inputs of the module aws-ia/control_tower_account_factory and apply it: the next apply undoes what is changed by hand.',
    'log-bucket-is-locked':
      'The module has no input for Object Lock. Keep a locked copy: replicate the log files to a bucket of your own with Object Lock.',
    'log-bucket-retains-logs': 'Set the input log_archive_bucket_object_expiration_days of the module, and apply it.',
    'trail-does-not-record-its-own-deliveries': `Turn recursive logging off on the trail, and again when AFT has made it anew; or set aft_feature_cloudtrail_data_events to false and ${secondTrail}.`,
  },
  'customizations-for-control-tower': {
    any: 'The trail starts the pipeline of the solution and is not a record of yours: update the stack of the solution, or let its source be a repository instead of S3, and the trail goes.',
  },
  'stack-set': {
    any: 'Change the template or the parameters of the StackSet that its name tells, and update the stack instances: what is changed in one account by hand is drift, and stays wrong in the others.',
    'trail-is-logging':
      'Set IsLogging to true in the template of the StackSet that its name tells, and update the stack instances; if it is superseded, remove the stack instances.',
    'management-events-are-recorded-once':
      'Remove the stack instances of the StackSet that its name tells, or select no management events in its template, if the other trail is to stay.',
  },
};

const names: Readonly<Record<Manager, string>> = {
  'stack-set': 'A CloudFormation StackSet',
  'control-tower': 'AWS Control Tower',
  'landing-zone-accelerator': 'Landing Zone Accelerator',
  'account-factory-for-terraform': 'Account Factory for Terraform',
  'customizations-for-control-tower': 'Customizations for AWS Control Tower',
};

/** What else is wrong there does not have to be fixed there. */
const fixedElsewhere = new Set(['organization-trail-is-not-severed', 'logs-stay-in-the-organization']);

/**
 * The way to fix a finding that whoever manages the resource supports; undefined where no manager is known.
 *
 * @param cause the resource that the failing assertions agree on, where it is another one
 */
export function supportedFix(
  { policyId, target }: Pick<Evaluation, 'policyId' | 'target'>,
  cause: Cause | undefined,
): string | undefined {
  if (fixedElsewhere.has(policyId)) return undefined;
  const at = cause === undefined ? target : { type: cause.targetType, id: cause.id };
  const manager = managerOf(at);
  if (manager === undefined) return undefined;
  const { [policyId]: way = ways[manager].any } = ways[manager];
  return `${names[manager]} manages this ${at.type.replaceAll('-', ' ')}. ${way}`;
}
