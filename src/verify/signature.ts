import { verify } from 'node:crypto';
import type { Digest } from './digest.js';
import type { PublicKey } from './public-keys.js';

/**
 * The text that CloudTrail signs: end time, place, hash and the signature of the previous digest file, each as it is
 * written, `null` for a starting digest file.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function signedText(digest: Digest, sha256: string): string {
  const previous = digest.previous?.signature ?? 'null';
  return `${digest.endText}\n${digest.bucket}/${digest.key}\n${sha256}\n${previous}`;
}

/** True when the signature (hex) is the key's, RSASSA-PKCS1-v1_5 with SHA-256, of this digest file. */
export function isSignedBy(key: PublicKey, digest: Digest, sha256: string, signature: string): boolean {
  return verify('RSA-SHA256', Buffer.from(signedText(digest, sha256)), key.key, Buffer.from(signature, 'hex'));
}
