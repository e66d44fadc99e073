/** What is asked for of a bucket. */
export interface BucketUse {
  /** Tells the questions apart in gaps. */
  readonly name: 'read' | 'write' | 'erase' | 'change' | 'acl';
  readonly actions: readonly string[];
  readonly of: 'logs' | 'bucket';
  /** Permissions of an ACL that allow it. */
  readonly aclPermissions: readonly string[];
}
