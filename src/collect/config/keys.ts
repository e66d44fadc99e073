import { parseArn } from '../../model/identifiers.js';
import type { Bucket, EventDataStore, Key, LogGroup, Trail } from '../../model/inventory.js';
import { toldOf } from '../../model/told.js';
import type { ConfigItem } from '../../normalize/index.js';
import type { Reading } from './reading.js';
import { recordedKey } from './recorded-key.js';
import { byText } from '../../text/order.js';

/** What may name a key. */
interface KeyNamers {
  readonly trails: readonly Trail[];
  readonly buckets: readonly Bucket[];
  readonly stores: readonly EventDataStore[];
}

/** The keys that trails, their buckets and event data stores name. */
export async function readRecordedKeys(reading: Reading, namers: KeyNamers): Promise<Key[]> {
  const names = namedKeys(reading, namers);
  const ids = [...names.keys()].flatMap((arn) => keyIdIn(arn) ?? []);
  if (names.size === 0) return [];
  const { items, ended = [], gap } = await reading.source.items('AWS::KMS::Key', { ids });
  const byArn = new Map([...ended, ...items].map((item) => [arnOf(reading, item), item]));
  return [...names]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([arn, names_]) => recordedKey(reading, arn, [...names_].toSorted(), byArn.get(arn), gap));
}

/** ARN → the names by which it is named; an id without an ARN is one of the account and Region that it is used in. */
function namedKeys({ partition }: Reading, { trails, buckets, stores }: KeyNamers): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const add = (name: string | undefined, accountId: string, region: string): void => {
    if (name === undefined) return;
    const resource = name.startsWith('alias/') ? name : `key/${name}`;
    const arn = name.startsWith('arn:') ? name : `arn:${partition}:kms:${region}:${accountId}:${resource}`;
    names.set(arn, (names.get(arn) ?? new Set([arn])).add(name));
  };
  for (const trail of trails) {
    const it = toldOf(trail);
    if (it.state === 'known') add(it.value.kmsKeyId, trail.accountId, trail.homeRegion);
  }
  for (const { details: it, accountId, region } of stores) {
    if (it.state === 'known') add(it.value.kmsKeyId, accountId, region);
  }
  for (const { encryption: it, owner } of buckets) {
    if (it.state === 'known' && owner.state === 'known') {
      add(it.value.kmsMasterKeyId, owner.value.accountId, owner.value.region);
    }
  }
  return names;
}

function keyIdIn(arn: string): string | undefined {
  return /^key\/(.+)$/.exec(parseArn(arn)?.resource ?? '')?.[1];
}

function arnOf({ partition }: Reading, { accountId, region, resourceId }: ConfigItem): string {
  return `arn:${partition}:kms:${region}:${accountId}:key/${resourceId}`;
}

/** The log groups that trails name: that they are named is all there is to know. */
export function namedLogGroups({ notRecorded }: Reading, trails: readonly Trail[]): LogGroup[] {
  const arns = trails
    .map(toldOf)
    .flatMap((it) =>
      it.state === 'known' && it.value.cloudWatchLogsLogGroupArn !== undefined
        ? it.value.cloudWatchLogsLogGroupArn
        : [],
    );
  return [...new Set(arns)].toSorted().map((arn) => {
    const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
    const name = resource.replace(/^log-group:/, '');
    return {
      arn,
      name,
      accountId,
      region,
      details: notRecorded.gap('logs:DescribeLogGroups'),
      metricFilters: notRecorded.gap('logs:DescribeMetricFilters'),
      evidence: {},
    };
  });
}
