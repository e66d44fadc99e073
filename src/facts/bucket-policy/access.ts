import type { Access } from '../iam/index.js';

/** What someone may do with a bucket or its logs. */
export interface Reach {
  readonly class: Access['class'];
  readonly principal: string;
  readonly accountId?: string;
  /** The statements that let them, or the grant of the ACL. */
  readonly statement: string;
  readonly actions: readonly string[];
  /** As the statements say them; empty: always. */
  readonly conditions: readonly string[];
  /** A document of the bucket lets them; else only an identity policy of its account may. */
  readonly isGranted: boolean;
}

/** What is asked for of a bucket. */
export interface BucketUse {
  /** Tells the questions apart in gaps. */
  readonly name: 'read' | 'write' | 'erase' | 'change';
  readonly actions: readonly string[];
  readonly of: 'logs' | 'bucket';
  /** Permissions of an ACL that allow it. */
  readonly aclPermissions: readonly string[];
}
