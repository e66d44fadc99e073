import type { Unknown } from '../../../model/known.js';
import { LatestItems, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import type { Ledger } from '../../aws/ledger.js';
import type { FoundItems, FoundRecorders, ItemSource, Wanted } from '../item-source.js';
import { recordersWithEnded } from '../past/recorders-at.js';
import { BrokenFile } from './broken-file.js';
import { eachFile } from './delivery-file.js';
import type { Doubt } from './doubts.js';
import { isMany } from './file-contents.js';
import type { FileIndex, WholeFile } from './file-index.js';
import { readItemsOf } from './read-file.js';
import { doubtOfSkipped } from './read-notes.js';
import { itemOfRow } from './row-item.js';

/** Finds items in delivery files. Buckets and keys, of which there may be millions, are looked for by name. */
export class FileSource implements ItemSource {
  private readonly found = new Map<ItemType, LatestItems>();

  constructor(
    private readonly index: FileIndex,
    private readonly asOf: string | undefined,
    private readonly ledger: Ledger,
    private readonly at: Date,
  ) {}

  async items(type: ItemType, wanted: Wanted = {}): Promise<FoundItems> {
    const searched = isMany(type) ? await this.search(type, new Set(wanted.ids)) : undefined;
    const latest = searched?.latest ?? this.index.items.get(type) ?? new LatestItems();
    this.found.set(type, latest);
    const doubt = this.index.doubts.whyMissing(type, this.asOf);
    const gap = searched?.gap ?? (doubt === undefined ? undefined : this.write(doubt));
    const isMeant = isWanted(wanted);
    return {
      items: latest.items().filter(isMeant),
      ended: latest.ended().filter(isMeant),
      evidence: {},
      ...(gap === undefined ? {} : { gap }),
    };
  }

  async recorders(): Promise<FoundRecorders> {
    const { items, ended, ...found } = await this.items('AWS::Config::ConfigurationRecorder');
    return recordersWithEnded({ ...found, items }, ended ?? [], this.ledger, this.at, (item) => this.doubt(item));
  }

  /** Why an item may not be the state of its resource. */
  doubt(item: ConfigItem): Unknown | undefined {
    const next = this.found.get(item.type)?.next(item) ?? this.index.items.get(item.type)?.next(item);
    const doubt = this.index.doubts.why(item, this.asOf, next);
    return doubt === undefined ? undefined : this.write(doubt);
  }

  private async search(type: ItemType, ids: ReadonlySet<string>) {
    const latest = new LatestItems(this.asOf);
    const doubt = await searchFiles(this.index, type, ids, (item) => latest.add(item));
    return { latest, gap: doubt === undefined ? undefined : this.write(doubt) };
  }

  private write({ asked, failure }: Doubt): Unknown {
    return this.ledger.addGap(asked, failure, this.at);
  }
}

/**
 * All versions of some buckets or keys: of those that were kept, else out of the files that have items of the type, read
 * once more in their order. The snapshots that hold them are noted.
 *
 * @returns why some may be missing: a file that was whole before could not be read again
 */
export async function searchFiles(
  index: Pick<FileIndex, 'files' | 'atOnce' | 'packed' | 'deliveries'>,
  type: ItemType,
  ids: ReadonlySet<string>,
  onItem: (item: ConfigItem) => void,
): Promise<Doubt | undefined> {
  const { files, atOnce, packed, deliveries } = index;
  if (ids.size === 0) return undefined;
  if (packed.isWhole) {
    for (const [item, snapshots] of packed.find(type, ids)) {
      onItem(item);
      for (const at of snapshots) deliveries.noteSighting(item, item, at);
    }
    return undefined;
  }
  const holding = files.filter((it) => it.types.has(type));
  let doubt: Doubt | undefined;
  for await (const read of eachFile(holding, atOnce, async (file) => await itemsIn(file, type, ids))) {
    if ('failure' in read) {
      doubt = read;
      continue;
    }
    for (const item of read.items) {
      onItem(item);
      if (read.snapshot !== undefined) deliveries.noteSighting(item, item, read.snapshot);
    }
  }
  return doubt;
}

/** The items of one file that are meant, or why it could not be read again. */
async function itemsIn({ file, snapshot }: WholeFile, type: ItemType, ids: ReadonlySet<string>) {
  const needle = Buffer.from(type);
  const items: ConfigItem[] = [];
  try {
    for await (const { row, isSelected } of readItemsOf(file, undefined, (bytes) => bytes.includes(needle))) {
      const { item } = row['resourceType'] === type ? itemOfRow(row, isSelected) : { item: undefined };
      if (item !== undefined && ids.has(item.resourceId)) items.push(item);
    }
    return { items, snapshot };
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    return doubtOfSkipped(file.name, error.message);
  }
}

function isWanted({ ids, accounts }: Wanted): (item: ConfigItem) => boolean {
  const wantedIds = ids === undefined ? undefined : new Set(ids);
  const wantedAccounts = accounts === undefined ? undefined : new Set(accounts);
  return ({ resourceId, accountId }) =>
    (wantedIds?.has(resourceId) ?? true) && (wantedAccounts?.has(accountId) ?? true);
}
