import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { ListedKey } from '../../../src/model/public-keys.js';

/** A key pair as CloudTrail has one for each Region, made up. */
export interface SigningKey {
  readonly listed: ListedKey;
  readonly sign: (text: string) => string;
}

/** Making a key takes a while: tests share a few. */
const made = new Map<string, ReturnType<typeof generateKeyPairSync>>();

export interface SigningKeyOptions {
  /** Each name is another key. */
  readonly name?: string;
  readonly validFrom?: number;
  readonly validTo?: number;
  /** How the public key is listed: AWS says PKCS #1, and prints an SPKI in its documentation as well. */
  readonly form?: 'pkcs1' | 'spki';
}

export function signingKey(options: SigningKeyOptions = {}): SigningKey {
  const { name = 'first', form = 'pkcs1', validFrom = Date.UTC(2026, 9, 1), validTo = Date.UTC(2027, 0, 1) } = options;
  let pair = made.get(name);
  if (pair === undefined) {
    pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    made.set(name, pair);
  }
  const der = pair.publicKey.export({ type: form, format: 'der' });
  const { privateKey } = pair;
  return {
    listed: {
      fingerprint: createHash('md5').update(der).digest('hex'),
      value: der.toString('base64'),
      validFrom,
      validTo,
    },
    sign: (text) => sign('RSA-SHA256', Buffer.from(text), privateKey).toString('hex'),
  };
}
