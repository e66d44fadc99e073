import type { Bucket, LifecycleRule } from '../model/inventory.js';
import type { LogPrefixes } from './log-keys.js';
import { agreed, least, rulesOnLogs } from './retention.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** Objects of these must be restored before they can be read, for minutes to hours. */
const archives = new Set(['GLACIER', 'DEEP_ARCHIVE']);
/** Objects of these are read at once. The archive tiers of INTELLIGENT_TIERING are opt-in, and begin after 90 days. */
const atOnce = new Set(['STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING']);

/**
 * In how many whole days after delivery a lifecycle rule moves log files to a storage class from which they must be
 * restored; undefined: never.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html
 *
 * @param note notes why the storage class of a rule tells nothing, and returns the id of that gap
 */
export function atHandDays(
  bucket: Bucket,
  prefixes: LogPrefixes,
  note: (message: string) => string,
): Tri<number | undefined> {
  const rules = rulesOnLogs(bucket, prefixes);
  if (rules.state === 'unknown') return rules;
  const atLeast = earliest(rules.value.certain, bucket, note);
  if (prefixes.open === undefined) return atLeast;
  return agreed(atLeast, earliest(rules.value.possible, bucket, note), prefixes.open.gaps);
}

function earliest(
  rules: readonly LifecycleRule[],
  { name }: Bucket,
  note: (message: string) => string,
): Tri<number | undefined> {
  const moves = rules.flatMap(movesOf);
  const days = least(moves.flatMap((it) => (archives.has(it.storageClass) ? it.days : [])));
  // A class that is not known matters only where it comes first.
  const open = moves
    .filter(({ storageClass }) => !archives.has(storageClass) && !atOnce.has(storageClass))
    .filter((it) => days === undefined || it.days < days);
  if (open.length === 0) return sure(days);
  return doubt(
    open.map(({ storageClass }) =>
      note(
        storageClass === unrecorded
          ? `To which storage class a lifecycle rule of bucket ${name} moves logs was not kept by the version that read it.`
          : `Whether logs in storage class ${storageClass}, to which a lifecycle rule of bucket ${name} moves them, can be read at once is not known to this version.`,
      ),
    ),
  );
}

const unrecorded = '';

function movesOf({ transitions, transitionDays }: LifecycleRule) {
  if (transitions !== undefined) return transitions;
  return transitionDays === undefined ? [] : [{ storageClass: unrecorded, days: transitionDays }];
}
