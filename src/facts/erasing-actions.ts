/** What erases logs. */
export const onObjects: readonly string[] = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

/** What takes away the denial that keeps them, or lets lifecycle rules erase them. */
export const onBucket: readonly string[] = [
  's3:PutLifecycleConfiguration',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
];
