import { isAccountId, parseArn } from '../../model/identifiers.js';
import type { Trail } from '../../model/inventory.js';
import { known, type Unknown } from '../../model/known.js';
import {
  type ConfigItem,
  type FoldedTrail,
  foldTrailItems,
  isWholeTrail,
  normalizeTrailItem,
  type RecordedTrail,
} from '../../normalize/index.js';
import type { Asked } from '../aws/ledger.js';
import { evidenceOfItem, noRecord, readOr, type Reading } from './reading.js';
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
  const { items, ended = [], evidence, gap } = await reading.source.items('AWS::CloudTrail::Trail');
  const seenIn = new Map<string, Set<string>>();
  const nameless = items.filter((item) => trailArnOf(item) === undefined).map((item) => unnamed(reading, item));
  for (const item of items) {
    const arn = trailArnOf(item);
    if (arn !== undefined) seenIn.set(arn, (seenIn.get(arn) ?? new Set()).add(item.accountId));
  }
  const folded = foldTrailItems(items, ended, (item) => trailArnOf(item) ?? arnByName(reading, item));
  const trails = [...folded].map(([arn, it]) => trailOf(reading, arn, it));
  const open = gap ?? nameless[0];
  return { trails: trails.toSorted(byArn), seenIn, evidence, ...(open === undefined ? {} : { gap: open }) };
}

/** The trail that an item is of: its configuration says so, as resourceId is but the name. */
export function trailArnOf({ configuration, arn }: ConfigItem): string | undefined {
  const inside = configuration['trailARN'];
  const found = typeof inside === 'string' && inside !== '' ? inside : arn;
  const { service, accountId = '' } = parseArn(found ?? '') ?? {};
  return service === 'cloudtrail' && isAccountId(accountId) ? found : undefined;
}

/** A trail is there, and nothing says which: it may be a copy of another Region's or account's. */
function unnamed({ ledger, at }: Reading, { accountId, region, resourceId }: ConfigItem): Unknown {
  const place = { call: 'cloudtrail:DescribeTrails', accountId, region, resource: resourceId };
  const message = `The configuration item of trail ${resourceId} has no ARN: which trail it is of is not known.`;
  return ledger.addGap(place, { reason: 'error', message }, at);
}

/** An item of a trail's end may name it only: it is of the trail of that name in the same account and Region. */
function arnByName({ partition }: Reading, { isGone, accountId, region, resourceId }: ConfigItem): string | undefined {
  return isGone ? `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${resourceId}` : undefined;
}

function trailOf(reading: Reading, arn: string, { item, doubtfulEnd }: FoldedTrail): Trail {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const { notRecorded } = reading;
  const place = { call: 'cloudtrail:DescribeTrails', accountId, region, resource: arn };
  const read =
    reading.recording.staleness(item) ??
    (doubtfulEnd === undefined ? undefined : endOfCopy(reading, arn, item, doubtfulEnd)) ??
    readOr(reading, place, () => normalizeTrailItem(item), 'error');
  const hasNoInsights = !('gap' in read) && read.hasInsightSelectors === false;
  return {
    arn,
    name: resource.replace(/^trail\//, ''),
    accountId,
    homeRegion: region,
    ...('gap' in read ? { description: read } : described(reading, place, read)),
    status: notRecorded.gap('cloudtrail:GetTrailStatus'),
    eventSelectors: notRecorded.gap('cloudtrail:GetEventSelectors'),
    insightSelectors: hasNoInsights ? known([]) : notRecorded.gap('cloudtrail:GetInsightSelectors'),
    evidence: { 'cloudtrail:DescribeTrails': evidenceOfItem(reading, item) },
  };
}

/** A member that the item lacks opens only what needs it. */
function described(reading: Reading, place: Asked, recorded: RecordedTrail): Pick<Trail, 'description' | 'told'> {
  if (isWholeTrail(recorded)) return { description: known(recorded.description) };
  const message = `The configuration item of trail ${place.resource} lacks ${recorded.missing.join(', ')}.`;
  return { description: noRecord(reading, place, message), told: recorded.description };
}

/** Whether the trail ended, or one Region or account left it, is not told: or it ended, and is seen elsewhere later. */
function endOfCopy(reading: Reading, arn: string, seen: ConfigItem, end: ConfigItem): Unknown {
  const { accountId, region, capturedAt } = end;
  const place = { call: 'cloudtrail:DescribeTrails', accountId, region, resource: arn };
  if (seen === end) {
    const left = `AWS Config told at ${capturedAt} that it no longer records trail ${arn}: whether it is still there, and how it is set, is not known.`;
    return reading.ledger.addGap(place, { reason: 'not-collected', message: left }, reading.at);
  }
  const why =
    seen.capturedAt > capturedAt
      ? `account ${seen.accountId} has it in ${seen.region} at ${seen.capturedAt} all the same`
      : 'no item of its home Region was read';
  const message =
    `AWS Config recorded at ${capturedAt} that account ${accountId} has trail ${arn} in ${region} no longer, and ${why}: ` +
    'whether it is still there is not known.';
  return noRecord(reading, place, message);
}
