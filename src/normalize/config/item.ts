import { MalformedAnswer, required } from '../malformed-answer.js';
import { optionalTime } from '../text.js';
import { decodeObject, textIn, type JsonObject } from './json.js';
import { byText } from '../../text/order.js';

/** The types of resources that are used. */
export const itemTypes = [
  'AWS::CloudTrail::Trail',
  'AWS::CloudTrail::EventDataStore',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::Config::ConfigurationRecorder',
] as const;

export type ItemType = (typeof itemTypes)[number];

export function isItemType(text: unknown): text is ItemType {
  return itemTypes.some((type) => type === text);
}

/** A configuration item: what AWS Config recorded of a resource at a moment, whichever of its encodings it came in. */
export interface ConfigItem {
  readonly type: ItemType;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly arn: string | undefined;
  /** RFC 3339: when AWS Config saw the resource so. */
  readonly capturedAt: string;
  /** The resource was deleted, or is no longer recorded: the item tells of its end, not of its state. */
  readonly isGone: boolean;
  /** It ends because nobody records it any more: whether the resource is still there is not known. */
  readonly isLeft: boolean;
  /** AWS Config had not seen the resource before. Any other item follows on an earlier one. */
  readonly isDiscovery: boolean;
  /** RFC 3339: when the resource was created, where AWS Config says so. */
  readonly createdAt: string | undefined;
  readonly configuration: JsonObject;
  readonly supplementary: JsonObject;
}

const goneStatuses = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded']);

/** Source: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html, configurationItemStatus */
const statuses = new Set(['OK', 'ResourceDiscovered', ...goneStatuses]);

/**
 * Reads an item in any of the four encodings: of the API (`accountId`, `arn`, configuration as a text of JSON), of
 * snapshots, history files and rule events (`awsAccountId`, `ARN`, objects), of query results, and of notifications.
 *
 * @throws MalformedAnswer that names the member which is missing or wrong
 */
export function normalizeItem(raw: JsonObject): ConfigItem {
  const type = raw['resourceType'];
  if (!isItemType(type)) throw new MalformedAnswer(`The configuration item has a type that is not read.`);
  const status = textIn(raw, 'configurationItemStatus');
  if (status !== undefined && !statuses.has(status)) {
    throw new MalformedAnswer(`The configuration item has a status that is not known: ${status}.`);
  }
  const isGone = status !== undefined && goneStatuses.has(status);
  const accountId = required(textIn(raw, 'accountId') ?? textIn(raw, 'awsAccountId'), 'accountId');
  if (!/^\d{12}$/.test(accountId)) throw new MalformedAnswer('The configuration item has no account id of 12 digits.');
  const configuration = isGone ? undefined : decodeObject(raw['configuration'], 'configuration');
  return {
    type,
    accountId,
    region: required(textIn(raw, 'awsRegion'), 'awsRegion'),
    resourceId: required(textIn(raw, 'resourceId'), 'resourceId'),
    arn: textIn(raw, 'arn') ?? textIn(raw, 'ARN'),
    capturedAt: required(timeIn(raw['configurationItemCaptureTime'], captureTime), captureTime),
    isGone,
    isLeft: status === 'ResourceNotRecorded',
    isDiscovery: status === 'ResourceDiscovered',
    createdAt: timeIn(raw['resourceCreationTime'], 'resourceCreationTime'),
    configuration: isGone ? {} : required(configuration, 'configuration'),
    supplementary: isGone ? {} : (decodeObject(raw['supplementaryConfiguration'], 'supplementaryConfiguration') ?? {}),
  };
}

/**
 * An item of which a part cannot be read, without that part: what it is of and when it was captured is known, and the
 * item takes the place of earlier ones, which no longer hold.
 *
 * @returns undefined where not even that can be read
 */
export function hollowItem(raw: JsonObject): ConfigItem | undefined {
  const { resourceCreationTime: _, ...dated } = raw;
  const nothing = { configuration: {}, supplementaryConfiguration: {} };
  const parts = [
    {},
    { supplementaryConfiguration: {} },
    { configuration: {} },
    nothing,
    // What a status means that is not known decides whether the rest holds.
    { ...nothing, configurationItemStatus: undefined },
  ];
  for (const part of parts) {
    try {
      return normalizeItem({ ...dated, ...part });
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
    }
  }
  return undefined;
}

const captureTime = 'configurationItemCaptureTime';

/** A date of the SDK's, a text (old items write an offset instead of Z), or seconds or milliseconds since 1970. */
function timeIn(value: unknown, member: string): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number') return optionalTime(new Date(value < 1e11 ? value * 1000 : value), member);
  if (value === undefined || value instanceof Date || typeof value === 'string') return optionalTime(value, member);
  throw new MalformedAnswer(`The configuration item's ${member} is not a time.`);
}

/**
 * Keeps the last item of each resource up to a moment; a resource whose last item tells of its end drops out. Of two
 * items of the same moment the one that came later counts.
 */
export class LatestItems {
  private readonly byResource = new Map<string, ConfigItem>();
  private readonly nextOnes = new Map<string, ConfigItem>();

  /** @param asOf RFC 3339; undefined: the last of all */
  constructor(private readonly asOf?: string) {}

  add(item: ConfigItem): void {
    const key = resourceKey(item);
    if (this.asOf !== undefined && item.capturedAt > this.asOf) {
      const other = this.nextOnes.get(key);
      if (other === undefined || item.capturedAt <= other.capturedAt) this.nextOnes.set(key, item);
      return;
    }
    const other = this.byResource.get(key);
    if (other === undefined || other.capturedAt <= item.capturedAt) this.byResource.set(key, item);
  }

  /** Those that still exist, sorted. */
  items(): ConfigItem[] {
    return this.sorted((item) => !item.isGone);
  }

  /** Last items that tell of their resource's end. */
  ended(): ConfigItem[] {
    return this.sorted((item) => item.isGone);
  }

  /** The first item of the resource after the moment. */
  next(item: ConfigItem): ConfigItem | undefined {
    return this.nextOnes.get(resourceKey(item));
  }

  private sorted(isMeant: (item: ConfigItem) => boolean): ConfigItem[] {
    return [...this.byResource]
      .filter(([, item]) => isMeant(item))
      .toSorted(([a], [b]) => byText(a, b))
      .map(([, item]) => item);
  }
}

export function latestItems(items: Iterable<ConfigItem>): ConfigItem[] {
  const latest = new LatestItems();
  for (const item of items) latest.add(item);
  return latest.items();
}

/** What names a resource among all others. */
export function resourceKey({ type, accountId, region, resourceId }: ConfigItem): string {
  return [type, accountId, region, resourceId].join('\n');
}
