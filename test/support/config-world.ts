import { collectFromConfig, type ConfigOptions } from '../../src/collect/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { collectFrom, impatience, useFakeAws } from './collect-from.js';
import { itemsOf } from './config-items.js';
import type { FakeAws, FakeAwsOptions, World, WorldAggregator, WorldConfig } from './fake-aws/index.js';
import { management } from './worlds.js';

export const aggregator: WorldAggregator = {
  accountId: management,
  region: 'us-east-1',
  name: 'organization',
  accounts: null,
};

/** The world with AWS Config in it, which recorded it as it is; a test replaces what it is about. */
export async function recordedWorld(world: World, parts: Partial<WorldConfig> = {}): Promise<World> {
  const { inventory } = await collectFrom(world, { deep: true });
  const config = { aggregators: [aggregator], recorders: [], items: itemsOf(inventory), ...parts };
  return { ...world, config };
}

export interface ReadConfig {
  readonly inventory: Inventory;
  readonly aws: FakeAws;
}

/** Reads what AWS Config recorded of a world, through the real SDK. */
export async function readConfig(
  world: World,
  options: Partial<ConfigOptions> & { readonly fake?: FakeAwsOptions } = {},
): Promise<ReadConfig> {
  const { fake, ...rest } = options;
  const aws = await useFakeAws(world, fake, { region: 'us-east-1' });
  const inventory = await collectFromConfig({
    ...impatience,
    aggregator: aggregator.name,
    topUp: false,
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    ...rest,
  });
  return { inventory, aws };
}
