import { expect, test } from 'vitest';
import { contradictions } from './compare-inventories.js';
import { collectUnder, everyOperationMeets, matchFor, operationNames, sound } from './fault-matrix.js';

everyOperationMeets(['timeout', 'connection-cut', 'cut-in-body', 'malformed-body', 'hollow']);

test.each(['throttled', 'internal-error', 'service-unavailable', 'timeout', 'connection-cut', 'cut-in-body'] as const)(
  'each operation meets %s once: all is known in the end, as it is without',
  async (kind) => {
    const faults = await Promise.all(
      operationNames.map(async (name) => ({ match: await matchFor(name), kind, times: 1 })),
    );
    const { inventory } = await collectUnder(faults);
    const { inventory: expected } = await sound();
    expect(inventory.gaps.map(({ id }) => id)).toEqual(expected.gaps.map(({ id }) => id));
    expect(contradictions(expected, inventory)).toEqual([]);
  },
);
