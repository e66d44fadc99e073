import type { Trail } from '../../model/inventory.js';
import { isObject } from '../../model/is-object.js';
import { jsonWord, type Command } from '../command.js';
import { descriptionOf, documentIn, type FixContext } from '../context.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { s3, type BucketPlace } from './s3-call.js';
import { cfnName } from './destinations.js';
import { narrowedTrust } from './trust.js';

/** A statement that is to be in the policy of a bucket. */
export interface NewStatement {
  readonly open: Open;
  readonly statement: Readonly<Record<string, unknown>> & { readonly Sid: string };
}

/** Refuses plain HTTP. CloudTrail writes over TLS: no delivery depends on it. */
export function tlsStatement(bucket: string, partition: string): NewStatement['statement'] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return {
    Sid: 'RefusePlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function deliveryStatements(
  trail: Trail,
  { partition, organizationId }: FixContext,
): readonly NewStatement['statement'][] {
  const it = descriptionOf(trail);
  if (it === undefined || (it.isOrganizationTrail && organizationId === undefined)) return [];
  const bucket = `arn:${partition}:s3:::${it.s3BucketName}`;
  const folder = `${bucket}/${it.s3KeyPrefix === undefined ? '' : `${it.s3KeyPrefix}/`}AWSLogs`;
  const owners = [trail.accountId, ...(it.isOrganizationTrail && organizationId !== undefined ? [organizationId] : [])];
  const suffix = `${trail.accountId}${trail.name}`.replaceAll(/[^A-Za-z0-9]/g, '');
  const common = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  return [
    {
      Sid: `CloudTrailReadsAcl${suffix}`,
      ...common,
      Action: 's3:GetBucketAcl',
      Resource: bucket,
      Condition: { StringEquals: { 'aws:SourceArn': trail.arn } },
    },
    {
      Sid: `CloudTrailWrites${suffix}`,
      ...common,
      Action: 's3:PutObject',
      Resource: owners.map((owner) => `${folder}/${owner}/*`),
      Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': trail.arn } },
    },
  ];
}

/**
 * One step for all statements that a bucket's policy lacks: put-bucket-policy replaces the whole of it. Undefined where
 * what it has now was not read, or is no document that statements can be added to.
 */
export function bucketPolicyStep(
  bucket: BucketPlace,
  { added, tooWide }: { readonly added: readonly NewStatement[]; readonly tooWide: readonly Open[] },
  context: FixContext,
): Step | undefined {
  const its = context.bucket(bucket.name);
  const policy = its?.policy;
  if (policy === undefined || policy.state === 'unknown') return undefined;
  const before = policy.state === 'absent' ? { Version: '2012-10-17', Statement: [] } : documentIn(policy.value);
  const old = statementsOf(before);
  if (before === undefined || old === undefined) return undefined;
  const narrowed = tooWide.length === 0 || its === undefined ? undefined : narrowedTrust(old, its, context);
  const present = narrowed ?? old;
  const same = new Set(present.map((it) => JSON.stringify(it)));
  const lacking = added.map((it) => it.statement).filter((it) => !same.has(JSON.stringify(it)));
  // What is there already does not suffice for another reason.
  if (lacking.length === 0 && narrowed === undefined) return undefined;
  const news = withOwnSids(lacking, present);
  const document = { ...before, Statement: [...present, ...news] };
  const put = (text: object): Command => s3('put-bucket-policy', bucket, '--policy', jsonWord(text));
  const label = hclName('bucket', bucket.name);
  return {
    stage: 'destinations',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [...new Set([...added.map((it) => it.open), ...(narrowed === undefined ? [] : tooWide)])],
    what: whatChanges(bucket.name, news, narrowed !== undefined),
    commands: [put(document)],
    rollback: policy.state === 'absent' ? [s3('delete-bucket-policy', bucket)] : [put(before)],
    cost: 'none',
    notes: [
      `It was made from the policy as it was on ${context.results.run.capturedAt}: where it has changed since, read it again.`,
      ...(narrowed === undefined ? [] : ['Trails of accounts outside the organization could deliver there no more.']),
    ],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_policy', label],
        attributes: { bucket: bucket.name, policy: { json: document } },
      },
    ],
    cloudformation: {
      [cfnName('BucketPolicy', bucket.name)]: {
        Type: 'AWS::S3::BucketPolicy',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { Bucket: bucket.name, PolicyDocument: document },
      },
    },
  };
}

function whatChanges(name: string, news: readonly NewStatement['statement'][], isNarrowed: boolean): string {
  const parts = [
    ...(isNarrowed ? ['lets CloudTrail in for our own trails alone'] : []),
    ...(news.length > 0 ? [`has what it has now and ${news.map((it) => it.Sid).join(', ')}`] : []),
  ];
  return `The policy of bucket ${name} ${parts.join(', and ')}.`;
}

/** The statements of a document, one or many; undefined for none. */
export function statementsOf(document: Readonly<Record<string, unknown>> | undefined): readonly unknown[] | undefined {
  const statements = document?.['Statement'];
  if (typeof statements !== 'object' || statements === null) return undefined;
  return Array.isArray(statements) ? statements : [statements];
}

/** A Sid stands once in a policy; trails of several Regions may share a name. */
function withOwnSids(
  added: readonly NewStatement['statement'][],
  present: readonly unknown[],
): readonly NewStatement['statement'][] {
  const taken = new Set(present.map((it) => (isObject(it) ? it['Sid'] : undefined)));
  return added.map((statement) => {
    let { Sid } = statement;
    for (let number = 2; taken.has(Sid); number += 1) Sid = `${statement.Sid}${number}`;
    taken.add(Sid);
    return { ...statement, Sid };
  });
}
