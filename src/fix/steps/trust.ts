import { changesBucket, changesObjectAcls } from '../../model/bucket-actions.js';
import type { Bucket } from '../../model/inventory.js';
import { isObject } from '../../model/is-object.js';
import type { FixContext } from '../context.js';
import { meansAny } from './denials.js';

type Statement = Readonly<Record<string, unknown>>;

/** Sources that a statement can name. Keys of conditions are the same in any case. */
const sources = new Set(['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths']);

/**
 * The statements of a bucket's policy with the organization, or the one account, named wherever CloudTrail is let in for
 * any trail of the world. Undefined where something else lets others write, or change the bucket, so that this would not suffice: what to take
 * away is for people to decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid
 */
export function narrowedTrust(
  statements: readonly unknown[],
  bucket: Bucket,
  { organizationId }: FixContext,
): readonly unknown[] | undefined {
  if (bucket.owner.state !== 'known' || !isOwnersAlone(bucket)) return undefined;
  const allowing = statements.filter((it) => !isObject(it) || it['Effect'] !== 'Deny');
  if (allowing.some((it) => !isObject(it) || ((maysWrite(it) || maysChange(it)) && !isForCloudTrail(it)))) {
    return undefined;
  }
  // One that names a source already, and is found to be too wide, names the wrong one.
  const open = allowing.filter((it): it is Statement => isObject(it) && isForCloudTrail(it));
  const lacking = new Set(open.filter((it) => !namesSource(it)));
  if (lacking.size === 0 || open.some((it) => namesSource(it) && maysWrite(it))) return undefined;
  const source =
    organizationId === undefined
      ? { 'aws:SourceAccount': bucket.owner.value.accountId }
      : { 'aws:SourceOrgID': organizationId };
  return statements.map((it) => (isObject(it) && lacking.has(it) ? withSource(it, source) : it));
}

function withSource(statement: Statement, source: Readonly<Record<string, string>>): Statement {
  const condition = isObject(statement['Condition']) ? statement['Condition'] : {};
  const equals = isObject(condition['StringEquals']) ? condition['StringEquals'] : {};
  return { ...statement, Condition: { ...condition, StringEquals: { ...equals, ...source } } };
}

/** No list of grants lets anyone else write. */
function isOwnersAlone({ objectOwnership, acl }: Bucket): boolean {
  if (objectOwnership.state === 'known' && objectOwnership.value === 'BucketOwnerEnforced') return true;
  return acl.state === 'known' && acl.value.every((it) => it.isOwner === true || it.permission === 'READ');
}

function maysWrite(statement: Statement): boolean {
  return !('Action' in statement) || meansAny(statement['Action'], ['s3:putobject', 's3:replicateobject']);
}

const changes = [...changesBucket, ...changesObjectAcls].map((it) => it.toLowerCase());

/** The bucket, or the ACLs of what is in it. */
function maysChange(statement: Statement): boolean {
  return meansAny(statement['Action'], changes);
}

function isForCloudTrail({ Principal }: Statement): boolean {
  if (!isObject(Principal)) return false;
  const services = list(Principal['Service']);
  return Object.keys(Principal).length === 1 && services.length === 1 && services[0] === 'cloudtrail.amazonaws.com';
}

function namesSource({ Condition }: Statement): boolean {
  if (!isObject(Condition)) return false;
  return Object.values(Condition).some(
    (keys) => isObject(keys) && Object.keys(keys).some((key) => sources.has(key.toLowerCase())),
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
