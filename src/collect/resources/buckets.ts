import { readAccessLogTarget } from './access-log-target.js';
import { readAccessPoints } from './access-points.js';
import { everyFacet, type BucketFacets } from './bucket-facets.js';
import type { Bucket, Trail } from '../../model/inventory.js';
import { absent, known, mapKnown, type Known } from '../../model/known.js';
import {
  normalizeAccessLogging,
  normalizeEncryption,
  normalizeGrant,
  normalizeBucketNotifications,
  normalizeNotifications,
  normalizeObjectLock,
  normalizePublicAccessBlock,
  normalizeReplicationRule,
  normalizeVersioning,
  normalizeLifecycleRule,
  normalizePolicyText,
  required,
  tagsOf,
} from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { InputOf, OperationName, OutputOf } from '../aws/operations/index.js';
import type { Session } from '../aws/session.js';
import { bucketsAskedEverywhere } from '../plan/rule.js';
import { askEveryAccount, findOwner, ownedByNobody, type FoundOwner, type OwnerSearch } from './bucket-owner.js';
import type { Context } from '../run/context.js';
import { byText } from '../../text/order.js';

/** Reads the buckets that trails name, each once, in the account that owns it. */
export async function readBuckets(context: Context, trails: readonly Trail[], search: OwnerSearch): Promise<Bucket[]> {
  const byName = new Map<string, Trail[]>();
  for (const trail of trails) {
    if (trail.description.state !== 'known') continue;
    const { s3BucketName } = trail.description.value;
    byName.set(s3BucketName, [...(byName.get(s3BucketName) ?? []), trail]);
  }
  const named = [...byName].toSorted(([a], [b]) => byText(a, b));
  const owners = await findOwners(context, named, search);
  return await context.limit(named, async ([name]) => await readBucket(context, name, owners.get(name)));
}

/** Finds the owners of buckets; a few that none was found of are asked about in every account. */
async function findOwners(
  context: Context,
  named: readonly (readonly [string, readonly Trail[]])[],
  search: OwnerSearch,
): Promise<ReadonlyMap<string, FoundOwner>> {
  if (!context.aws.isSelected('s3:HeadBucket')) return new Map();
  const found = await context.limit(named, async ([name, users]) => await findOwner(context, name, users, search));
  let asked = 0;
  const owners = new Map<string, FoundOwner>();
  for (const [index, [name]] of named.entries()) {
    let it = found[index];
    if (it !== undefined && 'asked' in it && asked < bucketsAskedEverywhere) {
      asked += 1;
      it = await askEveryAccount(context, it, search);
    }
    if (it !== undefined) owners.set(name, 'asked' in it ? ownedByNobody(context, it, search) : it);
  }
  return owners;
}

/** Reads a bucket in the account that owns it. */
export async function readBucket(context: Context, name: string, found: FoundOwner | undefined): Promise<Bucket> {
  const named = { name, arn: `arn:${context.partition}:s3:::${name}` };
  if (found === undefined) {
    const owner = context.aws.notSelected('s3:HeadBucket');
    return { ...named, owner, ...unread(owner), evidence: {} };
  }
  const bucket = { ...named, owner: found.owner };
  if (found.owner.state !== 'known' || found.session === undefined) {
    return { ...bucket, ...unread(found.owner), evidence: found.evidence };
  }
  const { region } = found.owner.value;
  const { facets, evidence } = await readFacets(context, found.session, name, region);
  const target = await readAccessLogTarget(context, found.session, facets.accessLogging, { name, region });
  const points = await readAccessPoints(context, found.session, facets.policy, { name, region });
  return {
    ...bucket,
    ...facets,
    ...(target === undefined ? {} : { accessLogTarget: target }),
    ...(points === undefined ? {} : { accessPoints: points.it }),
    evidence: { ...found.evidence, ...evidence, ...points?.evidence },
  };
}

/** Where the owner is not known nothing is; where there is no bucket there is nothing. */
function unread(owner: Bucket['owner']): BucketFacets {
  return everyFacet(owner.state === 'known' ? absent : owner);
}

type BucketOperation = Extract<OperationName, `s3:Get${string}`>;

async function readFacets(
  context: Context,
  session: Session,
  name: string,
  region: string,
): Promise<{ facets: BucketFacets; evidence: Record<string, string> }> {
  const evidence: Record<string, string> = {};
  const input = { Bucket: name, ExpectedBucketOwner: session.accountId };
  const place = { region, resource: name };
  const read = async <N extends BucketOperation, T>(
    call: N,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Known<T>> => {
    // Every bucket operation takes these two members, and no other is required.
    const answer: Answer<T> = await context.aws.ask(session, call, input as InputOf<N>, place, normalize);
    Object.assign(evidence, answer.evidence);
    return answer.it;
  };
  const [policy, policyStatus, acl, objectOwnership, publicAccessBlock, versioning, objectLock] = await Promise.all([
    read('s3:GetBucketPolicy', (it) => normalizePolicyText(it.Policy)),
    read('s3:GetBucketPolicyStatus', (it) => ({
      isPublic: required(it.PolicyStatus?.IsPublic, 'PolicyStatus.IsPublic'),
    })),
    read('s3:GetBucketAcl', (it) => required(it.Grants, 'Grants').map((grant) => normalizeGrant(grant, it.Owner?.ID))),
    read('s3:GetBucketOwnershipControls', (it) =>
      required(it.OwnershipControls?.Rules?.[0]?.ObjectOwnership, 'OwnershipControls.Rules.ObjectOwnership'),
    ),
    read('s3:GetPublicAccessBlock', (it) => normalizePublicAccessBlock(it.PublicAccessBlockConfiguration)),
    read('s3:GetBucketVersioning', normalizeVersioning),
    read('s3:GetObjectLockConfiguration', (it) => normalizeObjectLock(it.ObjectLockConfiguration)),
  ]);
  const [encryption, lifecycleRules, accessLogging, replication, notifications, requesterPays] = await Promise.all([
    read('s3:GetBucketEncryption', (it) => normalizeEncryption(it.ServerSideEncryptionConfiguration)),
    read('s3:GetBucketLifecycleConfiguration', (it) => required(it.Rules, 'Rules').map(normalizeLifecycleRule)),
    read('s3:GetBucketLogging', (it) =>
      it.LoggingEnabled === undefined ? undefined : normalizeAccessLogging(it.LoggingEnabled),
    ),
    read('s3:GetBucketReplication', (it) =>
      required(it.ReplicationConfiguration?.Rules, 'ReplicationConfiguration.Rules').map(normalizeReplicationRule),
    ),
    read('s3:GetBucketNotificationConfiguration', (it) => ({
      destinations: normalizeNotifications(it),
      rules: normalizeBucketNotifications(it),
    })),
    read('s3:GetBucketRequestPayment', (it) => required(it.Payer, 'Payer') === 'Requester'),
  ]);
  // Nobody asks for tags but policies that read them.
  const tags = context.aws.isSelected('s3:GetBucketTagging')
    ? await read('s3:GetBucketTagging', (it) => tagsOf(required(it.TagSet, 'TagSet')))
    : undefined;
  const facets: BucketFacets = {
    policy,
    policyStatus,
    acl,
    objectOwnership,
    publicAccessBlock,
    versioning,
    objectLock,
    encryption,
    lifecycleRules: lifecycleRules.state === 'absent' ? known([]) : lifecycleRules,
    accessLogging: accessLogging.state === 'known' ? orAbsent(accessLogging.value) : accessLogging,
    replication: replication.state === 'absent' ? known([]) : replication,
    notificationDestinations: mapKnown(notifications, (it) => it.destinations),
    notifications: mapKnown(notifications, (it) => it.rules),
    requesterPays,
    ...(tags === undefined ? {} : { tags: tags.state === 'absent' ? known({}) : tags }),
  };
  return { facets, evidence };
}

function orAbsent<T>(value: T | undefined): Known<T> {
  return value === undefined ? { state: 'absent' } : known(value);
}
