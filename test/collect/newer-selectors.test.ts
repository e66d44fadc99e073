import { expect, test } from 'vitest';
import { evaluateInventory } from '../support/scan-world.js';
import { collectFrom } from '../support/collect-from.js';
import { anEventDataStore } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev } from '../support/worlds.js';

/** As AWS would send it, with what the SDK's types do not know. */
const newer = [
  {
    Name: 'newer',
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'], NotContains: ['data'] },
    ],
    Sampling: { Rate: 0.5 },
  },
];

test('what a selector has that the SDK does not know is kept, and nothing is judged as if it were not there', async () => {
  const world = anOrganizationWithATrail({
    trail: { advancedEventSelectors: newer },
    eventDataStores: [anEventDataStore({ AdvancedEventSelectors: newer })],
  });
  const { inventory } = await collectFrom(world);
  const read = [
    {
      name: 'newer',
      fieldSelectors: [{ field: 'eventCategory' }, { field: 'eventSource', unsupported: ['NotContains'] }],
      unsupported: ['Sampling'],
    },
  ];
  expect(inventory.trails[0]?.eventSelectors).toMatchObject({ value: { advanced: read } });
  expect(inventory.eventDataStores[0]?.details).toMatchObject({ value: { advancedEventSelectors: read } });
  const { evaluations, gaps } = evaluateInventory(inventory, ['account-records-management-events']);
  expect(evaluations.find(({ target }) => target.id === dev)).toMatchObject({ outcome: 'INSUFFICIENT_DATA' });
  expect(gaps.filter(({ reason }) => reason === 'unsupported').map(({ message }) => message)).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('the operator NotContains on eventSource')),
  );
});

test('selectors that are known whole have nothing besides', async () => {
  const { inventory } = await collectFrom(anOrganizationWithATrail({ eventDataStores: [anEventDataStore({})] }));
  expect(JSON.stringify([inventory.trails, inventory.eventDataStores])).not.toContain('unsupported');
});
