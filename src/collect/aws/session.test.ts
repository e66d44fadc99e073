import { expect, test } from 'vitest';
import { noAnswerCode, type Failure } from './classify-error.js';
import { memoizedCredentials, Session } from './session.js';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };

function clockAt(time: { now: number }) {
  return { now: () => time.now, sleep: async () => {} };
}

test('of calls that fail together with expired credentials, one renews them, and all may be sent again', () => {
  let renewals = 0;
  const session = new Session(
    '111122223333',
    async () => credentials,
    clockAt({ now: 0 }),
    () => (renewals += 1),
  );
  const { generation } = session;
  expect([session.renew(generation), session.renew(generation)]).toEqual([true, true]);
  expect(renewals).toBe(1);
});

test('credentials that are refused as soon as they are new are not renewed again', () => {
  const time = { now: 0 };
  const session = new Session(
    '111122223333',
    async () => credentials,
    clockAt(time),
    () => {},
  );
  session.renew(session.generation);
  expect(session.renew(session.generation)).toBe(false);
  time.now = 60_000;
  expect(session.renew(session.generation)).toBe(true);
});

test('renewed credentials go with clients of their own, as a client keeps the ones it has', () => {
  const session = new Session(
    '111122223333',
    async () => credentials,
    clockAt({ now: 0 }),
    () => {},
  );
  const first = session.client('s3/us-east-1', () => ({}));
  expect(session.client('s3/us-east-1', () => ({}))).toBe(first);
  session.renew(session.generation);
  expect(session.client('s3/us-east-1', () => ({}))).not.toBe(first);
});

test('credentials are resolved once, and anew shortly before they expire', async () => {
  const time = { now: 0 };
  let resolved = 0;
  const provider = memoizedCredentials(async () => {
    resolved += 1;
    return { ...credentials, expiration: new Date(time.now + 3_600_000) };
  }, clockAt(time));
  await Promise.all([provider(), provider()]);
  expect(resolved).toBe(1);
  time.now = 3_400_000;
  await provider();
  expect(resolved).toBe(2);
});

test('a resolution that failed is tried again', async () => {
  let resolved = 0;
  const provider = memoizedCredentials(
    async () => {
      resolved += 1;
      if (resolved === 1) throw new Error('not yet');
      return credentials;
    },
    clockAt({ now: 0 }),
  );
  await expect(provider()).rejects.toThrow('not yet');
  expect(await provider()).toBe(credentials);
});

test('a session at rest has let go of its clients, and makes new ones when it is asked again', () => {
  const session = new Session('111122223333', async () => credentials, clockAt({ now: 0 }));
  const first = session.client('cloudtrail/us-east-1', () => ({}));
  expect(session.client('cloudtrail/us-east-1', () => ({}))).toBe(first);
  session.releaseClients();
  expect(session.client('cloudtrail/us-east-1', () => ({}))).not.toBe(first);
});

const noAnswer: Failure = { reason: 'error', message: 'late', code: noAnswerCode, expired: false, regionDenied: false };

function entered(isEntered: boolean): Session {
  return new Session('111122223333', async () => credentials, clockAt({ now: 0 }), undefined, isEntered);
}

test('an account that is entered is not asked again where a call was left unanswered, and nothing after three', () => {
  const session = entered(true);
  session.learn('kms', 'us-east-1', noAnswer);
  expect(session.refusal('kms', 'us-east-1')).toEqual(noAnswer);
  expect([session.refusal('kms', 'eu-west-1'), session.refusal('s3', 'us-east-1')]).toEqual([undefined, undefined]);
  session.learn('logs', 'us-east-1', noAnswer);
  session.succeeded('cloudtrail');
  session.learn('s3', 'us-east-1', noAnswer);
  expect(session.refusal('cloudtrail', 'eu-west-1')).toEqual(noAnswer);
});

test("the caller's own account has more to be asked for: one late answer closes nothing", () => {
  const session = entered(false);
  session.learn('organizations', 'us-east-1', noAnswer);
  session.learn('s3', 'us-east-1', noAnswer);
  session.learn('kms', 'us-east-1', noAnswer);
  for (const service of ['organizations', 's3', 'kms', 'sts']) {
    expect(session.refusal(service, 'us-east-1')).toBeUndefined();
  }
});

test('after a call without an answer the others of that account get less time; the caller waits as before', () => {
  const session = entered(true);
  expect(session.patience(180_000)).toBe(180_000);
  session.learn('kms', 'us-east-1', noAnswer);
  expect(session.patience(180_000)).toBe(30_000);
  const own = entered(false);
  own.learn('kms', 'us-east-1', noAnswer);
  expect(own.patience(180_000)).toBe(180_000);
});
