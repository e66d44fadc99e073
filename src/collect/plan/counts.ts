import type { OperationName } from '../aws/operations/index.js';
import { exactly, sum, times, upTo, type Range } from './range.js';

/** What is known before accounts are asked. */
export interface PlanInputs {
  /** Accounts that are read: in scope, and the management account whatever the scope. */
  readonly read: number;
  /** Of them, those that are entered by AssumeRole: all but the caller's own. */
  readonly entered: number;
  /** Active accounts that may be entered, in scope or not, as log buckets and keys may be theirs. */
  readonly mayBeEntered: number;
  /** Accounts that are asked for event data stores: the management account and administrators; all with `--deep`. */
  readonly withStores: number;
  /** Accounts that are asked for the organization's trails where the management account does not show them. */
  readonly otherReaders: number;
  /** Accounts whose buckets are listed where nothing names the owner of one. */
  readonly listedForBuckets: number;
  /** Accounts that are asked about each bucket because of a flag or their name. */
  readonly namedForBuckets: number;
  /** Accounts that are asked for AWS Config's recorder in each of their Regions. */
  readonly withRecorders: Range;
  /** Accounts whose tags are read, because bindings name tags. */
  readonly tagged: number;
  /** The caller's account by itself. */
  readonly isAlone: boolean;
  readonly concurrency: number;
  /** Requests to Organizations, by operation, as they were just made. */
  readonly organization: Readonly<Partial<Record<OperationName, Range>>>;
}

/** What only the accounts can tell. */
export interface Found {
  /** Trails that the read accounts own, the organization's among them. */
  readonly trails: Range;
  readonly organizationTrails: Range;
  readonly eventDataStores: Range;
  /** Enabled Regions of an account. */
  readonly regions: Range;
}

/** The caller's account; those that are read; those with event data stores; owners of trails; whose the logs are. */
export type Where = 'caller' | 'read' | 'stores' | 'owners' | 'anywhere';

export interface Count {
  readonly calls: Range;
  /** Which accounts the calls go to. */
  readonly where: Where;
}

type RecorderOperation = 'config:DescribeConfigurationRecorders' | 'config:DescribeConfigurationRecorderStatus';

/** What reads files in S3, and what they are checked with. */
type FileOperation = 's3:ListObjectsV2' | 's3:GetObject' | 'cloudtrail:ListPublicKeys';

/** What a live run may call: of AWS Config only its recorders. */
export type LiveOperation = Exclude<OperationName, `config:${string}` | FileOperation> | RecorderOperation;

/** Ids of accounts that a bucket's name can hold: it has at most 63 characters. */
const idsInName = 4;
/** A trail names accounts by its own ARN and by those of its key, log group and topic. */
const arnsOfTrail = 4;

/**
 * How often each operation of the table is called, when every account answers; a retry, and a list of more than a
 * page, come on top. A call that `wants` leaves out is made no time.
 *
 * @returns by operation, those alone that may be called.
 */
export function countCalls(
  reach: PlanInputs,
  found: Found,
  wants: (call: OperationName) => boolean,
): ReadonlyMap<LiveOperation, Count> {
  const rules = rulesOf(reach, found, wants);
  const names = Object.keys(rules) as LiveOperation[]; // the keys of the record that was just made
  return new Map(
    names.filter((name) => wants(name) && rules[name].calls.atMost > 0).map((name) => [name, rules[name]]),
  );
}

function rulesOf(
  reach: PlanInputs,
  { trails, organizationTrails, eventDataStores, regions }: Found,
  wants: (call: OperationName) => boolean,
): Readonly<Record<LiveOperation, Count>> {
  const { read, entered, mayBeEntered, withStores, otherReaders } = reach;
  const buckets: Range = { atLeast: Math.min(1, trails.atLeast), atMost: trails.atMost };
  const groups = upTo(trails.atMost);
  const keys = upTo(
    trails.atMost +
      (wants('cloudtrail:GetEventDataStore') ? eventDataStores.atMost : 0) +
      (wants('s3:GetBucketEncryption') ? buckets.atMost : 0) +
      (wants('logs:DescribeLogGroups') ? groups.atMost : 0),
  );
  // Where the management account shows no trails, others are asked, and members describe what only they see.
  const readElsewhere = organizationTrails.atMost * (otherReaders + 1);
  const ofTrails = (perTrail: Range): Range => ({
    atLeast: perTrail.atLeast * trails.atLeast,
    atMost: trails.atMost + readElsewhere,
  });
  const observed = wants('account:ListRegions') ? upTo(organizationTrails.atMost * read) : exactly(0);
  const elsewhere = reach.isAlone ? keys.atMost + groups.atMost : mayBeEntered - entered;
  // Each of the accounts that are entered at first may refuse the name of the run, and is asked again without it.
  const askedTwice = Math.min(reach.concurrency, entered + elsewhere);
  const asked = (name: OperationName): Count => ({
    calls: reach.organization[name] ?? exactly(0),
    where: 'caller',
  });
  const ofBuckets: Count = { calls: upTo(buckets.atMost), where: 'anywhere' };
  const ofKeys: Count = { calls: keys, where: 'anywhere' };
  return {
    'sts:GetCallerIdentity': { calls: exactly(1), where: 'caller' },
    'sts:AssumeRole': {
      calls: { atLeast: entered, atMost: entered + elsewhere + askedTwice },
      where: 'caller',
    },
    'account:ListRegions': { calls: { atLeast: withStores, atMost: read }, where: 'read' },
    'organizations:DescribeOrganization': asked('organizations:DescribeOrganization'),
    'organizations:ListAccounts': asked('organizations:ListAccounts'),
    'organizations:ListRoots': asked('organizations:ListRoots'),
    'organizations:ListOrganizationalUnitsForParent': asked('organizations:ListOrganizationalUnitsForParent'),
    'organizations:ListAccountsForParent': asked('organizations:ListAccountsForParent'),
    'organizations:ListDelegatedAdministrators': asked('organizations:ListDelegatedAdministrators'),
    'organizations:ListAWSServiceAccessForOrganization': asked('organizations:ListAWSServiceAccessForOrganization'),
    'organizations:ListTagsForResource': { calls: exactly(reach.tagged), where: 'caller' },
    'cloudtrail:ListTrails': { calls: { atLeast: read, atMost: read + otherReaders }, where: 'read' },
    'cloudtrail:DescribeTrails': {
      // One for each home Region of an account's trails; alone, one more finds the organization's.
      calls: sum([
        { atLeast: Math.min(1, trails.atLeast), atMost: trails.atMost + readElsewhere },
        reach.isAlone ? exactly(1) : upTo(otherReaders),
      ]),
      where: 'owners',
    },
    'cloudtrail:GetTrailStatus': { calls: sum([ofTrails(exactly(1)), observed]), where: 'read' },
    'cloudtrail:GetEventSelectors': { calls: ofTrails(exactly(1)), where: 'owners' },
    'cloudtrail:GetInsightSelectors': { calls: ofTrails(upTo(1)), where: 'owners' },
    'cloudtrail:ListEventDataStores': {
      calls: wants('account:ListRegions') ? times(exactly(withStores), regions) : exactly(0),
      where: 'stores',
    },
    'cloudtrail:GetEventDataStore': { calls: eventDataStores, where: 'stores' },
    'config:DescribeConfigurationRecorders': { calls: times(reach.withRecorders, regions), where: 'read' },
    'config:DescribeConfigurationRecorderStatus': {
      calls: upTo(times(reach.withRecorders, regions).atMost),
      where: 'read',
    },
    's3:HeadBucket': {
      calls: {
        atLeast: buckets.atLeast,
        atMost: arnsOfTrail * trails.atMost + buckets.atMost * (reach.namedForBuckets + idsInName),
      },
      where: 'anywhere',
    },
    's3:ListBuckets': { calls: upTo(trails.atMost + buckets.atMost * reach.listedForBuckets), where: 'anywhere' },
    's3:GetBucketPolicy': ofBuckets,
    's3:GetBucketPolicyStatus': ofBuckets,
    's3:GetBucketAcl': ofBuckets,
    's3:GetBucketOwnershipControls': ofBuckets,
    's3:GetPublicAccessBlock': ofBuckets,
    's3:GetBucketVersioning': ofBuckets,
    's3:GetObjectLockConfiguration': ofBuckets,
    's3:GetBucketEncryption': ofBuckets,
    's3:GetBucketLifecycleConfiguration': ofBuckets,
    's3:GetBucketLogging': ofBuckets,
    's3:GetBucketReplication': ofBuckets,
    's3:GetBucketNotificationConfiguration': ofBuckets,
    's3:GetBucketRequestPayment': ofBuckets,
    's3control:GetPublicAccessBlock': ofBuckets,
    'kms:DescribeKey': ofKeys,
    'kms:GetKeyRotationStatus': ofKeys,
    'kms:GetKeyPolicy': ofKeys,
    'logs:DescribeLogGroups': { calls: groups, where: 'anywhere' },
  };
}
