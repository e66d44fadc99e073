import type { Bucket, BucketOwner, Trail } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import { absent, known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';
import { noOwner, type Asking } from './bucket-owner-gap.js';
import type { Context } from '../run/context.js';

/** Where a log bucket may live, in the order of asking. */
export interface OwnerSearch {
  readonly logArchiveAccount: string | undefined;
  /** Accounts that are called log archive, as landing zones call them. */
  readonly namedLogArchive: readonly string[];
  /** Accounts of the organization: no other is ever entered. */
  readonly organizationAccounts: ReadonlySet<string>;
  /** Whether some account of the organization is closed: it keeps its buckets for a while, and refuses every call. */
  readonly hasClosed: boolean;
  /** Accounts that are asked for all their buckets when nothing names the owner. */
  readonly listIn: readonly string[];
  /** Accounts in scope: each is asked about a few buckets that nobody else was found to own. */
  readonly everyAccount: readonly string[];
}

export interface FoundOwner {
  readonly owner: Bucket['owner'];
  readonly session?: Session;
  readonly evidence: Readonly<Record<string, string>>;
}

/** A bucket of which nobody was found to be the owner yet. */
export interface OpenOwner {
  readonly name: string;
  readonly region: string;
  readonly asked: readonly Asking[];
}

/**
 * Finds the account that owns a bucket. S3 never says whose a bucket is: it is proved by asking an account whether
 * the bucket is its own. First the accounts that the trails' ARNs, the configuration or the bucket's own name
 * point to, then lists of buckets in the owners of the trails and the delegated administrators.
 *
 * No such bucket exists only where every account that S3 answered was told so: one that is refused has proved that
 * it does exist, and the owner is not known.
 */
export async function findOwner(
  context: Context,
  name: string,
  trails: readonly Trail[],
  search: OwnerSearch,
): Promise<FoundOwner | OpenOwner> {
  const region = trails[0]?.homeRegion ?? context.region;
  const named = await askOneByOne(context, name, candidates(name, trails, search), region, search);
  if (!('asked' in named)) return named;
  const asked = [...named.asked];
  for (const accountId of unique([...trails.map((trail) => trail.accountId), ...search.listIn])) {
    const found = await askList(context, name, accountId, region);
    if (!isAsking(found)) return found;
    asked.push(found);
  }
  return { name, region, asked };
}

/**
 * Finds a bucket that is named by something else than a trail, by asking the few accounts that may own it: the log
 * archive, those whose id its name holds, and the one that names it.
 */
export async function findNamedBucket(
  context: Context,
  name: string,
  by: { readonly accountId: string; readonly region: string },
  search: OwnerSearch,
): Promise<FoundOwner> {
  if (!context.aws.isSelected('s3:HeadBucket')) {
    return { owner: context.aws.notSelected('s3:HeadBucket'), evidence: {} };
  }
  const all = unique([...candidates(name, [], search), by.accountId]);
  const found = await askOneByOne(context, name, all, by.region, search);
  return 'asked' in found ? ownedByNobody(context, found, search) : found;
}

/**
 * Asks all accounts in scope that have not refused the bucket yet whether it is theirs. One that all of them are refused
 * may still be an account's that denies it to the role by a bucket policy: its own list of buckets tells.
 */
export async function askEveryAccount(
  context: Context,
  { name, region, asked }: OpenOwner,
  search: OwnerSearch,
): Promise<FoundOwner | OpenOwner> {
  const refused = refusedBy(asked);
  const rest = search.everyAccount.filter((id) => !refused.has(id));
  const answers = await context.limit(rest, async (accountId) => await askOwner(context, name, accountId, region));
  const found = ownerAmong(answers);
  if (found !== undefined) return found;
  const all = [...asked, ...answers.filter(isAsking)];
  if (!isEveryones(all, search)) return { name, region, asked: all };
  const unlisted = search.everyAccount.filter(
    (id) => !all.some((it) => it.accountId === id && ['not-in-list', 'not-listed'].includes(it.outcome)),
  );
  const lists = await context.limit(unlisted, async (accountId) => await askList(context, name, accountId, region));
  return ownerAmong(lists) ?? { name, region, asked: [...all, ...lists.filter(isAsking)] };
}

function ownerAmong(answers: readonly (FoundOwner | Asking)[]): FoundOwner | undefined {
  return answers.find((it): it is FoundOwner => !isAsking(it) && it.owner.state === 'known');
}

/** Asks the accounts of the organization among these whether a bucket is theirs, until one says so. */
async function askOneByOne(
  context: Context,
  name: string,
  accounts: readonly string[],
  region: string,
  { organizationAccounts }: OwnerSearch,
): Promise<FoundOwner | OpenOwner> {
  const asked: Asking[] = [];
  const missing: FoundOwner[] = [];
  for (const accountId of accounts.filter((id) => organizationAccounts.has(id))) {
    const found = await askOwner(context, name, accountId, region);
    if (isAsking(found)) asked.push(found);
    else if (found.owner.state === 'known') return found;
    else missing.push(found);
  }
  const [first] = missing;
  return first !== undefined && !asked.some((it) => it.outcome === 'refused') ? first : { name, region, asked };
}

/** Writes down that nobody was found to own a bucket. */
export function ownedByNobody(context: Context, { name, asked }: OpenOwner, search: OwnerSearch): FoundOwner {
  const declared = search.logArchiveAccount;
  const notAsked = declared === undefined || asked.some((it) => it.accountId === declared) ? undefined : declared;
  const isEveryone = isEveryones(asked, search);
  const evidence = isEveryone ? inNoList(asked, search) : {};
  return { owner: noOwner(context, name, asked, { isEveryone, notAsked }), evidence };
}

/** The evidence that a bucket is in no account's list: empty unless each account of the organization gave its own. */
function inNoList(asked: readonly Asking[], { organizationAccounts }: OwnerSearch): Readonly<Record<string, string>> {
  const lists = new Map(asked.flatMap((it) => (it.outcome === 'not-in-list' ? [[it.accountId, it.evidence]] : [])));
  const all = [...organizationAccounts].map((id) => lists.get(id));
  return all.every((it) => it !== undefined) ? (all.at(-1) ?? {}) : {};
}

/** Whether S3 refused a bucket to everyone who may own it. */
function isEveryones(asked: readonly Asking[], search: OwnerSearch): boolean {
  const refused = refusedBy(asked);
  // What is declared as the organization's own stays open while it could not be asked.
  const { logArchiveAccount: declared } = search;
  const isAsked = declared === undefined || refused.has(declared);
  return isAsked && !search.hasClosed && [...search.organizationAccounts].every((id) => refused.has(id));
}

function refusedBy(asked: readonly Asking[]): ReadonlySet<string> {
  return new Set(asked.flatMap((it) => (it.outcome === 'refused' ? [it.accountId] : [])));
}

function isAsking(it: FoundOwner | Asking): it is Asking {
  return 'outcome' in it;
}

/** The accounts that are asked first for a bucket that one trail alone names, in their order. */
export function firstOwners(name: string, trail: Trail, logArchiveAccount: string | undefined): readonly string[] {
  return candidates(name, [trail], { logArchiveAccount, namedLogArchive: [] });
}

/** The bucket as an account's own; undefined where it is not, or does not say so. */
export async function isOwnedBy(
  context: Context,
  name: string,
  accountId: string,
  region: string,
): Promise<FoundOwner | undefined> {
  const found = await askOwner(context, name, accountId, region);
  return isAsking(found) || found.owner.state !== 'known' ? undefined : found;
}

/** Accounts that something names. Control Tower and many others put the log archive's id into the bucket's name. */
function candidates(
  name: string,
  trails: readonly Trail[],
  search: Pick<OwnerSearch, 'logArchiveAccount' | 'namedLogArchive'>,
): string[] {
  const inName = name.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  const fromTrails = trails.flatMap((trail) => {
    const it = trail.description.state === 'known' ? trail.description.value : undefined;
    const arns = [it?.kmsKeyId, it?.cloudWatchLogsLogGroupArn, it?.snsTopicArn, trail.arn];
    return arns.map((arn) => (arn === undefined ? undefined : parseArn(arn)?.accountId));
  });
  const all = [search.logArchiveAccount, ...inName, ...fromTrails, ...search.namedLogArchive];
  return unique(all.filter((id) => id !== undefined));
}

/** S3 answers 200 to the owner, 404 when no such bucket exists anywhere, and refuses everyone else. */
async function askOwner(
  context: Context,
  name: string,
  accountId: string,
  region: string,
): Promise<FoundOwner | Asking> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { accountId, outcome: 'not-entered', gap: entered.gap };
  const { session } = entered;
  const input = { Bucket: name, ExpectedBucketOwner: accountId };
  const place = { region, resource: name };
  const answer = await context.aws.tryCall(session, 's3:HeadBucket', input, place, (output): BucketOwner => ({
    accountId,
    region: required(output.BucketRegion, 'x-amz-bucket-region'),
  }));
  if ('failure' in answer) return failed(accountId, answer.failure);
  return answer.it.state === 'absent'
    ? { owner: absent, evidence: answer.evidence }
    : { owner: answer.it, session, evidence: answer.evidence };
}

function failed(accountId: string, failure: Failure): Asking {
  return { accountId, outcome: failure.reason === 'access-denied' ? 'refused' : 'failed', failure };
}

async function askList(
  context: Context,
  name: string,
  accountId: string,
  region: string,
): Promise<FoundOwner | Asking> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { accountId, outcome: 'not-entered', gap: entered.gap };
  const { session } = entered;
  const input = { Prefix: name };
  const pages = context.aws.pages(
    session,
    's3:ListBuckets',
    input,
    { region, resource: name },
    {
      token: (output) => output.ContinuationToken,
      next: (ContinuationToken) => ({ ...input, ContinuationToken }),
      items: (output) => required(output.Buckets, 'Buckets'),
    },
  );
  let evidence: Readonly<Record<string, string>> = {};
  for await (const page of pages) {
    if (page.it.state === 'absent') throw new Error('s3:ListBuckets has no answer that means "absent".');
    if (page.it.state === 'unknown') return { accountId, outcome: 'not-listed', gap: page.it };
    const bucket = page.it.value.find((it) => it.Name === name);
    if (bucket !== undefined) {
      const owner = known({ accountId, region: bucket.BucketRegion ?? region });
      return { owner, session, evidence: page.evidence };
    }
    ({ evidence } = page);
  }
  return { accountId, outcome: 'not-in-list', evidence };
}

/** How landing zones name the account of the log buckets. */
export function isNamedLogArchive({ name }: { readonly name: string }): boolean {
  return /^log[ _-]?archive$/i.test(name);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
