import { inventoryOfItems, nothingMore } from '../../src/collect/config/inventory.js';
import type { FoundItems, ItemSource, Wanted } from '../../src/collect/config/item-source.js';
import { NotRecorded } from '../../src/collect/config/not-recorded.js';
import { Recording, recordersIn } from '../../src/collect/config/recorders.js';
import { Ledger } from '../../src/collect/aws/ledger.js';
import type { Inventory } from '../../src/model/inventory.js';
import { latestItems, normalizeItem } from '../../src/normalize/config/item.js';
import { isObject } from '../../src/model/is-object.js';
import type { SnapshotItem } from './fake-aws/index.js';

type Encode = (item: SnapshotItem) => unknown;

/** The inventory of an organization as AWS Config would have recorded it, without asking anyone for the items. */
export async function recordedInventory(
  live: Inventory,
  items: readonly SnapshotItem[],
  encode: Encode = (item) => item,
): Promise<Inventory> {
  const ledger = new Ledger();
  const at = new Date(live.capturedAt);
  const all = items.map((item) => {
    const encoded: unknown = JSON.parse(JSON.stringify(encode(item)));
    if (!isObject(encoded)) throw new Error('not an item');
    return normalizeItem(encoded);
  });
  const found = (type: string, { ids, accounts }: Wanted = {}): FoundItems => ({
    items: latestItems(
      all.filter(
        (it) =>
          it.type === type && (ids?.includes(it.resourceId) ?? true) && (accounts?.includes(it.accountId) ?? true),
      ),
    ),
    evidence: {},
  });
  const { recorders } = recordersIn(found('AWS::Config::ConfigurationRecorder'), ledger, at);
  const source: ItemSource = {
    items: async (type, wanted) => await Promise.resolve(found(type, wanted)),
    recorders: async () => await Promise.resolve({ recorders, evidence: {} }),
  };
  const recording = new Recording(
    { recorders, evidence: {} },
    { partition: live.partition, ledger, at, isListed: true },
  );
  const notRecorded = new NotRecorded(ledger, at);
  const reading = { source, recording, notRecorded, ledger, partition: live.partition, at };
  const storesGap = notRecorded.gap('cloudtrail:ListEventDataStores').gap;
  return await inventoryOfItems(
    reading,
    () => ({
      accounts: live.accounts.map(({ id, name, state, parents, ...rest }) => ({
        id,
        name,
        state,
        parents,
        ...(rest.arn === undefined ? {} : { arn: rest.arn }),
        ...(rest.joinedAt === undefined ? {} : { joinedAt: rest.joinedAt }),
      })),
      unreadable: () => undefined,
      missing: (id) => recording.missing('AWS::CloudTrail::Trail', id),
      stranger: () => undefined,
      recorders: undefined,
    }),
    nothingMore,
    () => ({
      version: '0.0.0-test',
      source: 'config',
      caller: live.caller,
      interrupted: false,
      scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
      organization: live.organization === null ? null : { ...live.organization, eventDataStoresGap: storesGap },
      apiCalls: ledger.apiCalls(),
    }),
  );
}
