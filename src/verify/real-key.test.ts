import { publicDecrypt } from 'node:crypto';
import { expect, test } from 'vitest';
import { usableKey } from './public-keys.js';

/**
 * A public key that ListPublicKeys gave in us-east-1, and the signature that S3 kept beside a digest file of that time.
 * Whoever published both has left out the account, so that the signed text cannot be built; what RSA signs can be seen.
 * Source: https://github.com/radkawar/stackd/tree/9dc356f5e5cc49d2d334178a09c1398dd1c62617/testdata/aws/cloudtrail
 */
const value = [
  'MIIBCgKCAQEAi3us31jIILNaFjMX/ZHdxnL4NreyP517Chth8FfJoHAaXuh+qgRr5xtlWOwHrluP6EQ63gM9yMxn1hmT37zdbYuMnfjT7SJwBuYRUUmu',
  '8yqXFgWd3g8UTo9+gJkGKYP8yF7D6V8/H5l5TIwLNJCSP/G2crj0uq1Pj7ZQhEjIohdQsP7luakNpAUU4QV2XuIfTUb6uVF904u9Jtbb7KogoXdRLi0s',
  'P8qxP7ytnWCwXg/eo7Zh/CzgQglR3Qz9mW09MsdPY+y9xjNj05g1+VOpps9U42hPURpYwlrRlQMO5kbBy9AAH3TRz/KO8fIDQxbq2qRFkiNh4UiJHBk9',
  'EyFNnQIDAQAB',
].join('');
const signature = [
  '201fd0a571047997d6405bf8b37af14f1b74b75f47995fb504d9431d5ea6c78566456bc6114325d5fbe6ebf36f3a8504edbca3e8221f02902a858b',
  '0924a09828775f03b9c7e19aeab8a7fdb445f202430c6b9caed944f04dda878045a1bb5ba2c43a4e5e84fd84622c67a6d5b7955a99169b99bda420',
  '1ead6aaa4452f29225976971c7958252bfca0a668a2608c3640bfdeb64469109dcd2a89c4306f3a65b97792e0d74b23381b66b2f89c1c4f0186aa5',
  '66af852cc7034fff1ed5576b6c62422a6bd5f358494ee6e5f5506e52a755d1f8d3e6519fdb1ea72ed3937a65967ed46133889f3bc054d4769196db',
  'ec5f0701f82ff3ac2eb45a87a5b9f865f0be4c98',
].join('');

test("AWS's own key is read, and its signature is PKCS #1 v1.5 over a SHA-256", () => {
  const key = usableKey('us-east-1', {
    value,
    fingerprint: '28f6b7a258b62ece75008b18eaffc92b',
    validFrom: Date.UTC(2026, 8, 5),
    validTo: Date.UTC(2026, 9, 5),
  });
  if ('fault' in key) throw new Error(key.fault);
  // publicDecrypt takes the padding away, and throws where it is another one.
  const signed = publicDecrypt(key.key, Buffer.from(signature, 'hex'));
  const sha256Info = '3031300d060960864801650304020105000420';
  expect(signed.toString('hex')).toMatch(new RegExp(`^${sha256Info}646c1de2[0-9a-f]{52}862a$`));
});
