import { describe, expect, test } from 'vitest';
import { beyondScans, operations } from '../../src/collect/aws/operations/index.js';
import { UsageError } from '../../src/model/errors.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { collectFrom, impatience, type Collected } from '../support/collect-from.js';
import { heldTimeOuts } from '../support/held-time-outs.js';
import type { Fault, FaultKind } from '../support/fake-aws/index.js';
import { evaluateInventory } from '../support/scan-world.js';
import { changedVerdicts } from './changed-verdicts.js';
import { contradictions } from './compare-inventories.js';
import { everyAccount, faultWorld, faultyAccount } from './fault-world.js';
import { RememberedAnswers } from '../support/remembered-answers.js';

/** Every operation that a live run may send: AWS Config is asked only where it is the source. */
export const operationNames = Object.keys(operations)
  .filter((name) => !name.startsWith('config:') && !beyondScans.has(name))
  .toSorted();

/** Without an answer to these, there is nothing to read at all: the user is told why. */
const vital = new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization', 'organizations:ListAccounts']);

/** S3 says with an empty document that nothing is configured. */
const hollowIsAnAnswer = new Set([
  's3:GetBucketVersioning',
  's3:GetBucketLogging',
  's3:GetBucketNotificationConfiguration',
]);

const remembered = new RememberedAnswers();

/**
 * Collects the world of these tests. A staged time-out comes at once; where it stays, no call is tried again. Where one
 * operation fails for good, the others are answered as they are without the fault.
 */
export async function collectUnder(
  faults: readonly Fault[],
  pageSizes?: Readonly<Record<string, number>>,
): Promise<Collected> {
  const { httpHandler, onTimeout } = heldTimeOuts();
  const stays = faults.length > 0 && pageSizes === undefined && faults.every(({ times }) => times === undefined);
  const isLate = faults.some((fault) => fault.kind === 'timeout');
  const run = async (): Promise<Collected> =>
    await collectFrom(faultWorld, {
      accountTags: true,
      // Those, too, that a run makes only where a policy asks.
      calls: new Set(operationNames),
      // Without the paths the structure of the organization is walked.
      aws: { accountFields: ['State'], faults, onTimeout, ...(pageSizes === undefined ? {} : { pageSizes }) },
      tuning: {
        ...impatience.tuning,
        httpHandler,
        maxAttempts: isLate && faults.every((fault) => fault.times === undefined) ? 1 : 2,
        backoff: { transient: 1, throttled: 1 },
        // Small pages are many.
        maxPages: pageSizes === undefined ? 2 : 100,
      },
    });
  return stays ? await remembered.give((name) => faults.some(({ match }) => mayMeet(match, name)), run) : await run();
}

let collecting: Promise<Collected> | undefined;
/** The same world without a fault, collected once a file. */
export async function sound(): Promise<Collected> {
  return await (collecting ??= remembered.keep(async () => await collectUnder([])));
}

function mayMeet({ service, operation }: Fault['match'], name: string): boolean {
  const [itsService, itsOperation] = name.split(':');
  return (service ?? itsService) === itsService && (operation ?? itsOperation) === itsOperation;
}

let evaluating: Promise<Results> | undefined;
export async function soundResults(): Promise<Results> {
  return await (evaluating ??= sound().then(({ inventory }) => evaluateInventory(inventory)));
}

/** The operation fails in the account that has everything, or, where it is not called there, wherever it is. */
export async function matchFor(name: string): Promise<Fault['match']> {
  const [service, operation = ''] = name.split(':');
  const { callsIn } = await sound();
  // The fake AWS refuses a fault for a service that it does not know.
  const match = { service, operation } as Fault['match'];
  return callsIn(faultyAccount)[name] === undefined ? match : { ...match, accountId: faultyAccount };
}

/** Declares a test for every operation and each of these kinds of faults. */
export function everyOperationMeets(kinds: readonly FaultKind[]): void {
  describe.each(operationNames.filter((name) => !vital.has(name)))('%s', (name) => {
    const meant = kinds.filter((kind) => kind !== 'hollow' || !hollowIsAnAnswer.has(name));
    test.each(meant)('%s: a gap says so, nothing is told wrong, and every other account is read', async (kind) => {
      const match = await matchFor(name);
      const { inventory } = await collectUnder([{ match, kind }]);
      expect(contradictions((await sound()).inventory, inventory)).toEqual([]);
      expect(changedVerdicts(await soundResults(), evaluateInventory(inventory))).toEqual([]);
      expect(unreadAccounts(inventory)).toEqual(expectedUnread(name, match));
      expect(tellsOf(name, match, inventory)).toBe(true);
      expect(JSON.stringify(inventory)).not.toMatch(secrets);
    });
  });
  describe.each([...vital])('%s', (name) => {
    test.each(kinds)('%s: nothing can be read, and the user is told why', async (kind) => {
      const match = await matchFor(name);
      const error: unknown = await collectUnder([{ match, kind }]).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).not.toMatch(secrets);
    });
  });
}

/** The owner of a bucket that HeadBucket does not prove is found in the lists of buckets. */
const hasAnotherWay = new Set(['s3:HeadBucket']);

/** A gap names the call, the account, the Region and the reason; none is there when it could be known all the same. */
function tellsOf(name: string, match: Fault['match'], { gaps }: Inventory): boolean {
  const found = gaps.filter((gap) => gap.reason !== 'not-collected');
  if (hasAnotherWay.has(name)) return found.length === 0;
  const gap = found.find((it) => it.call === name);
  return (
    gap !== undefined &&
    (match.accountId === undefined ? /^\d{12}$/.test(gap.accountId) : gap.accountId === match.accountId) &&
    /^([a-z]+-[a-z]+-\d|global)$/.test(gap.region) &&
    gap.message.length > 5
  );
}

const secrets = /example-secret-access-key|example-session-token|(AKIA|ASIA)FAKE/;

export function unreadAccounts(inventory: Inventory): string[] {
  const read = inventory.accounts.filter((account) => account.ownTrails.state === 'known');
  const ids = new Set(read.map((account) => account.id));
  return everyAccount.filter((id) => !ids.has(id));
}

function expectedUnread(name: string, match: Fault['match']): string[] {
  const decides = name === 'sts:AssumeRole' || name === 'cloudtrail:ListTrails';
  return decides && match.accountId !== undefined ? [match.accountId] : [];
}
