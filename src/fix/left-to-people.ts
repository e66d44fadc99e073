import { plural } from '../text/plural.js';
import { decisions } from './decisions.js';
import { descriptionOf, documentIn, nameInArn, type FixContext } from './context.js';
import type { ByHand, Open } from './step.js';
import { statementsOf } from './steps/bucket-policy.js';
import { receivesAccessLogs, whyNoRetention } from './steps/deliverers.js';
import { denialsOfDelivery } from './steps/denials.js';

const needsDecision = 'What is right here does not follow from what was read.';
const needsInventory =
  'What is right here does not follow from the results alone. With --inventory, the inventory that they were made of, more can be derived.';

/** A finding for which no step could be derived, with what stands in the way. */
export function leftToPeople(open: Open, context: FixContext): ByHand {
  const { target } = open.group.root;
  if (open.policy.id === 'trail-does-not-record-its-own-deliveries') {
    const recipe = `aws cloudtrail update-trail --region ${target.region} --name ${target.id} --no-recursive-logging`;
    const why = 'Version 1 of the AWS CLI does not know the flag, and a script would end at it: use version 2.';
    return { ...handed(open, why), recipe };
  }
  return handed(open, whatHinders(open, context) ?? (context.hasInventory ? needsDecision : needsInventory));
}

function whatHinders(open: Open, context: FixContext): string | undefined {
  const { target } = open.group.root;
  const bucket = nameInArn(target.arn ?? target.id, '') ?? '';
  if (open.policy.id === 'log-bucket-encrypts-with-kms' && receivesAccessLogs(bucket, context)) {
    return `S3 delivers server access logs to bucket ${bucket}, and could not to one that encrypts with a KMS key: give them another bucket first.`;
  }
  const decision = Object.hasOwn(decisions, open.policy.id) ? decisions[open.policy.id] : undefined;
  return decision ?? whatHindersDelivery(open, context);
}

function whatHindersDelivery(open: Open, context: FixContext): string | undefined {
  const { target } = open.group.root;
  if (open.policy.id === 'log-bucket-is-locked') {
    const why = whyNoRetention(nameInArn(target.arn ?? target.id, '') ?? '', context);
    return why === undefined
      ? undefined
      : `${why}, and could not with a default retention: give it another bucket first.`;
  }
  if (open.policy.id !== 'trail-delivers-without-error') return undefined;
  const bucket = refusedBucket(open, context);
  const denials = bucket === undefined ? [] : denialsIn(bucket, context);
  if (bucket === undefined || denials.length === 0) return undefined;
  return `The ${plural(denials.length, 'statement')} ${denials.join(', ')} of the policy of bucket ${bucket} may deny the delivery: beside a denial, another Allow changes nothing. Except CloudTrail there first, then run trailproof fix again.`;
}

/** The bucket that refuses a trail's deliveries; undefined: something else is wrong. */
export function refusedBucket({ group }: Open, context: FixContext): string | undefined {
  const trail = context.trail(group.root.target.id);
  const status = trail?.status.state === 'known' ? trail.status.value : undefined;
  return status?.latestDeliveryError === 'AccessDenied' ? descriptionOf(trail)?.s3BucketName : undefined;
}

export function denialsIn(bucket: string, context: FixContext): readonly string[] {
  const policy = context.bucket(bucket)?.policy;
  return policy?.state === 'known' ? denialsOfDelivery(statementsOf(documentIn(policy.value)) ?? []) : [];
}

/** A finding, what is to be done in words, and the recipe of its policy. */
export function handed(open: Open, why: string): ByHand {
  const { fix } = open.group.root;
  const { text, cli } = open.policy.remediation;
  return { open, why, text: fix ?? text, ...(cli === undefined || fix !== undefined ? {} : { recipe: cli }) };
}
