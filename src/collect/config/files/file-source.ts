import type { Unknown } from '../../../model/known.js';
import {
  hollowItem,
  isItemType,
  LatestItems,
  normalizeItem,
  type ConfigItem,
  type ItemType,
  type JsonObject,
  MalformedAnswer,
} from '../../../normalize/index.js';
import type { Ledger } from '../../aws/ledger.js';
import type { FoundItems, FoundRecorders, ItemSource, Wanted } from '../item-source.js';
import { recordersWithEnded } from '../past/recorders-at.js';
import { BrokenFile } from './array-scanner.js';
import { eachFile, type DeliveryFile } from './delivery-file.js';
import { noteSkippedFile, type FileIndex } from './file-index.js';
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
    const found =
      kept === undefined && isMany(type) ? await this.search(type, isWanted(wanted)) : { items: kept ?? [] };
    const gap = found.gap ?? this.index.gap;
    return { items: found.items.filter(isWanted(wanted)), evidence: {}, ...(gap === undefined ? {} : { gap }) };
  }

  async recorders(): Promise<FoundRecorders> {
    const type = 'AWS::Config::ConfigurationRecorder';
    const ended = this.index.items.get(type)?.ended() ?? [];
    return recordersWithEnded(await this.items(type), ended, this.ledger, this.at);
  }

  private async search(
    type: ItemType,
    isMeant: (item: ConfigItem) => boolean,
  ): Promise<{ readonly items: readonly ConfigItem[]; readonly gap?: Unknown }> {
    const { index, asOf, ledger, at } = this;
    const latest = new LatestItems();
    const gap = await searchFiles(index, { type, asOf, isMeant, ledger, at }, (item) => latest.add(item));
    return { items: latest.items(), ...(gap === undefined ? {} : { gap }) };
  }
}

interface Search {
  readonly type: ItemType;
  /** RFC 3339: nothing later; undefined: all. */
  readonly asOf: string | undefined;
  readonly isMeant: (item: ConfigItem) => boolean;
  readonly ledger: Ledger;
  readonly at: Date;
}

/**
 * Reads the files that have items of a type once more, for some of them, in the order of the files.
 *
 * @returns why some may be missing: a file that was whole before could not be read again
 */
export async function searchFiles(
  { files, atOnce }: Pick<FileIndex, 'files' | 'atOnce'>,
  search: Search,
  onItem: (item: ConfigItem) => void,
): Promise<Unknown | undefined> {
  const holding = files.filter((it) => it.types.has(search.type)).map((it) => it.file);
  let gap: Unknown | undefined;
  for await (const read of eachFile(holding, atOnce, async (file) => await itemsIn(file, search))) {
    if ('state' in read) gap = read;
    else for (const item of read) onItem(item);
  }
  return gap;
}

/** The items of one file that are meant, or why it could not be read again. */
async function itemsIn(
  file: DeliveryFile,
  { type, asOf, isMeant, ledger, at }: Search,
): Promise<readonly ConfigItem[] | Unknown> {
  const needle = Buffer.from(type);
  const items: ConfigItem[] = [];
  try {
    for await (const row of readItemsOf(file, (bytes) => bytes.includes(needle))) {
      const item = itemOf(row, type);
      const isInTime = item !== undefined && (asOf === undefined || item.capturedAt <= asOf);
      if (isInTime && isMeant(item)) items.push(item);
    }
    return items;
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    return noteSkippedFile(file.name, error.message, ledger, at);
  }
}

/** Malformed items were named when the files were first read. */
function itemOf(row: JsonObject, type: ItemType): ConfigItem | undefined {
  if (!isItemType(row['resourceType']) || row['resourceType'] !== type) return undefined;
  try {
    return normalizeItem(row);
  } catch (error) {
    if (error instanceof MalformedAnswer) return hollowItem(row);
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
