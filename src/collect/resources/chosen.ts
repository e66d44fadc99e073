import type { Account, Inventory } from '../../model/inventory.js';
import type { Known, Unknown } from '../../model/known.js';
import { listedKinds, type ChosenType, type ListOf, type ResourceOf } from '../../model/resource-kinds.js';
import { byArn } from '../../text/order.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { readDistributions } from './distributions.js';
import { readEventBuses } from './event-buses.js';
import { readLoadBalancers } from './load-balancers.js';
import { readSecurityHubs } from './security-hubs.js';
import { readVpcs } from './vpcs.js';

/** What an account has of a kind. */
interface Owned<T> {
  /** Their ARNs; unknown when their list could not be read to its end: then there may be more than were found. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly T[];
}

interface Reader<T> {
  /** Each enabled Region is asked, so that the account's Regions are read. */
  readonly isRegional: boolean;
  readonly read: (context: Context, session: Session, regions: Account['regions']) => Promise<Owned<T>>;
}

/** What reads each kind that accounts are asked for only where a policy asks. */
const readers: { readonly [K in ChosenType]: Reader<ResourceOf<K>> } = {
  vpc: { isRegional: true, read: readVpcs },
  distribution: { isRegional: false, read: readDistributions },
  'load-balancer': { isRegional: true, read: readLoadBalancers },
  'event-bus': { isRegional: true, read: readEventBuses },
  'security-hub': { isRegional: true, read: readSecurityHubs },
};

/** ARNs by the names of lists, as an account tells them. */
export type ChosenArns = Pick<Account, ListOf<ChosenType>>;

/** Resources by the names of their lists. */
export type ChosenLists = Pick<Inventory, ListOf<ChosenType>>;

export type Chosen = ReadonlySet<ChosenType>;

export function needsRegions(chosen: Chosen): boolean {
  return [...chosen].some((kind) => readers[kind].isRegional);
}

/** Reads what an account has of the kinds that are asked for. */
export async function readChosen(
  context: Context,
  session: Session,
  regions: Account['regions'],
  chosen: Chosen,
): Promise<{ readonly arns: ChosenArns; readonly found: ChosenLists }> {
  const read = await Promise.all(
    [...chosen].map(async (kind) => [kind, await readers[kind].read(context, session, regions)] as const),
  );
  return {
    arns: Object.fromEntries(read.map(([kind, { arns }]) => [listedKinds[kind].list, arns])),
    // The reader of a kind finds what its list holds.
    found: Object.fromEntries(read.map(([kind, { found }]) => [listedKinds[kind].list, found])),
  };
}

/** What an account that could not be asked tells of the kinds that are asked for. */
export function unreadChosen(chosen: Chosen, gap: Unknown): ChosenArns {
  return Object.fromEntries([...chosen].map((kind) => [listedKinds[kind].list, gap]));
}

/** What several accounts have, as the inventory lists it. */
export function joinedChosen(chosen: Chosen, all: readonly ChosenLists[]): ChosenLists {
  const joined = [...chosen].map((kind) => {
    const { list } = listedKinds[kind];
    return [list, all.flatMap((it): readonly { readonly arn: string }[] => it[list] ?? []).toSorted(byArn)] as const;
  });
  // Each list is made of lists of its name.
  return Object.fromEntries(joined);
}
