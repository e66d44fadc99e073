import { isCalledLikeData, parseDeliveryName, placeInFolders } from './delivery-name.js';
import type { Doubt, Unread } from './doubts.js';
import type { Lack } from './read-file.js';
import type { FileContents, MalformedRow, PackedItem } from './file-contents.js';

/** A file that was not read, and why. */
export interface SkippedFile {
  readonly name: string;
  readonly why: string;
  /** It is whole, and of something else. */
  readonly isForeign: boolean;
}

/** What a file that was skipped may have told; undefined for one that holds nothing of AWS Config. */
export function skippedDoubt(file: SkippedFile, doubt: Doubt | undefined): Unread | undefined {
  if (doubt === undefined) return undefined;
  const name = parseDeliveryName(file.name);
  if (name !== undefined) {
    const { accountId, region, type, from, to } = name;
    return { accountId, region, type, from, to, doubt };
  }
  const place = placeInFolders(file.name);
  if (place !== undefined) return { ...place, doubt };
  // A file that nobody can read, and that may have been called so by whoever copied it, may be of anything.
  return !file.isForeign && isCalledLikeData(file.name) ? { doubt } : undefined;
}

/** A file that says of itself that more may follow. */
export interface LackingFile extends Lack {
  readonly file: string;
  /** Resources whose items it has from the oldest on, so that the newest may be on the next page. */
  readonly cut: readonly Named[];
}

type Named = Pick<PackedItem['item'], 'type' | 'accountId' | 'region' | 'resourceId'>;

/** GetResourceConfigHistory gives the newest item first, unless it is asked for the oldest. */
export function oldestFirst({ items, packed }: Pick<FileContents, 'items' | 'packed'>): Named[] {
  const cut: Named[] = [];
  const before = new Map<string, string>();
  for (const item of [...items, ...packed.map((it) => it.item)]) {
    const key = [item.type, item.accountId, item.region, item.resourceId].join('\n');
    const other = before.get(key);
    if (other !== undefined && other < item.capturedAt) cut.push(item);
    before.set(key, item.capturedAt);
  }
  return cut;
}

/** What may follow a page: more resources, and of those whose newest items come last also later ones. */
export function lackingDoubts({ cut, isOfOthers }: LackingFile, doubt: Doubt | undefined): Unread[] {
  if (doubt === undefined) return [];
  const ofCut = cut.map(({ type, accountId, region, resourceId }): Unread => {
    return { type, accountId, region, resourceId, doubt };
  });
  return isOfOthers ? [{ resourceId: noResource, doubt }, ...ofCut] : ofCut;
}

/** No resource is called so: more may be there, and those that were read are as they were read. */
const noResource = '';

/** What an item that names no resource may have told; undefined for one that does. */
export function malformedDoubt({ row, isPlaced }: MalformedRow, doubt: Doubt | undefined): Unread | undefined {
  if (isPlaced || doubt === undefined) return undefined;
  const at = momentOf(row['configurationItemCaptureTime']);
  return {
    accountId: textOf(row['accountId']) ?? textOf(row['awsAccountId']),
    region: textOf(row['awsRegion']),
    type: textOf(row['resourceType']),
    resourceId: textOf(row['resourceId']),
    from: at,
    to: at,
    doubt,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function momentOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
