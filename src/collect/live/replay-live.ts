import type { Inventory } from '../../model/inventory.js';
import type { AnswerReplay, KeptRun } from '../../model/kept-answers.js';
import type { CallSettings } from '../aws/aws-call.js';
import { Ledger } from '../aws/ledger.js';
import { Session } from '../aws/session.js';
import { defaultTuning } from '../run/tuning.js';
import { collectLive } from './collect.js';

/**
 * Reads the state from answers that an earlier run kept, by the same steps as from AWS, and asks nothing. The time is that
 * of the earlier run, and so are the counts of calls.
 */
export async function collectAgain(run: KeptRun, replay: AnswerReplay): Promise<Inventory> {
  const clock = { now: () => Date.parse(run.capturedAt), sleep: async () => await Promise.resolve() };
  const settings: CallSettings = {
    ...defaultTuning,
    version: run.version,
    clock,
    ledger: new Ledger(),
    handler: { handle: neverAsked, destroy: () => undefined },
    signal: new AbortController().signal,
    calls: run.calls === null ? undefined : new Set(run.calls),
    onRequest: () => undefined,
    replay,
  };
  const base = new Session('unknown', neverAsked, clock);
  const inventory = await collectLive(settings, base, {
    region: run.region,
    roleName: run.roleName,
    externalId: undefined,
    logArchiveAccount: run.logArchiveAccount,
    scope: run.scope,
    deep: run.deep,
    accountTags: run.accountTags,
    concurrency: 1,
    onProgress: () => undefined,
  });
  return { ...inventory, apiCalls: run.apiCalls };
}

async function neverAsked(): Promise<never> {
  return await Promise.reject(new Error('Evidence is read without AWS, and something asked it.'));
}
