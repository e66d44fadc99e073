import { expect, test } from 'vitest';
import { anAccount, anInventory, aRecorder, known, MEMBER } from '../../test/support/inventory-builders.js';
import type { Recorder } from '../model/inventory.js';
import { compareInventories } from './compare-inventories.js';

const withRecorder = (parts: Partial<Recorder>) =>
  anInventory({ accounts: [anAccount({ id: MEMBER, recorders: [aRecorder('eu-central-1', {}, parts)] })] });
const at = (id: string) => ({ 'config:DescribeConfigurationRecorders': id });

test('a recorder that was read another time is the same', () => {
  expect(compareInventories(withRecorder({ evidence: at('a') }), withRecorder({ evidence: at('b') }))).toEqual([]);
});

test('a recorder that was stopped is not', () => {
  const changed = compareInventories(withRecorder({}), withRecorder({ recording: known(false) }));
  expect(changed).toMatchObject([{ resource: `account ${MEMBER}`, path: 'recorders' }]);
  expect(changed[0]?.before).toContain('"recording":{"state":"known","value":true}');
  expect(changed[0]?.after).toContain('"recording":{"state":"known","value":false}');
});
