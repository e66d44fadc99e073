import { expect, test } from 'vitest';
import { DigestFault, parseDigest } from './digest.js';

const hash = 'ab'.repeat(32);
const whole = {
  awsAccountId: '111122223333',
  digestStartTime: '2026-11-01T00:00:00Z',
  digestEndTime: '2026-11-01T01:00:00Z',
  digestS3Bucket: 'organization-logs',
  digestS3Object: 'AWSLogs/key.json.gz',
  digestPublicKeyFingerprint: '28f6b7a258b62ece75008b18eaffc92b',
  digestSignatureAlgorithm: 'SHA256withRSA',
  newestEventTime: null,
  oldestEventTime: null,
  previousDigestS3Bucket: 'organization-logs',
  previousDigestS3Object: 'AWSLogs/previous.json.gz',
  previousDigestHashValue: hash,
  previousDigestHashAlgorithm: 'SHA-256',
  previousDigestSignature: '00ff',
  logFiles: [
    { s3Bucket: 'organization-logs', s3Object: 'AWSLogs/log.json.gz', hashValue: hash, hashAlgorithm: 'SHA-256' },
  ],
};
const bytes = (it: unknown): Buffer => Buffer.from(JSON.stringify(it));
const noPrevious = {
  previousDigestS3Bucket: null,
  previousDigestS3Object: null,
  previousDigestHashValue: null,
  previousDigestHashAlgorithm: null,
  previousDigestSignature: null,
};

test('a digest file is read as AWS documents it, with what it may say besides', () => {
  expect(parseDigest(bytes({ ...whole, addedLater: 1 }))).toEqual({
    account: '111122223333',
    start: Date.UTC(2026, 10, 1),
    end: Date.UTC(2026, 10, 1, 1),
    endText: '2026-11-01T01:00:00Z',
    bucket: 'organization-logs',
    key: 'AWSLogs/key.json.gz',
    fingerprint: '28f6b7a258b62ece75008b18eaffc92b',
    previous: { bucket: 'organization-logs', key: 'AWSLogs/previous.json.gz', hash, signature: '00ff' },
    logFiles: [{ bucket: 'organization-logs', key: 'AWSLogs/log.json.gz', hash }],
  });
  expect(parseDigest(bytes({ ...whole, ...noPrevious })).previous).toBeUndefined();
});

test.each<[string, object | string, string]>([
  ['text', 'no JSON at all', 'holds no JSON'],
  ['a list', [], 'holds no JSON object'],
  ['no account', { ...whole, awsAccountId: undefined }, 'has no awsAccountId'],
  ['an account of another form', { ...whole, awsAccountId: '1111' }, 'has a awsAccountId of another form'],
  ['a local time', { ...whole, digestEndTime: '2026-11-01T01:00:00+09:00' }, 'has a digestEndTime that is not a time'],
  ['an end before its start', { ...whole, digestEndTime: '2026-10-31T01:00:00Z' }, 'ends before it starts'],
  ['another signature algorithm', { ...whole, digestSignatureAlgorithm: 'MD5withRSA' }, 'other than SHA256withRSA'],
  ['another hash algorithm', { ...whole, previousDigestHashAlgorithm: 'MD5' }, 'other than SHA-256'],
  [
    'another hash of a log file',
    { ...whole, logFiles: [{ ...whole.logFiles[0], hashAlgorithm: 'MD5' }] },
    'other than SHA-256',
  ],
  ['half a hash', { ...whole, previousDigestHashValue: 'ab' }, 'previousDigestHashValue of another form'],
  [
    'a signature that is not hex',
    { ...whole, previousDigestSignature: '0g' },
    'previousDigestSignature of another form',
  ],
  [
    'a predecessor without a signature',
    { ...whole, previousDigestSignature: null },
    'without its previousDigestSignature',
  ],
  ['a predecessor of a signature alone', { ...whole, ...noPrevious, previousDigestSignature: '00' }, 'without its'],
  ['no log files', { ...whole, logFiles: null }, 'has no list of log files'],
  ['a log file that is text', { ...whole, logFiles: ['a'] }, 'lists a log file that is not an object'],
  ['a log file without a key', { ...whole, logFiles: [{ ...whole.logFiles[0], s3Object: '' }] }, 'has no s3Object'],
])('%s is refused', (_, content, message) => {
  const given = typeof content === 'string' ? Buffer.from(content) : bytes(content);
  expect(() => parseDigest(given)).toThrow(DigestFault);
  expect(() => parseDigest(given)).toThrow(message);
});

test('bytes that are no UTF-8 are refused', () => {
  expect(() => parseDigest(Buffer.concat([bytes(whole), Buffer.from([0xff])]))).toThrow('holds no JSON');
});
