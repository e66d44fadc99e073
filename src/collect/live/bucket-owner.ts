import type { Bucket, BucketOwner, Trail } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import { absent, known, type Known } from '../../model/known.js';
import { required } from '../../normalize/malformed-answer.js';
import type { Session } from '../session.js';
import type { Context } from './context.js';

/** Where a log bucket may live, in the order of asking. */
export interface OwnerSearch {
  readonly logArchiveAccount: string | undefined;
  /** Accounts of the organization: no other is ever entered. */
  readonly organizationAccounts: ReadonlySet<string>;
  /** Accounts that are asked for all their buckets when nothing names the owner. */
  readonly listIn: readonly string[];
}

export interface FoundOwner {
  readonly owner: Bucket['owner'];
  readonly session?: Session;
  readonly evidence: Readonly<Record<string, string>>;
}

/**
 * Finds the account that owns a bucket. S3 never says whose a bucket is: it is proved by asking an account whether
 * the bucket is its own. First the accounts that the trails' ARNs, the configuration or the bucket's own name
 * point to, then lists of buckets in the owners of the trails and the delegated administrators.
 */
export async function findOwner(
  context: Context,
  name: string,
  trails: readonly Trail[],
  search: OwnerSearch,
): Promise<FoundOwner> {
  const region = trails[0]?.homeRegion ?? context.region;
  const named = candidates(name, trails, search).filter((id) => search.organizationAccounts.has(id));
  for (const accountId of named) {
    const found = await askOwner(context, name, accountId, region);
    if (found !== undefined) return found;
  }
  for (const accountId of unique([...trails.map((trail) => trail.accountId), ...search.listIn])) {
    const found = await askList(context, name, accountId, region);
    if (found !== undefined) return found;
  }
  return { owner: unknownOwner(context, name, named), evidence: {} };
}

/** Accounts that something names. Control Tower and many others put the log archive's id into the bucket's name. */
function candidates(name: string, trails: readonly Trail[], search: OwnerSearch): string[] {
  const inName = name.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  const fromTrails = trails.flatMap((trail) => {
    const it = trail.description.state === 'known' ? trail.description.value : undefined;
    const arns = [it?.kmsKeyId, it?.cloudWatchLogsLogGroupArn, it?.snsTopicArn, trail.arn];
    return arns.map((arn) => (arn === undefined ? undefined : parseArn(arn)?.accountId));
  });
  return unique([search.logArchiveAccount, ...inName, ...fromTrails].filter((id) => id !== undefined));
}

/** S3 answers 200 to the owner, 404 when no such bucket exists anywhere, and refuses everyone else. */
async function askOwner(
  context: Context,
  name: string,
  accountId: string,
  region: string,
): Promise<FoundOwner | undefined> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return undefined;
  const { session } = entered;
  const input = { Bucket: name, ExpectedBucketOwner: accountId };
  const place = { region, resource: name };
  const answer = await context.aws.probe(session, 's3:HeadBucket', input, place, (output): BucketOwner => ({
    accountId,
    region: required(output.BucketRegion, 'x-amz-bucket-region'),
  }));
  if ('failure' in answer) return undefined;
  return answer.it.state === 'absent'
    ? { owner: absent, evidence: answer.evidence }
    : { owner: answer.it, session, evidence: answer.evidence };
}

async function askList(
  context: Context,
  name: string,
  accountId: string,
  region: string,
): Promise<FoundOwner | undefined> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return undefined;
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
      items: (output) => output.Buckets ?? [],
    },
  );
  for await (const page of pages) {
    if (page.it.state !== 'known') return undefined;
    const bucket = page.it.value.find((it) => it.Name === name);
    if (bucket !== undefined) {
      const owner = known({ accountId, region: bucket.BucketRegion ?? region });
      return { owner, session, evidence: page.evidence };
    }
  }
  return undefined;
}

function unknownOwner(context: Context, name: string, asked: readonly string[]): Known<never> {
  const { ledger, clock } = context.aws.settings;
  const message =
    `The account that owns bucket ${name} was not found` +
    (asked.length === 0 ? '.' : ` (asked as its owner: ${asked.join(', ')}).`) +
    ' Name it with --log-archive-account, or check that the role may be assumed there.';
  const asking = { call: 's3:HeadBucket', accountId: 'unknown', region: context.region, resource: name };
  return ledger.addGap(asking, { reason: 'access-denied', message }, new Date(clock.now()));
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
