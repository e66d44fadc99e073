import type { UnreadableReason } from '../model/object-store.js';

/** What is wrong with an object that was read. */
export type FaultCode =
  /** No gzip file of one member, or not the JSON that CloudTrail writes. */
  | 'format'
  /** The content is of another place, account or time than where it lies. */
  | 'place'
  | 'signature-missing'
  | 'signature-algorithm'
  | 'signature'
  /** AWS lists no such key for the Region, or one that was not in use then. */
  | 'key'
  /** The content is not what a signed digest file says. */
  | 'hash'
  /** No later digest file leads to it, though it stands between two that are linked. */
  | 'off-chain'
  /** Not what an earlier verification found in its place. */
  | 'rewritten';

export interface Fault {
  readonly code: FaultCode;
  /** Follows the name of the object: "is not a gzip file". */
  readonly message: string;
}

/** How it is known that AWS wrote a digest file. */
export type Anchor =
  /** The signature that S3 keeps beside it. */
  | 'own-signature'
  /** The signature that the next digest file repeats. */
  | 'next-signature'
  /** The signature that an earlier run saved. */
  | 'saved-signature'
  /** The hash that the next digest file, which is valid, gives: AWS no longer lists the key of the signature. */
  | 'next-hash'
  /** An earlier run has proved it, and nothing was rewritten since. */
  | 'earlier-run';

export interface InvalidVerdict {
  readonly verdict: 'invalid';
  readonly fault: Fault;
}

export interface UnreadableVerdict {
  readonly verdict: 'unreadable';
  readonly reason: UnreadableReason | 'no-signature' | 'no-key';
  readonly message: string;
}

export interface MissingVerdict {
  readonly verdict: 'missing';
}

export function invalid(code: FaultCode, message: string): InvalidVerdict {
  return { verdict: 'invalid', fault: { code, message } };
}
