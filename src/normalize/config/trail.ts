import type { TrailDescription } from '../../model/inventory.js';
import { required } from '../malformed-answer.js';
import { normalizeTrail } from '../trail.js';
import type { ConfigItem } from './item.js';
import { booleanIn, textIn } from './json.js';

export interface RecordedTrail {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly description: TrailDescription;
  /** AWS Config records whether there are Insights selectors, not which. */
  readonly hasInsightSelectors: boolean | undefined;
}

/**
 * An AWS::CloudTrail::Trail: DescribeTrails' members with a small first letter. Old items lack isOrganizationTrail,
 * which then is malformed and not false.
 */
export function normalizeTrailItem({ configuration: it }: ConfigItem): RecordedTrail {
  return {
    arn: required(textIn(it, 'trailARN'), 'trailARN'),
    name: required(textIn(it, 'name'), 'name'),
    homeRegion: required(textIn(it, 'homeRegion'), 'homeRegion'),
    description: normalizeTrail({
      S3BucketName: textIn(it, 's3BucketName'),
      S3KeyPrefix: textIn(it, 's3KeyPrefix'),
      SnsTopicARN: textIn(it, 'snsTopicARN'),
      IncludeGlobalServiceEvents: booleanIn(it, 'includeGlobalServiceEvents'),
      IsMultiRegionTrail: booleanIn(it, 'isMultiRegionTrail'),
      IsOrganizationTrail: booleanIn(it, 'isOrganizationTrail'),
      LogFileValidationEnabled: booleanIn(it, 'logFileValidationEnabled'),
      KmsKeyId: textIn(it, 'kmsKeyId'),
      CloudWatchLogsLogGroupArn: textIn(it, 'cloudWatchLogsLogGroupArn'),
      CloudWatchLogsRoleArn: textIn(it, 'cloudWatchLogsRoleArn'),
    }),
    hasInsightSelectors: booleanIn(it, 'hasInsightSelectors'),
  };
}

/**
 * The item that speaks for each trail. A multi-Region or organization trail may be recorded in many Regions and
 * accounts: they fold by the trail's ARN, and the item of the owner's home Region counts, else the newest.
 *
 * @param trailArnOf the ARN, or undefined for an item that does not tell it
 */
export function foldTrailItems(
  items: readonly ConfigItem[],
  trailArnOf: (item: ConfigItem) => string | undefined,
): ReadonlyMap<string, ConfigItem> {
  const folded = new Map<string, ConfigItem>();
  for (const item of items) {
    const arn = trailArnOf(item);
    if (arn === undefined) continue;
    const other = folded.get(arn);
    if (other === undefined || rank(item, arn) > rank(other, arn)) folded.set(arn, item);
  }
  return folded;
}

/** Sorts the owner's own item above all others, and among others the newest. */
function rank({ accountId, region, capturedAt }: ConfigItem, arn: string): string {
  return `${arn.includes(`:${region}:${accountId}:`) ? 1 : 0} ${capturedAt}`;
}
