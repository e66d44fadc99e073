import type { ViewObject } from '../expression/index.js';
import type { AlarmChains, Credit, Coverages, EventReactions, GapSink } from '../facts/index.js';
import type { Account, Gap, Inventory, Organization } from '../model/inventory.js';
import type { ListedType, ResourceOf, VariableOf } from '../model/resource-kinds.js';
import type { Lookup } from './lookup.js';

/** Of each kind that the inventory lists, under its name in expressions: the object of a resource. */
export type ObjectsByName = { readonly [K in ListedType as VariableOf<K>]: (it: ResourceOf<K>) => ViewObject };

/** Why there is nothing in the inventory of what AWS Config never tells. */
export function neverRecorded({ source }: Inventory): 'not-recorded-by-config' | 'not-collected' {
  return source === 'config' ? 'not-recorded-by-config' : 'not-collected';
}

/** What all objects of a View share. Each resource of the inventory has one object. */
export interface World extends ObjectsByName {
  readonly inventory: Inventory;
  readonly lookup: Lookup;
  readonly coverages: Coverages;
  readonly alarmChains: AlarmChains;
  readonly eventReactions: EventReactions;
  readonly gaps: GapSink;
  readonly organization: (it: Organization) => ViewObject;
  /** The object of a resource, for who does not know of which kind it is. */
  readonly object: <K extends ListedType>(kind: K, it: ResourceOf<K>) => ViewObject;
  /** A trail as it is in one account: what others are told of it does not count there. */
  readonly trailSeenBy: (arn: string, account: Account) => ViewObject;
  creditsOf(account: Account): readonly Credit[];
  /** Lets go of what was computed of an account alone: asked again, it is computed again. */
  forget(account: Account): void;
  /** Notes why something is unknown for which no call left a reason; gives the gap's id. */
  note(gap: Omit<Gap, 'id' | 'at'>): string;
}
