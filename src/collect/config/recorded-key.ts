import { parseArn } from '../../model/identifiers.js';
import type { Key, KeyMetadata, KeyRotation } from '../../model/inventory.js';
import { absent, known, type Known, type Unknown } from '../../model/known.js';
import {
  canRotate,
  type ConfigItem,
  keyPolicyOf,
  normalizeKeyItem,
  required,
  rotationOf,
} from '../../normalize/index.js';
import type { Asked } from '../aws/ledger.js';
import { evidenceOfItem, noRecord, readOr, type Reading } from './reading.js';

type State = Pick<Key, 'metadata' | 'rotation' | 'policy'>;

/** A key as its last item tells it; without one, that it is unknown. */
export function recordedKey(
  reading: Reading,
  arn: string,
  names: readonly string[],
  item: ConfigItem | undefined,
  gap: Unknown | undefined,
): Key {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const grants = reading.notRecorded.gap('kms:ListGrants');
  const key = { arn, keyId: resource.replace(/^key\//, ''), accountId, region, names, grants };
  const place = { call: 'kms:DescribeKey', accountId, region, resource: arn };
  if (item === undefined) {
    const message = resource.startsWith('alias/')
      ? `AWS Config records keys by their id: which key ${arn} refers to is not known.`
      : `AWS Config has no item of key ${arn}: no recorder whose items were read records its account and Region.`;
    return { ...key, ...unread(gap ?? noRecord(reading, place, message)), evidence: {} };
  }
  const id = evidenceOfItem(reading, item);
  const evidence = { 'kms:DescribeKey': id, 'kms:GetKeyRotationStatus': id, 'kms:GetKeyPolicy': id };
  const stale = reading.recording.staleness(item);
  if (stale !== undefined) return { ...key, ...unread(stale), evidence };
  return { ...key, ...(item.isGone ? endOf(reading, place, item) : stateOf(reading, place, item)), evidence };
}

function unread(it: Unknown): State {
  return { metadata: it, rotation: it, policy: it };
}

/** A key that is gone is known to be just that: nothing that it encrypted can be read again. */
function endOf(reading: Reading, place: Asked, { capturedAt, isLeft }: ConfigItem): State {
  const message = isLeft
    ? `AWS Config records key ${place.resource} no longer since ${capturedAt}: what became of it is not known.`
    : `Key ${place.resource} was deleted, as AWS Config recorded at ${capturedAt}: what it was is not known.`;
  const state = unread(noRecord(reading, place, message));
  return isLeft ? state : { ...state, metadata: known({ keyState: 'Deleted', multiRegion: false }) };
}

function stateOf(reading: Reading, place: Asked, item: ConfigItem): State {
  const metadata: Known<KeyMetadata> = readOr(reading, place, () => known(normalizeKeyItem(item)), 'error');
  const policy: Known<string> = readOr(reading, { ...place, call: 'kms:GetKeyPolicy' }, () =>
    known(required(keyPolicyOf(item), 'Policy')),
  );
  return { metadata, rotation: rotation(reading, metadata, item), policy };
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
