/** What changes or takes away what protects the logs in a bucket. */
export const changesBucket: readonly string[] = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
];

/** What gives others access to objects that are there. */
export const changesObjectAcls: readonly string[] = ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'];
