import { isAccountId, parseArn } from '../../model/identifiers.js';
import type { Trail, TrailDescription } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import { type ConfigItem, foldTrailItems, normalizeTrailItem } from '../../normalize/index.js';
import { evidenceOfItem, readOr, type Reading } from './reading.js';
import { byArn } from '../../text/order.js';

export interface RecordedTrails {
  readonly trails: readonly Trail[];
  /** Accounts in which items of a trail were recorded, by its ARN. */
  readonly seenIn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly evidence: Readonly<Record<string, string>>;
  /** Why trails may be missing. */
  readonly gap?: Unknown;
}

/** Every trail that was recorded, once, whichever Regions and accounts recorded it. */
export async function readRecordedTrails(reading: Reading): Promise<RecordedTrails> {
  const { items, evidence, gap } = await reading.source.items('AWS::CloudTrail::Trail');
  const seenIn = new Map<string, Set<string>>();
  for (const item of items) {
    const arn = trailArnOf(item);
    if (arn !== undefined) seenIn.set(arn, (seenIn.get(arn) ?? new Set()).add(item.accountId));
  }
  const trails = [...foldTrailItems(items, trailArnOf)].map(([arn, item]) => trailOf(reading, arn, item));
  return { trails: trails.toSorted(byArn), seenIn, evidence, ...(gap === undefined ? {} : { gap }) };
}

/** The trail that an item is of: its configuration says so, as resourceId is but the name. */
export function trailArnOf({ configuration, arn }: ConfigItem): string | undefined {
  const inside = configuration['trailARN'];
  const found = typeof inside === 'string' && inside !== '' ? inside : arn;
  const { service, accountId = '' } = parseArn(found ?? '') ?? {};
  return service === 'cloudtrail' && isAccountId(accountId) ? found : undefined;
}

function trailOf(reading: Reading, arn: string, item: ConfigItem): Trail {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const { notRecorded } = reading;
  const place = { call: 'cloudtrail:DescribeTrails', accountId, region, resource: arn };
  const read = reading.recording.staleness(item) ?? readOr(reading, place, () => normalizeTrailItem(item));
  const description: Known<TrailDescription> = 'gap' in read ? read : known(read.description);
  const hasNoInsights = !('gap' in read) && read.hasInsightSelectors === false;
  return {
    arn,
    name: resource.replace(/^trail\//, ''),
    accountId,
    homeRegion: region,
    description,
    status: notRecorded.gap('cloudtrail:GetTrailStatus'),
    eventSelectors: notRecorded.gap('cloudtrail:GetEventSelectors'),
    insightSelectors: hasNoInsights ? known([]) : notRecorded.gap('cloudtrail:GetInsightSelectors'),
    evidence: { 'cloudtrail:DescribeTrails': evidenceOfItem(reading, item) },
  };
}
