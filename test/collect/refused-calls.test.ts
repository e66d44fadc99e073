import { expect, test } from 'vitest';
import { collectUnder, everyOperationMeets, matchFor, operationNames, sound } from './fault-matrix.js';

test('the organization of these tests has every operation called, and nothing that was asked is unknown', async () => {
  const { inventory, aws } = await sound();
  expect(Object.keys(aws.countBy('operation'))).toEqual(operationNames);
  expect(inventory.gaps.filter((gap) => gap.reason !== 'not-collected')).toEqual([]);
});

test('where one operation fails, only it goes over the wire: the others are answered as they are without', async () => {
  const match = await matchFor('cloudtrail:GetTrailStatus');
  const { aws } = await collectUnder([{ match, kind: 'denied' }]);
  expect(Object.keys(aws.countBy('operation'))).toEqual([
    'cloudtrail:GetTrailStatus',
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
  ]);
});

everyOperationMeets(['denied', 'scp-denied', 'throttled', 'internal-error', 'expired-token']);
