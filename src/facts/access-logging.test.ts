import { expect, test } from 'vitest';
import { absent, aBucket, known, unknown } from '../../test/support/inventory-builders.js';
import type { Bucket } from '../model/inventory.js';
import { accessLogProblem } from './access-logging.js';

const into = (targetBucket: string) => known({ targetBucket, targetPrefix: '' });
const here = known({ accountId: '111122223333', region: 'eu-central-1' });

function problem(accessLogging: Bucket['accessLogging'], target?: Partial<Bucket>) {
  const bucket = aBucket({ name: 'logs', owner: here, accessLogging });
  const other = aBucket({ owner: here, objectLock: absent, ...target, name: 'access' });
  return accessLogProblem(bucket, (name) => (name === 'access' && target !== undefined ? other : undefined));
}

test.each<[string, Bucket['accessLogging'], Partial<Bucket> | undefined, string | undefined]>([
  ['no access logs', absent, undefined, undefined],
  ['a bucket that was not read', into('access'), undefined, undefined],
  ['a bucket that can take them', into('access'), {}, undefined],
  ['Object Lock without a default retention', into('access'), { objectLock: known({ enabled: true }) }, undefined],
  ['itself', into('logs'), undefined, 'they go into the log bucket itself'],
  ['no bucket', into('access'), { owner: absent }, 'bucket access does not exist'],
  [
    'another account',
    into('access'),
    { owner: known({ accountId: '999988887777', region: 'eu-central-1' }) },
    'bucket access belongs to account 999988887777',
  ],
  [
    'another Region',
    into('access'),
    { owner: known({ accountId: '111122223333', region: 'us-east-1' }) },
    'bucket access is in us-east-1',
  ],
  [
    'a locked bucket',
    into('access'),
    { objectLock: known({ enabled: true, mode: 'GOVERNANCE', days: 30 }) },
    'bucket access has a default retention of Object Lock',
  ],
])('%s', (_, accessLogging, target, expected) => {
  expect(problem(accessLogging, target)).toEqual(known(expected));
});

test('what could not be read leaves it open', () => {
  expect(problem(unknown('g-logging'))).toEqual({ state: 'unknown', gaps: ['g-logging'] });
  expect(problem(into('access'), { owner: unknown('g-owner') })).toEqual({ state: 'unknown', gaps: ['g-owner'] });
  expect(problem(into('access'), { objectLock: unknown('g-lock') })).toEqual({ state: 'unknown', gaps: ['g-lock'] });
});
