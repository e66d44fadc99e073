import { expect, test } from 'vitest';
import { MalformedAnswer } from '../../normalize/malformed-answer.js';
import { classifyError } from './classify-error.js';

function awsError(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

test.each([
  ['AccessDeniedException', 400, 'access-denied'],
  ['AccessDenied', 403, 'access-denied'],
  ['MethodNotAllowed', 405, 'access-denied'],
  ['UnrecognizedClientException', 400, 'access-denied'],
  ['InvalidToken', 400, 'access-denied'],
  ['SomethingNew', 403, 'access-denied'],
  ['ThrottlingException', 400, 'throttled'],
  ['TooManyRequestsException', 400, 'throttled'],
  ['SlowDown', 503, 'throttled'],
  ['InternalFailure', 500, 'error'],
  ['TrailNotFoundException', 400, 'error'],
  ['TimeoutError', 400, 'error'],
] as const)('%s with status %i is %s', (name, status, reason) => {
  expect(classifyError(awsError(name, 'why', status))).toMatchObject({ code: name, reason, message: `${name}: why` });
});

test('an explicit deny of a service control policy closes the Region, a plain denial does not', () => {
  const scp = 'User: x is not authorized to perform: y with an explicit deny in a service control policy';
  expect(classifyError(awsError('AccessDeniedException', scp)).regionDenied).toBe(true);
  expect(classifyError(awsError('AccessDeniedException', 'User: x is not authorized to perform: y')).regionDenied).toBe(
    false,
  );
});

test('an answer of an unforeseen shape is malformed, not a crash', () => {
  expect(classifyError(new SyntaxError('Unexpected token'))).toMatchObject({
    code: 'MalformedAnswer',
    reason: 'error',
  });
  expect(classifyError(new TypeError('x is not iterable'))).toMatchObject({ code: 'MalformedAnswer', reason: 'error' });
  expect(classifyError(new MalformedAnswer('The answer lacks Trails.'))).toMatchObject({
    message: 'MalformedAnswer: The answer lacks Trails.',
  });
});

test('a connection error is told by its code', () => {
  expect(classifyError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))).toMatchObject({
    code: 'ECONNRESET',
    reason: 'error',
  });
});

test('the SDK calls a connection that was reset a timeout: its code leads the message', () => {
  const error = Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
  expect(classifyError(error)).toMatchObject({ code: 'ECONNRESET', message: 'ECONNRESET: socket hang up' });
});

test('an answer without a code is told by its status; a bare 400, as S3 gives to HEAD, may be expired credentials', () => {
  expect(classifyError(awsError('Unknown', 'UnknownError', 400))).toMatchObject({ message: 'HTTP 400', expired: true });
  expect(classifyError(awsError('Unknown', 'UnknownError', 500))).toMatchObject({
    message: 'HTTP 500',
    expired: false,
  });
});

test('the message of a wrong signature does not carry the session token', () => {
  const message =
    'The request signature we calculated does not match the signature you provided. The Canonical String was\nx-amz-security-token:SECRET';
  expect(classifyError(awsError('SignatureDoesNotMatch', message, 403)).message).not.toContain('SECRET');
  expect(classifyError(awsError('Odd', 'x-amz-security-token: SECRET here')).message).not.toContain('SECRET');
});

test('control characters and endless text stay out', () => {
  const { message } = classifyError(awsError('Odd', `\u001b[31m${'a'.repeat(5000)}\n::error::`));
  expect(message).not.toMatch(/[\u0000-\u001f]/);
  expect(message.length).toBeLessThan(700);
});

test('a refusal does not say whose session was refused, with which key, or in a message that can be decoded', () => {
  const said = [
    'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_ab/alice@example.com is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::logs"',
    'The AWS Access Key Id AKIAIOSFODNN7EXAMPLE you provided does not exist',
    'You are not authorized. Encoded authorization failure message: aBcD-eFgH_123 more',
  ].map((it) => classifyError(awsError('AccessDenied', it)).message);
  expect(said).toEqual([
    'AccessDenied: User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_ab/(removed) is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::logs"',
    'AccessDenied: The AWS Access Key Id (removed) you provided does not exist',
    'AccessDenied: You are not authorized. Encoded authorization failure message: (removed) more',
  ]);
});
