import { parseArn } from '../../model/identifiers.js';
import type { Bucket, Key, KeyMetadata, KeyRotation, LogGroup, Trail } from '../../model/inventory.js';
import { absent, known, type Known, type Unknown } from '../../model/known.js';
import {
  type ConfigItem,
  canRotate,
  keyPolicyOf,
  normalizeKeyItem,
  rotationOf,
  required,
} from '../../normalize/index.js';
import { evidenceOfItem, noRecord, readOr, type Reading } from './reading.js';
import { byText } from '../../text/order.js';

/** The keys that trails and their buckets name. */
export async function readRecordedKeys(
  reading: Reading,
  trails: readonly Trail[],
  buckets: readonly Bucket[],
): Promise<Key[]> {
  const names = namedKeys(reading, trails, buckets);
  const ids = [...names.keys()].flatMap((arn) => keyIdIn(arn) ?? []);
  if (names.size === 0) return [];
  const { items, gap } = await reading.source.items('AWS::KMS::Key', { ids });
  const byArn = new Map(items.map((item) => [arnOf(reading, item), item]));
  return [...names]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([arn, names_]) => keyOf(reading, arn, [...names_].toSorted(), byArn.get(arn), gap));
}

/** ARN → the names by which it is named; an id without an ARN is one of the account and Region that it is used in. */
function namedKeys(
  { partition }: Reading,
  trails: readonly Trail[],
  buckets: readonly Bucket[],
): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const add = (name: string | undefined, accountId: string, region: string): void => {
    if (name === undefined) return;
    const resource = name.startsWith('alias/') ? name : `key/${name}`;
    const arn = name.startsWith('arn:') ? name : `arn:${partition}:kms:${region}:${accountId}:${resource}`;
    names.set(arn, (names.get(arn) ?? new Set([arn])).add(name));
  };
  for (const { description: it, accountId, homeRegion } of trails) {
    if (it.state === 'known') add(it.value.kmsKeyId, accountId, homeRegion);
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

function keyOf(
  reading: Reading,
  arn: string,
  names: readonly string[],
  item: ConfigItem | undefined,
  gap: Unknown | undefined,
): Key {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const key = { arn, keyId: resource.replace(/^key\//, ''), accountId, region, names };
  const place = { call: 'kms:DescribeKey', accountId, region, resource: arn };
  if (item === undefined) {
    const message = resource.startsWith('alias/')
      ? `AWS Config records keys by their id: which key ${arn} refers to is not known.`
      : `AWS Config has no item of key ${arn}: no recorder whose items were read records its account and Region.`;
    const unread = gap ?? noRecord(reading, place, message);
    return { ...key, metadata: unread, rotation: unread, policy: unread, evidence: {} };
  }
  const id = evidenceOfItem(reading, item);
  const evidence = { 'kms:DescribeKey': id, 'kms:GetKeyRotationStatus': id, 'kms:GetKeyPolicy': id };
  const stale = reading.recording.staleness(item);
  if (stale !== undefined) return { ...key, metadata: stale, rotation: stale, policy: stale, evidence };
  const metadata: Known<KeyMetadata> = readOr(reading, place, () => known(normalizeKeyItem(item)));
  const policy: Known<string> = readOr(reading, { ...place, call: 'kms:GetKeyPolicy' }, () =>
    known(required(keyPolicyOf(item), 'Policy')),
  );
  return { ...key, metadata, rotation: rotation(reading, metadata, item), policy, evidence };
}

/** Off is off; on is known as such only together with how often, which AWS Config does not record. */
function rotation(reading: Reading, metadata: Known<KeyMetadata>, item: ConfigItem): Known<KeyRotation> {
  if (metadata.state !== 'known') return metadata;
  const { accountId, region, resourceId } = item;
  const place = { call: 'kms:GetKeyRotationStatus', accountId, region, resource: resourceId };
  const enabled: Known<boolean> = readOr(reading, place, () =>
    required(canRotate(metadata.value), 'keySpec or origin')
      ? known(required(rotationOf(item), 'KeyRotationStatus'))
      : absent,
  );
  if (enabled.state !== 'known') return enabled;
  return enabled.value ? reading.notRecorded.gap('kms:GetKeyRotationStatus') : known({ enabled: false });
}

/** The log groups that trails name: that they are named is all there is to know. */
export function namedLogGroups({ notRecorded }: Reading, trails: readonly Trail[]): LogGroup[] {
  const arns = trails.flatMap(({ description: it }) =>
    it.state === 'known' && it.value.cloudWatchLogsLogGroupArn !== undefined ? it.value.cloudWatchLogsLogGroupArn : [],
  );
  return [...new Set(arns)].toSorted().map((arn) => {
    const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
    const name = resource.replace(/^log-group:/, '');
    return { arn, name, accountId, region, details: notRecorded.gap('logs:DescribeLogGroups'), evidence: {} };
  });
}
