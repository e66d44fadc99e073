import { describe, expect, test } from 'vitest';
import {
  absent,
  aKey,
  anEventDataStore,
  anInventory,
  keyArn,
  MEMBER,
  unknown,
  type KeyParts,
} from '../../../test/support/inventory-builders.js';
import type { Key } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { eventCoverages, type ClassCoverage } from './index.js';

/** What an organization loses whose only record is an event data store with a customer managed key. */
function lossesWith(keys: readonly Key[]): { readonly losses: ClassCoverage['writeLosses']; readonly gaps: FactGaps } {
  const eventDataStores = [anEventDataStore({ details: { kmsKeyId: keyArn() } })];
  const inventory = anInventory({ trails: [], eventDataStores, keys });
  const gaps = new FactGaps();
  const account = inventory.accounts.find(({ id }) => id === MEMBER);
  if (account === undefined) throw new Error('There is no member.');
  const limits = { protectedOnly: false, eventDataStores: true };
  return { losses: eventCoverages(inventory, gaps).ofAccount(account, limits).management().writeLosses, gaps };
}

describe('an event data store', () => {
  test.each(['Enabled', 'Updating'])('records with a key that is %s', (keyState) => {
    expect(lossesWith([aKey({ metadata: { keyState } })]).losses).toEqual({ members: [], doubtful: [] });
  });

  test.each(['Disabled', 'PendingDeletion', 'PendingImport', 'PendingReplicaDeletion', 'Unavailable', 'Creating'])(
    'records nothing with a key that is %s: the key is to be mended',
    (keyState) => {
      const { members } = lossesWith([aKey({ metadata: { keyState } })]).losses;
      expect(members).toMatchObject([
        { reason: 'key-unusable', cause: { targetType: 'kms-key', id: keyArn(), field: 'keyState' } },
      ]);
      expect(members[0]?.summary).toContain(`takes in nothing, as its key ${keyArn()} is ${keyState}`);
    },
  );

  test('records nothing with a key that is gone', () => {
    expect(lossesWith([aKey({ metadata: absent })]).losses.members).toMatchObject([{ reason: 'key-unusable' }]);
  });

  test.each<[string, readonly KeyParts[], string]>([
    ['could not be read', [{ metadata: unknown('k') }], 'k'],
    ['is in a state that is new', [{ metadata: { keyState: 'Resting' } }], ''],
    ['is not in the inventory', [], ''],
  ])('may record with a key that %s', (_, keys, expected) => {
    const { losses, gaps } = lossesWith(keys.map(aKey));
    const noted = gaps.all().map(({ id }) => id);
    expect(losses.members).toEqual([]);
    expect(losses.doubtful).toMatchObject([{ gaps: expected === '' ? noted : [expected] }]);
  });

  test('is not said to lose by its key what it does not select', () => {
    const eventDataStores = [anEventDataStore({ details: { kmsKeyId: keyArn() } })];
    const inventory = anInventory({
      trails: [],
      eventDataStores,
      keys: [aKey({ metadata: { keyState: 'Disabled' } })],
    });
    const [account] = inventory.accounts;
    if (account === undefined) throw new Error('There is no account.');
    const coverage = eventCoverages(inventory, new FactGaps()).ofAccount(account, {
      protectedOnly: false,
      eventDataStores: true,
    });
    expect(coverage.data('AWS::S3::Object').writeLosses.members).toMatchObject([{ reason: 'not-selected' }]);
  });
});
