import type { LifecycleRule } from '../../model/inventory.js';
import { placeholderName } from '../command.js';
import type { FixContext } from '../context.js';
import type { Open, Step } from '../step.js';
import { numberParam } from './failing.js';
import { s3, type BucketPlace } from './s3-call.js';

const archives = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Rules of a bucket's lifecycle that remove or archive logs too early. All rules are replaced at once, and the inventory
 * does not hold all that a rule may say, so that the new rules are a placeholder: the step says which to change, and how.
 */
export function lifecycleStep(open: Open, bucket: BucketPlace, context: FixContext): Step | undefined {
  const rules = context.bucket(bucket.name)?.lifecycleRules;
  if (rules?.state !== 'known') return undefined;
  const isRetention = open.policy.id === 'log-bucket-retains-logs';
  const days = numberParam(open, 'minDays', isRetention ? 365 : 90);
  const wrong = rules.value.filter((it) => it.isEnabled && !it.requiresTags && isTooEarly(it, days, isRetention));
  if (wrong.length === 0) return undefined;
  const name = placeholderName('LIFECYCLE_RULES', bucket.name);
  const read = `aws s3api get-bucket-lifecycle-configuration --region ${bucket.region} --bucket ${bucket.name}`;
  const todo = isRetention
    ? `an expiration after ${days} days or more, and no date`
    : `transitions to GLACIER and DEEP_ARCHIVE after ${days} days or more`;
  const shown = wrong.map(
    ({ id, prefix }) => `${id === '' ? 'without an id' : id}${prefix === '' ? '' : ` (${prefix})`}`,
  );
  return {
    stage: 'protection',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `Lifecycle rules of bucket ${bucket.name} leave log files ${isRetention ? 'there' : 'at hand'} for ${days} days.`,
    commands: [
      s3('put-bucket-lifecycle-configuration', bucket, '--lifecycle-configuration', {
        placeholder: name,
        meaning: `all lifecycle rules of bucket ${bucket.name} as JSON, changed as its step says`,
      }),
    ],
    rollback:
      'Put the rules again that get-bucket-lifecycle-configuration showed before. What expired does not come back.',
    cost: isRetention ? 'longer storage of the logs' : 'storage of the logs in a class that is read at once',
    notes: [
      `The call replaces all rules, and not all of each was read. ${read} --query '{Rules: Rules}' shows them: keep this output, change the rules ${shown.join(', ')} to ${todo}, and set ${name} to the result.`,
      'A rule that is meant for other objects is better narrowed by a prefix that no log file has.',
    ],
  };
}

function isTooEarly(rule: LifecycleRule, days: number, isRetention: boolean): boolean {
  if (isRetention) return rule.expirationDate !== undefined || (rule.expirationDays ?? days) < days;
  return (rule.transitions ?? []).some((it) => archives.has(it.storageClass) && it.days < days);
}
