import { expect, test } from 'vitest';
import { everyOperationMeets, operationNames, sound } from './fault-matrix.js';

test('the organization of these tests has every operation called, and nothing that was asked is unknown', async () => {
  const { inventory, aws } = await sound();
  expect(Object.keys(aws.countBy('operation'))).toEqual(operationNames);
  expect(inventory.gaps.filter((gap) => gap.reason !== 'not-collected')).toEqual([]);
});

everyOperationMeets(['denied', 'scp-denied', 'throttled', 'internal-error', 'expired-token']);
