import {
  isItemType,
  LatestItems,
  normalizeItem,
  type ConfigItem,
  type ItemType,
} from '../../../normalize/config/item.js';
import type { JsonObject } from '../../../normalize/config/json.js';
import { MalformedAnswer } from '../../../normalize/malformed-answer.js';
import type { Ledger } from '../../ledger.js';
import type { FoundItems, FoundRecorders, ItemSource, Wanted } from '../item-source.js';
import { recordersWithEnded } from '../past/recorders-at.js';
import type { FileIndex } from './file-index.js';
import { readItemsOf } from './read-file.js';

/** Finds items in delivery files. Buckets and keys, of which there may be millions, are looked for by name. */
export class FileSource implements ItemSource {
  constructor(
    private readonly index: FileIndex,
    private readonly asOf: string | undefined,
    private readonly ledger: Ledger,
    private readonly at: Date,
  ) {}

  async items(type: ItemType, wanted: Wanted = {}): Promise<FoundItems> {
    const kept = this.index.items.get(type)?.items();
    const all = kept ?? (isMany(type) ? await this.search(type, wanted) : []);
    const { gap } = this.index;
    return { items: all.filter(isWanted(wanted)), evidence: {}, ...(gap === undefined ? {} : { gap }) };
  }

  async recorders(): Promise<FoundRecorders> {
    const type = 'AWS::Config::ConfigurationRecorder';
    const ended = this.index.items.get(type)?.ended() ?? [];
    return recordersWithEnded(await this.items(type), ended, this.ledger, this.at);
  }

  private async search(type: ItemType, wanted: Wanted): Promise<ConfigItem[]> {
    const latest = new LatestItems();
    const isMeant = isWanted(wanted);
    for await (const item of itemsOfType(this.index.files, type, this.asOf)) if (isMeant(item)) latest.add(item);
    return latest.items();
  }
}

/** The items of one type, up to a moment, in the order of the files. */
export async function* itemsOfType(
  files: readonly string[],
  type: ItemType,
  asOf: string | undefined,
): AsyncGenerator<ConfigItem, void, undefined> {
  const needle = Buffer.from(type);
  for (const file of files) {
    for await (const row of readItemsOf(file, (bytes) => bytes.includes(needle))) {
      const item = itemOf(row, type);
      if (item !== undefined && (asOf === undefined || item.capturedAt <= asOf)) yield item;
    }
  }
}

/** Malformed items were named when the files were first read. */
function itemOf(row: JsonObject, type: ItemType): ConfigItem | undefined {
  if (!isItemType(row['resourceType']) || row['resourceType'] !== type) return undefined;
  try {
    return normalizeItem(row);
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}

function isMany(type: ItemType): boolean {
  return type === 'AWS::S3::Bucket' || type === 'AWS::KMS::Key';
}

function isWanted({ ids, accounts }: Wanted): (item: ConfigItem) => boolean {
  const wantedIds = ids === undefined ? undefined : new Set(ids);
  const wantedAccounts = accounts === undefined ? undefined : new Set(accounts);
  return ({ resourceId, accountId }) =>
    (wantedIds?.has(resourceId) ?? true) && (wantedAccounts?.has(accountId) ?? true);
}
