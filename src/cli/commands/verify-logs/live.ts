import { collect, limiter, withLogFiles } from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { VerificationRun } from '../../../model/verification.js';
import { loadInventory } from '../../../storage/index.js';
import {
  defaultGrace,
  expectationFrom,
  interruptible,
  nothingKnown,
  type OwnCallSearch,
  type Target,
  type TrailFacts,
  type VerifyOptions,
} from '../../../verify/index.js';
import { byText } from '../../../text/order.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { checkedRoleName, wholeNumber } from '../../source/source-options.js';
import { checkpointIn } from './checkpoint.js';
import { expectationFor } from './expectation-for.js';
import { ownCallsIn } from './own-calls.js';
import { askedWindow, choiceOf, parseAsked, type Asked, type VerifyLogsFlags } from './flags.js';
import { requestLine } from './request-line.js';

type Requests = VerificationRun['requests'];

/** Verifies log files where they lie, in S3, as long as `work` goes on. */
export async function withLive<T>(
  flags: VerifyLogsFlags,
  terminal: Terminal,
  work: (options: VerifyOptions, requests: () => Requests) => Promise<T>,
): Promise<T> {
  refuse(flags);
  const ownCalls = flags.prove === undefined ? undefined : await ownCallsIn(flags.prove);
  const asked = aboutCalls(parseAsked(flags), ownCalls);
  const now = Date.now();
  // A wrong value ends the run before anything is asked, or counts as something that AWS did not tell.
  const window = ownCalls?.window() ?? askedWindow(flags, now);
  const maxRequests =
    flags.maxRequests === undefined ? undefined : wholeNumber('--max-requests', flags.maxRequests, 1, 1e9);
  const logRoleName =
    flags.logRoleName === undefined ? undefined : checkedRoleName(flags.logRoleName, '--log-role-name');
  checkedRoleName(flags.roleName);
  refuseUnusedRole(flags, asked);
  const { inventory, open } = await knownState(flags, asked, terminal);
  const read = inventory === undefined ? nothingKnown : expectationFrom(inventory);
  const choice = choiceOf(asked, read.trails, flags.bucket ?? '');
  const targets = targetsOf(flags, asked, choice.trails ?? read.trails);
  const opened =
    flags.checkpoint === undefined ? undefined : await checkpointIn(flags.checkpoint, window, flags.full !== true);
  const line = requestLine(terminal, flags.quiet !== true);
  try {
    return await withLogFiles(
      {
        version: version(),
        region: undefined,
        concurrency: asked.concurrency,
        signal: terminal.signal,
        ownerOf: (bucket) => ownerIn(inventory, bucket),
        roleName: logRoleName,
        externalId: flags.externalId,
        maxRequests,
        onRequests: line.update,
      },
      async ({ store, keys, requests }) =>
        await work(
          {
            store: interruptible(store, terminal.signal),
            keys,
            targets,
            choice,
            expectation: expectationFor({ ...read, open: [...read.open, ...open] }, choice, asked),
            window,
            now,
            grace: defaultGrace,
            limit: limiter(asked.concurrency),
            placeLimit: limiter(asked.concurrency),
            sample: asked.sample,
            checkpoint: opened?.checkpoint,
            ownCalls,
          },
          () => sum(requests(), inventory?.apiCalls),
        ),
    );
  } finally {
    line.done();
    opened?.close();
  }
}

function refuse({ keys, asOf, checkpoint, full, saveKeys, prove, from, to, sample }: VerifyLogsFlags): void {
  const wrong = keys !== undefined ? '--keys' : asOf === undefined ? undefined : '--as-of';
  if (wrong !== undefined) {
    throw new UsageError(`${wrong} is of a copy on disk.`, 'Leave it out, or name the copy with --source FOLDER.');
  }
  const beside = { '--from': from, '--to': to, '--checkpoint': checkpoint, '--sample': sample };
  const [excess] = Object.entries(beside).find(([, value]) => value !== undefined) ?? [];
  if (prove !== undefined && excess !== undefined) {
    throw new UsageError('--prove reads the log files of the hours of that scan, all of them.', `Leave out ${excess}.`);
  }
  if (full === true && checkpoint === undefined) {
    throw new UsageError('--full is of a checkpoint: without one, everything is read.', 'Leave it out.');
  }
  if (saveKeys !== undefined && checkpoint !== undefined && full !== true) {
    throw new UsageError(
      '--save-keys saves signatures, which are not read again with --checkpoint.',
      'Add --full, or leave out --checkpoint.',
    );
  }
}

/** Calls are looked for where they were made. */
function aboutCalls(asked: Asked, calls: OwnCallSearch | undefined): Asked {
  if (calls === undefined) return asked;
  return { ...asked, accounts: asked.accounts ?? calls.accounts(), regions: asked.regions ?? calls.regions() };
}

interface KnownState {
  readonly inventory: Inventory | undefined;
  /** What could not be read of it. */
  readonly open: readonly string[];
}

/** What trails, accounts and Regions there are need not be asked: all that is expected is named. */
function isNamed({ bucket }: VerifyLogsFlags, { accounts, regions }: Asked): boolean {
  return bucket !== undefined && accounts !== undefined && regions !== undefined;
}

/** @throws UsageError for the role that reads trails where none are read */
function refuseUnusedRole(flags: VerifyLogsFlags, asked: Asked): void {
  if (flags.flagsGiven?.includes('roleName') !== true) return;
  if (flags.inventory === undefined && !isNamed(flags, asked)) return;
  throw new UsageError(
    `--role-name reads the trails of accounts, and ${flags.inventory === undefined ? 'all that is expected is named' : '--inventory has them'}.`,
    'Leave it out. The role that reads the log files is that of --log-role-name.',
  );
}

/** What the trails and accounts are: a saved inventory, or asked for; with all that is expected named, neither. */
async function knownState(flags: VerifyLogsFlags, asked: Asked, terminal: Terminal): Promise<KnownState> {
  if (flags.inventory !== undefined) return { inventory: await loadInventory(flags.inventory), open: [] };
  if (isNamed(flags, asked)) return { inventory: undefined, open: [] };
  try {
    return { inventory: await readTrails(flags, asked, terminal), open: [] };
  } catch (error) {
    // In the account of the log bucket nobody may know the organization. Its bucket can be verified all the same.
    if (!(error instanceof UsageError) || flags.bucket === undefined) throw error;
    return { inventory: undefined, open: [`The trails and accounts could not be read: ${error.message}`] };
  }
}

/** The calls that tell which trails write where, for whom, since when and until when. */
const calls: ReadonlySet<string> = new Set([
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'account:ListRegions',
  'cloudtrail:ListTrails',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  's3:HeadBucket',
  's3:ListBuckets',
  's3:GetBucketLifecycleConfiguration',
]);

async function readTrails(flags: VerifyLogsFlags, { concurrency }: Asked, { signal }: Terminal): Promise<Inventory> {
  return await collect({
    version: version(),
    calls,
    region: undefined,
    roleName: checkedRoleName(flags.roleName),
    externalId: flags.externalId,
    logArchiveAccount: undefined,
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    deep: true,
    concurrency: Math.min(32, concurrency),
    signal,
    onProgress: () => undefined,
  });
}

function targetsOf({ bucket }: VerifyLogsFlags, { prefix }: Asked, trails: readonly TrailFacts[]): Target[] {
  if (bucket !== undefined) return [{ bucket, prefix }];
  if (trails.length === 0) {
    throw new UsageError('There is no trail to verify.', 'Name the bucket of its log files with --bucket.');
  }
  const unknown = trails.find((it) => it.bucket === '');
  if (unknown !== undefined) {
    throw new UsageError(
      `Trail ${unknown.arn ?? unknown.name} was not found.`,
      'Check its ARN and the credentials, or name the bucket of its log files with --bucket.',
    );
  }
  const targets = new Map(trails.map((it) => [`${it.bucket}/${it.prefix}`, { bucket: it.bucket, prefix: it.prefix }]));
  return [...targets].toSorted(([a], [b]) => byText(a, b)).map(([, it]) => it);
}

function ownerIn(inventory: Inventory | undefined, bucket: string): string | undefined {
  const owner = inventory?.buckets.find((it) => it.name === bucket)?.owner;
  return owner?.state === 'known' ? owner.value.accountId : undefined;
}

function sum(requests: Requests, before: Inventory['apiCalls'] | undefined): Requests {
  if (before === undefined) return { total: requests.total, byOperation: requests.byOperation };
  const byOperation = new Map(Object.entries(before.byOperation));
  for (const [name, count] of Object.entries(requests.byOperation)) {
    byOperation.set(name, (byOperation.get(name) ?? 0) + count);
  }
  return {
    total: before.total + requests.total,
    byOperation: Object.fromEntries([...byOperation].toSorted(([a], [b]) => byText(a, b))),
  };
}
