import { parseArn } from '../../model/identifiers.js';
import type { Account, EventDataStore, EventDataStoreDetails, Organization } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import { type ConfigItem, normalizeStoreItem } from '../../normalize/index.js';
import { byArn } from '../../text/order.js';
import { evidenceOfItem, readOr, type Reading } from './reading.js';

const storeType = 'AWS::CloudTrail::EventDataStore';

export interface RecordedStores {
  readonly stores: readonly EventDataStore[];
  readonly evidence: Readonly<Record<string, string>>;
  /** Why stores may be missing. */
  readonly gap?: Unknown;
}

/** Every event data store that was recorded. */
export async function readRecordedStores(reading: Reading): Promise<RecordedStores> {
  const { items, evidence, gap } = await reading.source.items(storeType);
  const stores = items.flatMap((item) => storeOf(reading, item) ?? []);
  const nameless = items.filter((item) => storeArnOf(item) === undefined).map((item) => unnamed(reading, item));
  const open = gap ?? nameless[0];
  return { stores: stores.toSorted(byArn), evidence, ...(open === undefined ? {} : { gap: open }) };
}

/** A store is there, and nothing says which. */
function unnamed({ ledger, at }: Reading, { accountId, region, resourceId }: ConfigItem): Unknown {
  const place = { call: 'cloudtrail:ListEventDataStores', accountId, region, resource: resourceId };
  const message = `The configuration item of event data store ${resourceId} has no ARN: which store it is of is not known.`;
  return ledger.addGap(place, { reason: 'error', message }, at);
}

/** The store that an item is of; undefined for one that does not say which. */
export function storeArnOf({ configuration, arn, resourceId }: ConfigItem): string | undefined {
  const inside = configuration['EventDataStoreArn'];
  return [inside, arn, resourceId].find(
    (it): it is string => typeof it === 'string' && parseArn(it)?.resource.startsWith('eventdatastore/') === true,
  );
}

function storeOf(reading: Reading, item: ConfigItem): EventDataStore | undefined {
  const arn = storeArnOf(item);
  if (arn === undefined) return undefined;
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const place = { call: 'cloudtrail:GetEventDataStore', accountId, region, resource: arn };
  const name = item.configuration['Name'];
  const details: Known<EventDataStoreDetails> =
    reading.recording.staleness(item) ?? readOr(reading, place, () => known(normalizeStoreItem(item)), 'error');
  return {
    arn,
    name: typeof name === 'string' ? name : resource.replace(/^eventdatastore\//, ''),
    accountId,
    region,
    details,
    evidence: { 'cloudtrail:GetEventDataStore': evidenceOfItem(reading, item) },
  };
}

/**
 * What is known of an account's own stores: that there are no others only where a recorder of each of its Regions records
 * them. Undefined: nobody asks, as a member's own stores are outside of the question.
 */
export function storesOf(
  reading: Reading,
  accountId: string,
  { stores, gap }: RecordedStores,
  isAsked: boolean,
): Account['eventDataStores'] {
  const own = stores.filter((it) => it.accountId === accountId).map((it) => it.arn);
  const isWhole = gap === undefined && reading.recording.missing(storeType, accountId) === undefined;
  if (isWhole || (!isAsked && own.length > 0)) return known(own.toSorted());
  return isAsked ? (gap ?? reading.notRecorded.gap('cloudtrail:ListEventDataStores')) : undefined;
}

/** The organization without the gap of its stores, where all who may own one are known to have no others. */
export function withoutStoresGap(organization: Organization, accounts: readonly Account[]): Organization {
  const { delegatedAdministrators: administrators, managementAccountId, eventDataStoresGap: _, ...rest } = organization;
  if (administrators.state !== 'known') return organization;
  const owners = [managementAccountId, ...administrators.value];
  const isTold = owners.every((id) => accounts.find((it) => it.id === id)?.eventDataStores?.state === 'known');
  return isTold ? { ...rest, managementAccountId, delegatedAdministrators: administrators } : organization;
}
