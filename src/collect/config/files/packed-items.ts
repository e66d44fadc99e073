import type { ConfigItem, ItemType } from '../../../normalize/index.js';
import type { PackedItem } from './file-contents.js';
import { parseItem } from './read-file.js';
import { itemOfRow } from './row-item.js';

interface Kept extends PackedItem {
  /** The snapshots that hold the item. */
  readonly snapshots: string[];
}

/**
 * Buckets and keys as their bytes, each version once, however many snapshots hold it. Which of them are asked for is
 * known only when all trails are; should there be too many to be kept, the files are read again.
 */
export class PackedItems {
  private readonly versions = new Map<string, Kept>();
  private size = 0;

  /** @param most bytes */
  constructor(private readonly most: number) {}

  /** False when there are too many: nothing is kept any more. */
  isWhole = true;

  add(packed: PackedItem, snapshot: string | undefined): void {
    if (!this.isWhole) return;
    const key = `${packed.key}\n${packed.item.capturedAt}`;
    const other = this.versions.get(key);
    const snapshots = other?.snapshots ?? [];
    if (snapshot !== undefined) snapshots.push(snapshot);
    this.size += (other === undefined ? packed.bytes.length + key.length : 0) + 8;
    // Of two items of the same moment the one of the later file counts.
    this.versions.set(key, { ...packed, snapshots });
    if (this.size > this.most) this.drop();
  }

  drop(): void {
    this.isWhole = false;
    this.versions.clear();
  }

  /** All versions of some resources, with the snapshots that hold each. */
  *find(type: ItemType, ids: ReadonlySet<string>): Generator<readonly [ConfigItem, readonly string[]]> {
    for (const { item: named, bytes, isSelected, snapshots } of this.versions.values()) {
      if (named.type !== type || !ids.has(named.resourceId)) continue;
      // What is malformed of it was noted when it was first read.
      const { item } = itemOfRow(parseItem(bytes), isSelected);
      if (item !== undefined) yield [item, snapshots];
    }
  }
}
