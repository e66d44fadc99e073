import type { Bucket } from '../../model/inventory.js';
import { absent, known, type Known } from '../../model/known.js';
import { normalizeAccessLogging, normalizeEncryption, normalizeObjectLock, normalizeVersioning } from '../bucket.js';
import { MalformedAnswer, required } from '../malformed-answer.js';
import { tagsOf } from '../tags.js';
import { normalizeAcl } from './bucket-acl.js';
import { normalizeNotificationItem, normalizeReplication } from './bucket-events.js';
import { normalizeLifecycle } from './bucket-lifecycle.js';
import { booleanIn, decodeObject, innerText, numberIn, objectIn, objectsIn, textIn, type JsonObject } from './json.js';
import { normalizeBlock } from './public-access-block.js';

/** What of a bucket AWS Config records. */
export type RecordedFacet = Exclude<
  keyof Bucket,
  | 'name'
  | 'accessLogTarget'
  | 'accessPoints'
  | 'notifications'
  | 'arn'
  | 'owner'
  | 'evidence'
  | 'policyStatus'
  | 'objectOwnership'
>;

type Read<F extends RecordedFacet> = (supplementary: JsonObject) => NonNullable<Bucket[F]>;

/**
 * Each facet from the item's supplementaryConfiguration; throws MalformedAnswer where the item does not tell it.
 *
 * AWS Config writes some members for every bucket that its recorder may read, others only where the bucket has the
 * feature. A missing one of the second kind means that there is none only where all of the first kind are there: an
 * item without these came from a recorder that S3 refused.
 */
export const recordedFacets: { readonly [F in RecordedFacet]: Read<F> } = {
  policy: (it) => {
    const text = textIn(always(it, 'BucketPolicy'), 'policyText');
    return text === undefined ? absent : known(innerText(text, 'BucketPolicy'));
  },
  acl: (it) => known(normalizeAcl(always(it, 'AccessControlList'))),
  versioning: (it) => {
    const versioning = always(it, 'BucketVersioningConfiguration');
    const status = required(textIn(versioning, 'status'), 'BucketVersioningConfiguration.status');
    const MFADelete = booleanIn(versioning, 'isMfaDeleteEnabled') === true ? 'Enabled' : undefined;
    return known(normalizeVersioning({ Status: status === 'Off' ? undefined : status, MFADelete }));
  },
  accessLogging: (it) => {
    const logging = always(it, 'BucketLoggingConfiguration');
    const TargetBucket = textIn(logging, 'destinationBucketName');
    if (TargetBucket === undefined) return absent;
    return known(normalizeAccessLogging({ TargetBucket, TargetPrefix: textIn(logging, 'logFilePrefix') }));
  },
  notificationDestinations: (it) => known(normalizeNotificationItem(always(it, 'BucketNotificationConfiguration'))),
  requesterPays: (it) => known(required(booleanIn(it, 'IsRequesterPaysEnabled'), 'IsRequesterPaysEnabled')),
  publicAccessBlock: (it) => whereSet(it, 'PublicAccessBlockConfiguration', normalizeBlock),
  objectLock: (it) =>
    whereSet(it, 'ObjectLockConfiguration', (lock) => {
      const rule = objectIn(lock, 'rule');
      const retention = rule === undefined ? undefined : objectIn(rule, 'defaultRetention');
      return normalizeObjectLock({
        ObjectLockEnabled: textIn(lock, 'objectLockEnabled'),
        ...(retention === undefined ? {} : { Rule: { DefaultRetention: retentionOf(retention) } }),
      });
    }),
  encryption: (it) =>
    whereSet(it, 'ServerSideEncryptionConfiguration', (encryption) =>
      normalizeEncryption({ Rules: objectsIn(encryption, 'rules').map(encryptionRule) }),
    ),
  lifecycleRules: (it) => orNone(whereSet(it, 'BucketLifecycleConfiguration', normalizeLifecycle)),
  replication: (it) => orNone(whereSet(it, 'BucketReplicationConfiguration', normalizeReplication)),
  tags: (it) => {
    const tags = whereSet(it, 'BucketTaggingConfiguration', recordedTags);
    return tags.state === 'absent' ? known({}) : tags;
  },
};

/** Sets of tags, of which S3 has one. */
function recordedTags(tagging: JsonObject): Readonly<Record<string, string>> {
  const all = objectsIn(tagging, 'tagSets').flatMap((set) => {
    const tags = required(objectIn(set, 'tags'), 'BucketTaggingConfiguration.tagSets.tags');
    return Object.keys(tags).map((Key) => ({ Key, Value: textIn(tags, Key) }));
  });
  return tagsOf(all);
}

const alwaysWritten = [
  'AccessControlList',
  'BucketLoggingConfiguration',
  'BucketNotificationConfiguration',
  'BucketPolicy',
  'BucketVersioningConfiguration',
] as const;

function always(supplementary: JsonObject, member: (typeof alwaysWritten)[number]): JsonObject {
  return required(decodeObject(supplementary[member], member), member);
}

function whereSet<T>(supplementary: JsonObject, member: string, read: (it: JsonObject) => T): Known<T> {
  const found = decodeObject(supplementary[member], member);
  // A feature that is not set may also come as an object of nulls.
  if (found !== undefined && Object.values(found).some((value) => value !== null)) return known(read(found));
  const missing = alwaysWritten.filter((it) => supplementary[it] === undefined || supplementary[it] === null);
  if (missing.length === 0) return absent;
  throw new MalformedAnswer(
    `The configuration item lacks ${member}, and ${missing.join(', ')} as well: the recorder could not read the bucket.`,
  );
}

function orNone<T>(it: Known<readonly T[]>): Known<readonly T[]> {
  return it.state === 'absent' ? known([]) : it;
}

function retentionOf(retention: JsonObject) {
  return {
    Mode: textIn(retention, 'mode'),
    Days: numberIn(retention, 'days'),
    Years: numberIn(retention, 'years'),
  };
}

function encryptionRule(rule: JsonObject) {
  const byDefault = objectIn(rule, 'applyServerSideEncryptionByDefault');
  return {
    BucketKeyEnabled: booleanIn(rule, 'bucketKeyEnabled'),
    ...(byDefault === undefined
      ? {}
      : {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: textIn(byDefault, 'sseAlgorithm'),
            KMSMasterKeyID: textIn(byDefault, 'kmsMasterKeyID'),
          },
        }),
  };
}
