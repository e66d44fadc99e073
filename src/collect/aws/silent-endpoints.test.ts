import { expect, test } from 'vitest';
import { noAnswerCode, type Failure } from './classify-error.js';
import { SilentEndpoints } from './silent-endpoints.js';

const failure: Failure = {
  reason: 'error',
  message: 'no answer',
  code: noAnswerCode,
  expired: false,
  regionDenied: false,
};

function endpoints(time: { now: number }): SilentEndpoints {
  return new SilentEndpoints({ now: () => time.now, sleep: async () => {} }, 180_000);
}

test('an endpoint that leaves three calls in a row unanswered is asked no more, in whatever account', () => {
  const all = endpoints({ now: 0 });
  for (let calls = 0; calls < 3; calls += 1) {
    expect(all.refusal('kms', 'us-east-1')).toBeUndefined();
    all.notAnswered('kms', 'us-east-1', failure);
  }
  expect(all.refusal('kms', 'us-east-1')).toEqual(failure);
  expect([all.refusal('kms', 'eu-west-1'), all.refusal('logs', 'us-east-1')]).toEqual([undefined, undefined]);
});

test('an answer in between starts the row anew', () => {
  const all = endpoints({ now: 0 });
  for (let calls = 0; calls < 5; calls += 1) {
    all.notAnswered('kms', 'us-east-1', failure);
    all.notAnswered('kms', 'us-east-1', failure);
    all.answered('kms', 'us-east-1');
  }
  expect(all.refusal('kms', 'us-east-1')).toBeUndefined();
});

test('once in a while one call looks whether it is back', () => {
  const time = { now: 0 };
  const all = endpoints(time);
  for (let calls = 0; calls < 3; calls += 1) all.notAnswered('kms', 'us-east-1', failure);
  time.now = 179_999;
  expect(all.refusal('kms', 'us-east-1')).toEqual(failure);
  time.now = 180_000;
  expect(all.refusal('kms', 'us-east-1')).toBeUndefined();
  expect(all.refusal('kms', 'us-east-1'), 'only one').toEqual(failure);
  all.answered('kms', 'us-east-1');
  expect(all.refusal('kms', 'us-east-1')).toBeUndefined();
});
