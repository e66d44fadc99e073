import type { Trail } from '../model/inventory.js';
import { doubt } from './three-valued.js';
import type { Doubt } from './values.js';

/**
 * Where the trails of a bucket put their objects: key prefixes up to `AWSLogs/`, with the folder after it that is known:
 * the account that owns the trail, or the organization whose trail it is.
 */
export interface LogPrefixes {
  /** Sorted. */
  readonly known: readonly string[];
  /** Trails whose description was refused may deliver to this bucket, too, under any prefix. */
  readonly open?: Doubt;
}

const root = 'AWSLogs/';

/**
 * The prefixes under which CloudTrail puts log and digest files of these trails into the bucket. An organization trail
 * writes below the organization's id, for its own account too.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function logPrefixes(
  bucketName: string,
  trails: readonly Trail[],
  organizationId: string | undefined,
): LogPrefixes {
  const known = new Set<string>();
  const gaps: string[] = [];
  for (const { description, accountId } of trails) {
    if (description.state === 'unknown') gaps.push(description.gap);
    if (description.state !== 'known' || description.value.s3BucketName !== bucketName) continue;
    const { s3KeyPrefix, isOrganizationTrail } = description.value;
    const top = s3KeyPrefix === undefined || s3KeyPrefix === '' ? root : `${s3KeyPrefix}/${root}`;
    const folder = isOrganizationTrail ? organizationId : accountId;
    known.add(folder === undefined ? top : `${top}${folder}/`);
  }
  return { known: [...known].toSorted(), ...(gaps.length > 0 ? { open: doubt(gaps) } : {}) };
}

/**
 * Whether a filter by key prefix may take in a log or digest file below one of the log prefixes. Buckets are shared:
 * `AWSLogs/111122223333/Config/` holds nothing of CloudTrail's.
 */
export function mayHoldLogs(filter: string, logPrefix: string): boolean {
  if (logPrefix.startsWith(filter)) return true;
  const top = logPrefix.slice(0, logPrefix.lastIndexOf(root) + root.length);
  return filter.startsWith(logPrefix) && beginsLogKey(filter.slice(top.length).split('/'));
}

/** Whether a filter by key prefix takes in every log and digest file below a log prefix. */
export function holdsAllLogs(filter: string, logPrefix: string): boolean {
  return logPrefix.startsWith(filter);
}

/**
 * What follows `AWSLogs/`: the organization's id in organization trails, the account, then `CloudTrail`,
 * `CloudTrail-Digest` or another folder of CloudTrail's. The last part may be cut off anywhere.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
function beginsLogKey(parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  if (parts.length === 1) return /^(o(-[a-z0-9]*)?|\d{0,12})$/.test(first);
  return /^o-[a-z0-9]+$/.test(first) ? beginsAccount(others) : beginsAccount(parts);
}

function beginsAccount([account = '', folder, ...others]: readonly string[]): boolean {
  if (folder === undefined) return /^\d{0,12}$/.test(account);
  if (!/^\d{12}$/.test(account)) return false;
  return folder.startsWith('CloudTrail') || (others.length === 0 && 'CloudTrail'.startsWith(folder));
}
