import { resourceKey, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import { byText } from '../../../text/order.js';

/** What was recorded of one resource, oldest first. */
export type Versions = readonly ConfigItem[];

/** All that was recorded of resources around a window, to be asked for any moment of it. */
export class ItemVersions {
  /** Of each resource by the moment of capture. */
  private readonly added = new Map<string, Map<string, ConfigItem>>();
  /** Type → account → resources by their key. */
  private readonly byPlace = new Map<ItemType, Map<string, Versions[]>>();
  private readonly byResource = new Map<string, Versions>();

  /** Of two items of the same moment the one that comes later counts. */
  add(item: ConfigItem): void {
    const key = resourceKey(item);
    const versions = this.added.get(key) ?? new Map<string, ConfigItem>();
    this.added.set(key, versions.set(item.capturedAt, item));
  }

  /**
   * Puts what was added since the last time in order. Of those before the window only the last counts, and of those after
   * it the first tells of the time before it; a resource that has only such ones was not seen in the window.
   */
  settle({ from, to }: { readonly from: string; readonly to: string }): void {
    this.byPlace.clear();
    this.byResource.clear();
    for (const [key, versions] of [...this.added].toSorted(([a], [b]) => byText(a, b))) {
      const ordered = [...versions.values()].toSorted((a, b) => byText(a.capturedAt, b.capturedAt));
      const kept = ordered.slice(Math.max(0, indexAt(ordered, from)), indexAt(ordered, to) + 2);
      const [first] = kept;
      if (first === undefined || first.capturedAt > to) continue;
      this.byResource.set(key, kept);
      const { type, accountId } = first;
      const accounts = this.byPlace.get(type) ?? new Map<string, Versions[]>();
      this.byPlace.set(type, accounts);
      accounts.set(accountId, [...(accounts.get(accountId) ?? []), kept]);
    }
  }

  /** The version that followed on an item; undefined for the last. */
  next(item: ConfigItem): ConfigItem | undefined {
    return this.byResource.get(resourceKey(item))?.find((it) => it.capturedAt > item.capturedAt);
  }

  /** Each resource of a type, by account and key; of some accounts or of all. */
  *resources(type: ItemType, accounts?: ReadonlySet<string>): Generator<Versions> {
    const places = this.byPlace.get(type);
    if (places === undefined) return;
    for (const [accountId, resources] of places) if (accounts?.has(accountId) ?? true) yield* resources;
  }
}

/** The version that was in force at a moment: the last that was captured by then. */
export function versionAt(versions: Versions, at: string): ConfigItem | undefined {
  return versions[indexAt(versions, at)];
}

/** -1 before the first. */
function indexAt(versions: Versions, at: string): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const version = versions[middle];
    if (version !== undefined && version.capturedAt <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
