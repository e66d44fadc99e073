import type { Trail } from '../../model/inventory.js';
import { placeholderName, type Command, type Part, type Word } from '../command.js';
import { descriptionOf, type FixContext } from '../context.js';
import type { HclBlock, HclValue } from '../hcl.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { lacks } from './failing.js';
import { selectorBlocks } from './selector-blocks.js';

/** A setting of a trail that is to change: its flags, those that undo it, and its attributes in Terraform. */
export interface TrailEdit {
  readonly open: Open;
  readonly what: string;
  readonly flags: readonly Word[];
  readonly undo: readonly Word[] | string;
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly cost: string;
  readonly note?: string;
}

/** What earlier steps make for the trail. */
export interface Made {
  readonly keyArn: Part;
  readonly logGroupArn: string;
  readonly logRoleArn: string;
  /** The same in Terraform. */
  readonly key: HclValue;
  readonly logGroup: HclValue;
  readonly logRole: HclValue;
}

/** The settings that fix findings of trails; undefined for a policy that is of another kind. */
export function trailEdit(open: Open, made: Made): Omit<TrailEdit, 'open'> | undefined {
  switch (open.policy.id) {
    case 'trail-validates-log-files':
      return {
        what: 'turns log file validation on',
        flags: ['--enable-log-file-validation'],
        undo: ['--no-enable-log-file-validation'],
        attributes: { enable_log_file_validation: true },
        cost: 'a digest file an hour for each Region, in S3',
      };
    case 'trail-encrypts-with-kms':
      return {
        what: 'encrypts with a KMS key',
        flags: ['--kms-key-id', made.keyArn],
        undo: ['--kms-key-id', ''],
        attributes: { kms_key_id: made.key },
        cost: 'the key by the month, and its requests',
        note: 'Whoever reads the logs needs kms:Decrypt with this key. A key whose policy does not let CloudTrail encrypt is refused.',
      };
    case 'trail-sends-to-cloudwatch-logs':
      // With a log group that is set and stale, something else is wrong.
      if (!lacks(open, 'trail.cloudWatchLogsLogGroupArn')) return undefined;
      return {
        what: 'sends events to CloudWatch Logs',
        flags: ['--cloud-watch-logs-log-group-arn', made.logGroupArn, '--cloud-watch-logs-role-arn', made.logRoleArn],
        undo: ['--cloud-watch-logs-log-group-arn', '', '--cloud-watch-logs-role-arn', ''],
        attributes: { cloud_watch_logs_group_arn: made.logGroup, cloud_watch_logs_role_arn: made.logRole },
        cost: 'ingestion and storage of CloudWatch Logs, by the gigabyte',
        note: 'A role that was just made is not known everywhere for some seconds: where CloudTrail refuses it, run the command again.',
      };
    case 'trail-notifies-topic':
      return notification(open);
    // Not here: recursive logging. Version 1 of the AWS CLI does not know the flag, and a script would end at it.
    default:
      return undefined;
  }
}

function notification(open: Open): Omit<TrailEdit, 'open'> {
  const { accountId, region } = open.group.root.target;
  const topic = {
    placeholder: placeholderName('TRAIL_TOPIC_ARN', accountId, region),
    meaning: `the ARN of a standard SNS topic of account ${accountId} in ${region}, whose policy lets CloudTrail publish for its trail`,
  };
  return {
    what: 'notifies an SNS topic of each log file',
    flags: ['--sns-topic-name', topic],
    undo: lacks(open, 'trail.snsTopicArn') ? ['--sns-topic-name', ''] : 'Name the former topic again.',
    attributes: { sns_topic_name: topic },
    cost: 'a notification for each log file',
    note: 'CloudTrail refuses a topic whose policy does not let it publish.',
  };
}

/** One step for all settings of a trail. */
export function trailStep(
  arn: string,
  edits: readonly TrailEdit[],
  context: FixContext,
  at: { readonly accountId: string; readonly region: string },
): Step {
  const update = (words: readonly Word[]): Command => ({
    words: ['cloudtrail', 'update-trail', '--region', at.region, '--name', arn, ...words],
  });
  const undo = edits.flatMap((it) => (typeof it.undo === 'string' ? [] : it.undo));
  const words = edits.flatMap((it) => (typeof it.undo === 'string' ? [it.undo] : []));
  const trail = context.trail(arn);
  const changed = Object.fromEntries(edits.flatMap((it) => Object.entries(it.attributes)));
  const terraform = trail === undefined ? undefined : trailResource(trail, changed);
  return {
    stage: 'trails',
    ...at,
    fixes: edits.map((it) => it.open),
    what: `Trail ${arn} ${edits.map((it) => it.what).join(', and ')}.`,
    commands: [update(edits.flatMap((it) => it.flags))],
    rollback: undo.length === 0 ? words.join(' ') : [update(undo)],
    cost: edits.map((it) => it.cost).join('; '),
    notes: [...edits.flatMap((it) => it.note ?? []), ...(undo.length === 0 ? [] : words)],
    ...(terraform === undefined ? {} : { terraform }),
  };
}

/** Starts the logging of a trail. Terraform knows it only as a part of the whole trail. */
export function startStep(open: Open, context: FixContext): Step {
  const { id, accountId, region } = open.group.root.target;
  const trail = context.trail(id);
  const terraform = trail === undefined ? undefined : trailResource(trail, { enable_logging: true });
  const words = (operation: string): Command => ({
    words: ['cloudtrail', operation, '--region', region, '--name', id],
  });
  return {
    stage: 'logging',
    accountId,
    region,
    fixes: [open],
    what: `Trail ${id} starts to log.`,
    commands: [words('start-logging')],
    rollback: [words('stop-logging')],
    cost: 'a second copy of management events is charged by the event; storage in S3',
    notes: ['Find out first who stopped it, and why. A trail that is no longer wanted is better deleted.'],
    ...(terraform === undefined ? {} : { terraform }),
  };
}

/**
 * A trail with all its settings, to be imported: Terraform resets what it is not told. Undefined where something of it was
 * not read.
 */
export function trailResource(
  trail: Trail,
  changed: Readonly<Record<string, HclValue>>,
): readonly HclBlock[] | undefined {
  const it = descriptionOf(trail);
  const selectors = selectorBlocks(trail);
  if (it === undefined || selectors === undefined || trail.status.state !== 'known') return undefined;
  const label = hclName('trail', trail.accountId, trail.homeRegion, trail.name);
  const attributes: Readonly<Record<string, HclValue>> = {
    name: trail.name,
    s3_bucket_name: it.s3BucketName,
    ...(it.s3KeyPrefix === undefined ? {} : { s3_key_prefix: it.s3KeyPrefix }),
    ...(it.snsTopicArn === undefined ? {} : { sns_topic_name: it.snsTopicArn }),
    include_global_service_events: it.includeGlobalServiceEvents,
    is_multi_region_trail: it.isMultiRegionTrail,
    is_organization_trail: it.isOrganizationTrail,
    enable_log_file_validation: it.logFileValidationEnabled,
    enable_logging: trail.status.value.isLogging,
    ...(it.kmsKeyId === undefined ? {} : { kms_key_id: it.kmsKeyId }),
    ...(it.cloudWatchLogsLogGroupArn === undefined
      ? {}
      : { cloud_watch_logs_group_arn: `${it.cloudWatchLogsLogGroupArn}:*` }),
    ...(it.cloudWatchLogsRoleArn === undefined ? {} : { cloud_watch_logs_role_arn: it.cloudWatchLogsRoleArn }),
    ...changed,
  };
  return [
    { kind: 'import', labels: [], attributes: { to: { raw: `aws_cloudtrail.${label}` }, id: trail.arn } },
    {
      kind: 'resource',
      labels: ['aws_cloudtrail', label],
      attributes,
      blocks: [
        ...selectors,
        {
          kind: 'lifecycle',
          labels: [],
          attributes: { ignore_changes: { raw: '[tags, tags_all]' }, prevent_destroy: true },
        },
      ],
    },
  ];
}
