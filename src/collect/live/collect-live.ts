import type { Inventory } from '../../model/inventory.js';
import type { KeptRun } from '../../model/kept-answers.js';
import { byText } from '../../text/order.js';
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
  return (await collectAndTell(options)).inventory;
}

/** As {@link collect}, with what a run that keeps its answers must say of itself. */
export async function collectAndTell(
  options: CollectOptions,
): Promise<{ readonly inventory: Inventory; readonly run: KeptRun }> {
  const calls = withScope(options);
  return await startRun({ ...options, calls }, async ({ settings, base, region, onProgress }) => {
    const inventory = await collectLive(settings, base, { ...options, region, onProgress });
    const { scope, roleName, logArchiveAccount, deep, accountTags, version } = options;
    return {
      inventory,
      run: {
        version,
        capturedAt: inventory.capturedAt,
        region,
        roleName,
        ...(logArchiveAccount === undefined ? {} : { logArchiveAccount }),
        scope,
        deep,
        accountTags: accountTags === true,
        calls: calls === undefined ? null : [...calls].toSorted(byText),
        apiCalls: inventory.apiCalls,
      },
    };
  });
}

/** A scope by OU needs the OU of each account, whatever the policies read. */
export function withScope({ calls, scope }: CollectOptions): ReadonlySet<string> | undefined {
  return calls === undefined || scope.organizationalUnits.length === 0 ? calls : new Set([...calls, ...structureCalls]);
}
