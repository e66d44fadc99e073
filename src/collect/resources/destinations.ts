import type {
  Account,
  AlarmPlace,
  Bucket,
  BusPlace,
  EventBus,
  EventDataStore,
  Key,
  LogGroup,
  Role,
  TargetBus,
  Topic,
  Trail,
} from '../../model/inventory.js';
import { normalizePublicAccessBlock } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import { readAlarms } from './alarms.js';
import { readBuckets } from './buckets.js';
import { asksAllEvents, readEventRules } from './event-rules.js';
import type { OwnerSearch } from './bucket-owner.js';
import type { Context } from '../run/context.js';
import { keyReader, type KeyName } from './keys.js';
import { withFilters } from './log-group-filters.js';
import { readLogGroups } from './log-groups.js';
import { readRoles } from './roles.js';
import { readTargetBuses } from './target-buses.js';
import { readTopics } from './topics.js';

export interface Destinations {
  readonly buckets: readonly Bucket[];
  readonly keys: readonly Key[];
  readonly logGroups: readonly LogGroup[];
  readonly watched: Watched;
  /** Block Public Access of each account that owns a log bucket. */
  readonly accountBlocks: ReadonlyMap<string, Answer<NonNullable<AccountBlock>>>;
}

type AccountBlock = Extract<Account['publicAccessBlock'], { state: 'known' }>['value'];

/** Alarms on what metric filters count, rules on changes of trails, the event buses to which these send events on, topics and roles; missing where a run does not ask. */
export interface Watched {
  readonly alarms?: readonly AlarmPlace[];
  readonly eventRules?: readonly BusPlace[];
  readonly targetBuses?: readonly TargetBus[];
  readonly topics?: readonly Topic[];
  readonly roles?: readonly Role[];
}

/** Where the logs go: buckets, log groups, topics, and keys, each read once where it lives. */
export async function readDestinations(
  context: Context,
  trails: readonly Trail[],
  stores: readonly EventDataStore[],
  search: OwnerSearch,
  administrators: readonly string[],
  eventBuses: readonly EventBus[] = [],
): Promise<Destinations> {
  const readKeys = keyReader(context);
  const readingBuckets = readBuckets(context, trails, search);
  const readingGroups = readWatchedLogGroups(context, trails.flatMap(logGroupOf).toSorted());
  const readingKeys = async (): Promise<readonly Key[]> => {
    // What trails and stores name is known already, and mostly it is what their buckets and log groups name, too.
    const [buckets, logGroups] = await Promise.all([
      readingBuckets,
      readingGroups,
      readKeys(keyNames(trails, stores, [], [])),
    ]);
    return await readKeys(keyNames(trails, stores, buckets, logGroups));
  };
  const [buckets, logGroups, keys, accountBlocks, watched] = await Promise.all([
    readingBuckets,
    readingGroups,
    readingKeys(),
    readingBuckets.then(async (found) => await readAccountBlocks(context, found)),
    readingGroups.then(async (found) => await readWatched(context, found, trails, administrators, eventBuses)),
  ]);
  return { buckets, keys, logGroups, watched, accountBlocks };
}

/** The log groups with their metric and subscription filters, where these are asked for. */
export async function readWatchedLogGroups(context: Context, arns: readonly string[]): Promise<LogGroup[]> {
  return await withFilters(context, await readLogGroups(context, arns));
}

export async function readWatched(
  context: Context,
  logGroups: readonly LogGroup[],
  trails: readonly Trail[],
  administrators: readonly string[],
  eventBuses: readonly EventBus[] = [],
): Promise<Watched> {
  const [alarms, eventRules] = await Promise.all([
    readAlarms(context, logGroups),
    readEventRules(context, trails, administrators, eventBuses),
  ]);
  const targetBuses = await readTargetBuses(context, eventRules, asksAllEvents(eventBuses));
  const rules = [...(eventRules ?? []), ...(targetBuses ?? [])];
  const [roles, topics] = await Promise.all([
    readRoles(context, trails, rules),
    readTopics(context, trails, alarms, rules),
  ]);
  return {
    ...(alarms === undefined ? {} : { alarms }),
    ...(eventRules === undefined ? {} : { eventRules }),
    ...(targetBuses === undefined ? {} : { targetBuses }),
    ...(topics === undefined ? {} : { topics }),
    ...(roles === undefined ? {} : { roles }),
  };
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

/** Block Public Access of the accounts that own buckets, but for those that were read before. */
export async function readAccountBlocks(
  context: Context,
  buckets: readonly Bucket[],
  before: Destinations['accountBlocks'] = new Map(),
): Promise<Destinations['accountBlocks']> {
  if (!context.aws.isSelected('s3control:GetPublicAccessBlock')) return before;
  const owners = new Map<string, string>();
  for (const { owner } of buckets) {
    if (owner.state !== 'known' || owners.has(owner.value.accountId) || before.has(owner.value.accountId)) continue;
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
  return new Map([...before, ...read]);
}
