import { jsonWord, placeholderName, type Command, type Placeholder } from '../command.js';
import type { FixContext } from '../context.js';
import type { Open, Step } from '../step.js';
import { listParam } from './failing.js';
import { s3, type BucketPlace } from './s3-call.js';

interface Tag {
  readonly Key: string | Placeholder;
  readonly Value: Placeholder;
}

/** The tags that a resource lacks: their values, and without required keys the key, are for its owner to say. */
function lacking(open: Open, name: string, has: Readonly<Record<string, string>>): readonly Tag[] {
  const { accountId } = open.group.root.target;
  const required = listParam(open, 'requiredTagKeys').filter((key) => !Object.hasOwn(has, key));
  if (required.length > 0) {
    return required.map((key) => ({
      Key: key,
      Value: { placeholder: placeholderName('TAG', key, accountId, name), meaning: 'the value of this tag' },
    }));
  }
  const about = placeholderName(accountId, name);
  return [
    {
      Key: { placeholder: `TAG_KEY_${about}`, meaning: 'the key of a tag that says whose it is' },
      Value: { placeholder: `TAG_VALUE_${about}`, meaning: 'the value of that tag' },
    },
  ];
}

/** Adds the tags that a trail lacks, beside those that it has. */
export function trailTags(open: Open, context: FixContext): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  const trail = context.trail(id);
  if (trail?.tags?.state !== 'known') return undefined;
  const tags = lacking(open, trail.name, trail.tags.value);
  const call = (operation: string, list: readonly object[]): Command => ({
    words: ['cloudtrail', operation, '--region', region, '--resource-id', id, '--tags-list', jsonWord(list)],
  });
  return {
    stage: 'protection',
    accountId,
    region,
    fixes: [open],
    what: `Trail ${id} has the tags that it lacks, beside those that it has.`,
    commands: [call('add-tags', tags)],
    rollback: [
      call(
        'remove-tags',
        tags.map(({ Key }) => ({ Key })),
      ),
    ],
    cost: 'none',
  };
}

/** Tags of a bucket. The call replaces all of them: those that it has stay, with their values. */
export function bucketTags(open: Open, bucket: BucketPlace, context: FixContext): Step | undefined {
  const had = context.bucket(bucket.name)?.tags;
  if (had?.state !== 'known') return undefined;
  const before = Object.entries(had.value).map(([Key, Value]) => ({ Key, Value }));
  // A call cannot set what AWS has set.
  if (before.some(({ Key }) => Key.startsWith('aws:'))) return undefined;
  const put = (tags: readonly object[]): Command =>
    s3('put-bucket-tagging', bucket, '--tagging', jsonWord({ TagSet: tags }));
  return {
    stage: 'protection',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `Bucket ${bucket.name} has the tags that it lacks, beside those that it has.`,
    commands: [put([...before, ...lacking(open, bucket.name, had.value)])],
    rollback: before.length === 0 ? [s3('delete-bucket-tagging', bucket)] : [put(before)],
    cost: 'none',
    notes: [
      `It replaces all tags, and was made from those of ${context.results.run.capturedAt}: where they have changed since, read them again.`,
    ],
  };
}
