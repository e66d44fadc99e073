import type { PublicAccessBlock } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { jsonWord, type Command, type Word } from '../command.js';
import type { FixContext } from '../context.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { s3, type BucketPlace } from './s3-call.js';

const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const allInTerraform = {
  block_public_acls: true,
  ignore_public_acls: true,
  block_public_policy: true,
  restrict_public_buckets: true,
};
const flag = '--public-access-block-configuration';

/** All four settings of Block Public Access of a log bucket. */
export function bucketBlocksPublicAccess(open: Open, bucket: BucketPlace, context: FixContext): Step {
  const call = (operation: string, ...words: readonly Word[]): Command => s3(operation, bucket, ...words);
  return {
    stage: 'protection',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `Bucket ${bucket.name} blocks public access, through its policy and its ACL.`,
    commands: [call('put-public-access-block', flag, jsonWord(all))],
    rollback: backTo(context.bucket(bucket.name)?.publicAccessBlock, call),
    cost: 'none',
    notes: ['Other accounts that read the logs through a public statement lose access; services of AWS do not.'],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_public_access_block', hclName('bucket', bucket.name)],
        attributes: { bucket: bucket.name, ...allInTerraform },
      },
    ],
  };
}

/**
 * All four settings of the account. They are the same in each Region; the call is made in that of a log bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 */
export function accountBlocksPublicAccess(open: Open, context: FixContext): Step | undefined {
  const { accountId } = open.group.root.target;
  const [region] = context.buckets
    .flatMap(({ owner }) => (owner.state === 'known' && owner.value.accountId === accountId ? owner.value.region : []))
    .toSorted();
  if (region === undefined) return undefined;
  const call = (operation: string, ...words: readonly Word[]): Command => ({
    words: ['s3control', operation, '--region', region, '--account-id', accountId, ...words],
  });
  return {
    stage: 'protection',
    accountId,
    region,
    fixes: [open],
    what: `Account ${accountId} blocks public access to all of its buckets.`,
    commands: [call('put-public-access-block', flag, jsonWord(all))],
    rollback: backTo(context.account(accountId)?.publicAccessBlock, call),
    cost: 'none',
    notes: [
      'It holds for every bucket of the account, now and later: look first whether one of them is meant to be public.',
    ],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_account_public_access_block', hclName('account', accountId)],
        attributes: { account_id: accountId, ...allInTerraform },
      },
    ],
  };
}

function backTo(
  before: Known<PublicAccessBlock> | undefined,
  call: (operation: string, ...words: readonly Word[]) => Command,
): Step['rollback'] {
  if (before?.state === 'known') return [call('put-public-access-block', flag, jsonWord(capitalized(before.value)))];
  if (before?.state === 'absent') return [call('delete-public-access-block')];
  return 'What was set before is not known: get-public-access-block shows it, and put-public-access-block sets it again.';
}

function capitalized(settings: PublicAccessBlock): object {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`${key[0]?.toUpperCase() ?? ''}${key.slice(1)}`, value]),
  );
}
