import { collect, type CollectOptions } from '../../src/collect/index.js';
import type { Inventory } from '../../src/model/inventory.js';

/** Collects from the organization that the environment leads to, with the settings of a first run. */
export async function collectFromMoto(options: Partial<CollectOptions> = {}): Promise<Inventory> {
  return await collect({
    version: '0.0.0-test',
    region: undefined,
    roleName: 'TrailproofAudit',
    externalId: undefined,
    logArchiveAccount: undefined,
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    deep: false,
    concurrency: 8,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  });
}
