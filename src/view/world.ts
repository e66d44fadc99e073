import type { ViewObject } from '../expression/index.js';
import type { Credit, GapSink, Coverages } from '../facts/index.js';
import type {
  Account,
  Bucket,
  EventDataStore,
  Gap,
  Inventory,
  Key,
  LogGroup,
  Organization,
  Trail,
} from '../model/inventory.js';
import type { Lookup } from './lookup.js';

/** What all objects of a View share. Each resource of the inventory has one object. */
export interface World {
  readonly inventory: Inventory;
  readonly lookup: Lookup;
  readonly coverages: Coverages;
  readonly gaps: GapSink;
  readonly organization: (it: Organization) => ViewObject;
  readonly account: (it: Account) => ViewObject;
  readonly trail: (it: Trail) => ViewObject;
  /** A trail as it is in one account: what others are told of it does not count there. */
  readonly trailSeenBy: (arn: string, account: Account) => ViewObject;
  readonly eventDataStore: (it: EventDataStore) => ViewObject;
  readonly bucket: (it: Bucket) => ViewObject;
  readonly key: (it: Key) => ViewObject;
  readonly logGroup: (it: LogGroup) => ViewObject;
  creditsOf(account: Account): readonly Credit[];
  /** Notes why something is unknown for which no call left a reason; gives the gap's id. */
  note(gap: Omit<Gap, 'id' | 'at'>): string;
}
