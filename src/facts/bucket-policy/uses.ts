import { changesBucket, changesObjectAcls } from '../../model/bucket-actions.js';
import type { BucketUse } from './access.js';

/** Reads logs. An ACL of the bucket gives no access to its objects. */
export const reading: BucketUse = {
  name: 'read',
  actions: ['s3:GetObject', 's3:GetObjectVersion'],
  of: 'logs',
  aclPermissions: [],
};

/** Puts objects where trails deliver. */
export const writing: BucketUse = {
  name: 'write',
  actions: ['s3:PutObject', 's3:ReplicateObject'],
  of: 'logs',
  aclPermissions: ['WRITE', 'FULL_CONTROL'],
};

/**
 * Erases a delivered log: with versions that is deleting one, without them deleting or overwriting the object.
 * WRITE lets the grantee of an ACL delete and overwrite what is its own, which logs are not, so says S3's page.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export function erasing(isVersioned: boolean): BucketUse {
  return {
    name: 'erase',
    actions: isVersioned ? ['s3:DeleteObjectVersion'] : ['s3:DeleteObject', 's3:PutObject'],
    of: 'logs',
    aclPermissions: [],
  };
}

/** Changes or takes away what protects the logs. */
export const changing: BucketUse = {
  name: 'change',
  actions: changesBucket,
  of: 'bucket',
  aclPermissions: ['WRITE_ACP', 'FULL_CONTROL'],
};

/**
 * Gives others access to logs that were delivered. The ACL of a bucket gives no right to change those of its objects.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export const changingAcls: BucketUse = {
  name: 'acl',
  actions: changesObjectAcls,
  of: 'logs',
  aclPermissions: [],
};
