import type { Account, Bucket, EventDataStore, Key, LogGroup, Topic, Trail } from '../../model/inventory.js';
import { normalizePublicAccessBlock } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import { readBuckets } from './buckets.js';
import type { OwnerSearch } from './bucket-owner.js';
import type { Context } from '../run/context.js';
import { readKeys, type KeyName } from './keys.js';
import { readLogGroups } from './log-groups.js';
import { readTopics } from './topics.js';

export interface Destinations {
  readonly buckets: readonly Bucket[];
  readonly keys: readonly Key[];
  readonly logGroups: readonly LogGroup[];
  /** Undefined: nobody asked. */
  readonly topics: readonly Topic[] | undefined;
  /** Block Public Access of each account that owns a log bucket. */
  readonly accountBlocks: ReadonlyMap<string, Answer<NonNullable<AccountBlock>>>;
}

type AccountBlock = Extract<Account['publicAccessBlock'], { state: 'known' }>['value'];

/** Where the logs go: buckets, log groups, topics, and keys, each read once where it lives. */
export async function readDestinations(
  context: Context,
  trails: readonly Trail[],
  stores: readonly EventDataStore[],
  search: OwnerSearch,
): Promise<Destinations> {
  const [buckets, logGroups, topics] = await Promise.all([
    readBuckets(context, trails, search),
    readLogGroups(context, trails.flatMap(logGroupOf).toSorted()),
    readTopics(context, trails),
  ]);
  const [keys, accountBlocks] = await Promise.all([
    readKeys(context, keyNames(trails, stores, buckets, logGroups)),
    readAccountBlocks(context, buckets),
  ]);
  return { buckets, keys, logGroups, topics, accountBlocks };
}

function logGroupOf({ description }: Trail): string[] {
  const arn = description.state === 'known' ? description.value.cloudWatchLogsLogGroupArn : undefined;
  return arn === undefined ? [] : [arn];
}

function keyNames(
  trails: readonly Trail[],
  stores: readonly EventDataStore[],
  buckets: readonly Bucket[],
  logGroups: readonly LogGroup[],
): KeyName[] {
  const names: KeyName[] = [];
  for (const { description: it, accountId, homeRegion } of trails) {
    if (it.state === 'known' && it.value.kmsKeyId !== undefined) {
      names.push({ name: it.value.kmsKeyId, accountId, region: homeRegion });
    }
  }
  for (const { details: it, accountId, region } of [...stores, ...logGroups]) {
    if (it.state === 'known' && it.value.kmsKeyId !== undefined) {
      names.push({ name: it.value.kmsKeyId, accountId, region });
    }
  }
  for (const { encryption: it, owner } of buckets) {
    if (it.state === 'known' && it.value.kmsMasterKeyId !== undefined && owner.state === 'known') {
      names.push({ name: it.value.kmsMasterKeyId, ...owner.value });
    }
  }
  return names;
}

async function readAccountBlocks(context: Context, buckets: readonly Bucket[]): Promise<Destinations['accountBlocks']> {
  if (!context.aws.isSelected('s3control:GetPublicAccessBlock')) return new Map();
  const owners = new Map<string, string>();
  for (const { owner } of buckets) {
    if (owner.state === 'known' && !owners.has(owner.value.accountId))
      owners.set(owner.value.accountId, owner.value.region);
  }
  const read = await context.limit([...owners], async ([accountId, region]) => {
    const entered = await context.sessions.enter(accountId);
    if ('gap' in entered) return [accountId, { it: entered.gap, evidence: {} }] as const;
    const answer = await context.aws.ask(
      entered.session,
      's3control:GetPublicAccessBlock',
      { AccountId: accountId },
      { region },
      (output) => normalizePublicAccessBlock(output.PublicAccessBlockConfiguration),
    );
    return [accountId, answer] as const;
  });
  return new Map(read);
}
