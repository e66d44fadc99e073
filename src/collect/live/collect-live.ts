import type { Inventory } from '../../model/inventory.js';
import { structureCalls } from '../aws/permissions.js';
import { startRun, type RunOptions } from '../run/start.js';
import { collectLive, type LiveOptions } from './collect.js';

export interface CollectOptions extends Omit<LiveOptions, 'region' | 'onProgress'>, RunOptions {}

/**
 * Reads the live state with the credentials that every AWS tool finds: environment, profile, SSO, container, OIDC.
 *
 * @returns the inventory; when `signal` aborts, what was read until then, with gaps for the rest.
 * @throws UsageError when nothing can be read, InterruptedError when it was stopped before anything was.
 */
export async function collect(options: CollectOptions): Promise<Inventory> {
  return await startRun(
    { ...options, calls: withScope(options) },
    async ({ settings, base, region, onProgress }) =>
      await collectLive(settings, base, { ...options, region, onProgress }),
  );
}

/** A scope by OU needs the OU of each account, whatever the policies read. */
export function withScope({ calls, scope }: CollectOptions): ReadonlySet<string> | undefined {
  return calls === undefined || scope.organizationalUnits.length === 0 ? calls : new Set([...calls, ...structureCalls]);
}
