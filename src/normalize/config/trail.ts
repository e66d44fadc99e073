import type { ToldTrail, TrailDescription } from '../../model/inventory.js';
import { required } from '../malformed-answer.js';
import { defined } from '../text.js';
import type { ConfigItem } from './item.js';
import { booleanIn, readable, textIn } from './json.js';

export interface RecordedTrail {
  /** Whole, or what of it the item tells. */
  readonly description: TrailDescription | ToldTrail;
  /** Members that the item should have and does not tell; empty: the description is whole. */
  readonly missing: readonly string[];
  /** AWS Config records whether there are Insights selectors, not which. */
  readonly hasInsightSelectors: boolean | undefined;
}

/**
 * Organization trails came on 2018-11-19: of a trail that did not change since, the item does not say that it is none.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-document-history.html
 */
const firstOrganizationTrails = '2018-11-19T00:00:00.000Z';

/**
 * An AWS::CloudTrail::Trail: DescribeTrails' members with a small first letter. A member that is missing, or not what it
 * should be, leaves the others readable.
 *
 * @throws MalformedAnswer where what the trail names cannot be read
 */
export function normalizeTrailItem({ configuration: it, capturedAt }: ConfigItem): RecordedTrail {
  const flag = (member: string): boolean | undefined => readable(() => booleanIn(it, member));
  const isOrganizationTrail =
    flag('isOrganizationTrail') ??
    (it['isOrganizationTrail'] === undefined && capturedAt < firstOrganizationTrails ? false : undefined);
  const flags = {
    includeGlobalServiceEvents: flag('includeGlobalServiceEvents'),
    isMultiRegionTrail: flag('isMultiRegionTrail'),
    isOrganizationTrail,
    logFileValidationEnabled: flag('logFileValidationEnabled'),
  };
  const missing = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const description: ToldTrail = defined({
    s3BucketName: required(textIn(it, 's3BucketName'), 's3BucketName'),
    s3KeyPrefix: textIn(it, 's3KeyPrefix'),
    snsTopicArn: textIn(it, 'snsTopicARN'),
    ...flags,
    kmsKeyId: textIn(it, 'kmsKeyId'),
    cloudWatchLogsLogGroupArn: textIn(it, 'cloudWatchLogsLogGroupArn')?.replace(/:\*$/, ''),
    cloudWatchLogsRoleArn: textIn(it, 'cloudWatchLogsRoleArn'),
  });
  return { description, missing, hasInsightSelectors: readable(() => booleanIn(it, 'hasInsightSelectors')) };
}

/** Whether the item tells all members of the description. */
export function isWhole(trail: RecordedTrail): trail is RecordedTrail & { readonly description: TrailDescription } {
  return trail.missing.length === 0;
}

/** The items of a trail that count. */
export interface FoldedTrail {
  readonly item: ConfigItem;
  /** An item of the trail's end that its own last item does not settle: of a copy, or of itself with a later copy. */
  readonly doubtfulEnd?: ConfigItem;
}

/**
 * The item that speaks for each trail. A multi-Region or organization trail may be recorded in many Regions and
 * accounts: they fold by the trail's ARN, and the item of the owner's home Region counts, else the newest. Where the item
 * at home tells of the trail's end, copies that were captured before it are of the past, and later ones contradict it.
 *
 * @param trailArnOf the ARN, or undefined for an item that does not tell it
 */
export function foldTrailItems(
  items: readonly ConfigItem[],
  ended: readonly ConfigItem[],
  trailArnOf: (item: ConfigItem) => string | undefined,
): ReadonlyMap<string, FoldedTrail> {
  const speaking = new Map<string, ConfigItem>();
  for (const item of items) {
    const arn = trailArnOf(item);
    if (arn === undefined) continue;
    const other = speaking.get(arn);
    if (other === undefined || rank(item, arn) > rank(other, arn)) speaking.set(arn, item);
  }
  const folded = new Map([...speaking].map(([arn, item]): [string, FoldedTrail] => [arn, { item }]));
  for (const end of ended) {
    const arn = trailArnOf(end);
    if (arn === undefined) continue;
    const item = speaking.get(arn);
    // Nobody records it any more: that is no end.
    if (item === undefined && end.isLeft && isAtHome(end, arn)) folded.set(arn, { item: end, doubtfulEnd: end });
    if (item === undefined || isAtHome(item, arn)) continue;
    const isOwn = isAtHome(end, arn) && !end.isLeft;
    const isLater = end.capturedAt >= item.capturedAt;
    if (isOwn && isLater) folded.delete(arn);
    else if ((isOwn || isLater) && folded.has(arn)) folded.set(arn, { item, doubtfulEnd: end });
  }
  return folded;
}

/** Sorts the owner's own item above all others, and among others the newest. */
function rank(item: ConfigItem, arn: string): string {
  return `${isAtHome(item, arn) ? 1 : 0} ${item.capturedAt}`;
}

function isAtHome({ accountId, region }: ConfigItem, arn: string): boolean {
  return arn.includes(`:${region}:${accountId}:`);
}
