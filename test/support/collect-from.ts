import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import { collect, type CollectOptions } from '../../src/collect/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { startFakeAws, type CallerChoice, type FakeAws, type FakeAwsOptions } from './fake-aws/index.js';
import type { World } from './fake-aws/index.js';

export interface CollectFromOptions extends Omit<Partial<CollectOptions>, 'scope'> {
  readonly caller?: CallerChoice;
  readonly aws?: FakeAwsOptions;
  readonly scope?: Partial<CollectOptions['scope']>;
}

export interface Collected {
  readonly inventory: Inventory;
  readonly aws: FakeAws;
  /** Requests by account: `{ '111122223333': { 'cloudtrail:ListTrails': 1 } }`; AssumeRole counts for the account entered. */
  readonly callsIn: (accountId: string) => Record<string, number>;
}

/** Reads a world through the real SDK, impatiently: what AWS lets wait for seconds takes milliseconds here. */
export async function collectFrom(world: World, options: CollectFromOptions = {}): Promise<Collected> {
  const { caller, aws: awsOptions, scope, ...rest } = options;
  const aws = await useFakeAws(world, awsOptions, caller);
  const inventory = await collect({ ...impatience, ...rest, scope: { ...everything, ...scope } });
  return { inventory, aws, callsIn: (accountId) => callsIn(aws, accountId) };
}

/** Starts a fake AWS for the rest of the test, with the environment of a caller that uses it. */
export async function useFakeAws(world: World, options?: FakeAwsOptions, caller?: CallerChoice): Promise<FakeAws> {
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await aws.close();
  });
  const cleared = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_REGION'].map((name) => [name, undefined] as const);
  for (const [name, value] of [...cleared, ...Object.entries(aws.environment(caller))]) vi.stubEnv(name, value);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  return aws;
}

const everything: CollectOptions['scope'] = { accounts: [], excludedAccounts: [], organizationalUnits: [] };

/** Means of a run that pauses nowhere, where AWS lets pause for seconds; answers may come late, on a busy machine. */
export const impatience: Omit<CollectOptions, 'scope'> = {
  version: '0.0.0-test',
  region: undefined,
  roleName: 'TrailproofAudit',
  externalId: undefined,
  logArchiveAccount: undefined,
  deep: false,
  concurrency: 8,
  signal: new AbortController().signal,
  onProgress: () => {},
  tuning: {
    clock: {
      now: () => Date.now(),
      // Quotas and retries: what is waited for is reckoned, and not waited for.
      sleep: async (_, signal) => {
        await setImmediate();
        signal?.throwIfAborted();
      },
    },
    timeouts: { connect: 10_000, answer: 30_000 },
    maxAttempts: 3,
    backoff: { transient: 1, throttled: 2 },
    deadline: 60_000,
  },
};

function callsIn(aws: FakeAws, accountId: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of aws.calls()) {
    const entered = call.operation === 'AssumeRole' ? call.resource?.split(':')[4] : call.accountId;
    const name = `${call.service}:${call.operation}`;
    if (entered === accountId) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
