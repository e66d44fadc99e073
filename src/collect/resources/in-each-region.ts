import { alwaysEnabledRegions } from '../../model/identifiers.js';
import type { Account } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import type { Context } from '../run/context.js';
import { enabledRegions } from './regions.js';

/** What an account owns of a kind. */
export interface Owned<T> {
  /** Their ARNs; unknown when the Regions could not be listed or one not asked: then there may be more than were found. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly T[];
}

/** What one Region told of a kind. */
export interface InRegion<T> {
  readonly list: Known<unknown>;
  readonly found: readonly T[];
}

/** The Regions to ask: those that are enabled or, where they could not be listed, those that nobody can disable. */
export function regionsToAsk({ partition }: Context, regions: Account['regions']): readonly string[] {
  return enabledRegions(regions) ?? alwaysEnabledRegions(partition);
}

/** Asks each enabled Region of an account for what it owns there. */
export async function ownedInRegions<T extends { readonly arn: string }>(
  context: Context,
  regions: Account['regions'],
  read: (region: string) => Promise<InRegion<T>>,
): Promise<Owned<T>> {
  const told = await Promise.all(regionsToAsk(context, regions).map(async (region) => await read(region)));
  const found = told.flatMap((it) => it.found);
  const gap = [regions, ...told.map((it) => it.list)].find((it): it is Unknown => it.state === 'unknown');
  return { arns: gap ?? known(found.map(({ arn }) => arn).toSorted()), found };
}

/** The same for what each Region has one of, whose ARN is known beforehand. */
export async function oneInEachRegion<T extends { readonly arn: string }>(
  context: Context,
  regions: Account['regions'],
  read: (region: string) => Promise<T>,
): Promise<Owned<T>> {
  return await ownedInRegions(context, regions, async (region) => ({
    list: known(undefined),
    found: [await read(region)],
  }));
}
