import type { Command, Placeholder } from '../command.js';
import { descriptionOf, type FixContext } from '../context.js';
import type { Open, Step } from '../step.js';

const bucket: Placeholder = {
  placeholder: 'LOG_BUCKET',
  meaning: 'the bucket of the log archive account whose policy lets CloudTrail write for the organization',
};
const home: Placeholder = {
  placeholder: 'HOME_REGION',
  meaning: 'a Region that every account has enabled',
};
const name = 'organization';

/** An organization trail where there is none: first the trusted access, then the trail, then its logging. */
export function organizationTrailSteps(open: Open, context: FixContext): readonly Step[] | undefined {
  const { organization } = context.results;
  const existing = context.trails.some((it) => descriptionOf(it)?.isOrganizationTrail !== false);
  // One that is there fails for a reason of its own.
  if (!context.hasInventory || existing || organization === null) return undefined;
  const accountId = organization.managementAccountId;
  const at = { accountId, region: 'global', fixes: [open] };
  const words = (operation: string, ...more: Command['words']): Command => ({
    words: ['cloudtrail', operation, '--region', home, '--name', name, ...more],
  });
  const access = (operation: string): Command => ({
    words: ['organizations', operation, '--service-principal', 'cloudtrail.amazonaws.com'],
  });
  return [
    {
      ...at,
      stage: 'organization',
      what: 'CloudTrail may act in the accounts of the organization.',
      commands: [access('enable-aws-service-access')],
      rollback: [access('disable-aws-service-access')],
      cost: 'none',
    },
    {
      ...at,
      stage: 'trails',
      what: `A multi-Region organization trail ${name} in the management account.`,
      commands: [
        words(
          'create-trail',
          '--s3-bucket-name',
          bucket,
          '--is-organization-trail',
          '--is-multi-region-trail',
          '--enable-log-file-validation',
        ),
      ],
      rollback: [words('delete-trail')],
      cost: 'the first copy of management events is free in each Region; storage in S3',
      notes: [`The policy of the bucket first needs: ${JSON.stringify(bucketStatements(context, accountId))}`],
    },
    {
      ...at,
      stage: 'logging',
      what: `The organization trail ${name} starts to log.`,
      commands: [words('start-logging')],
      rollback: [words('stop-logging')],
      cost: 'storage in S3',
    },
  ];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function bucketStatements({ partition, organizationId = '' }: FixContext, accountId: string): readonly object[] {
  const arn = `arn:${partition}:s3:::LOG_BUCKET`;
  const trail = `arn:${partition}:cloudtrail:HOME_REGION:${accountId}:trail/${name}`;
  const common = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return [
    { ...common, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: { 'aws:SourceArn': trail } } },
    {
      ...common,
      Action: 's3:PutObject',
      Resource: [`${arn}/AWSLogs/${accountId}/*`, `${arn}/AWSLogs/${organizationId}/*`],
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trail } },
    },
  ];
}
