import { resourceKey, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import { byText } from '../../../text/order.js';

/** What was recorded of one resource, oldest first. */
export type Versions = readonly ConfigItem[];

/** All that was recorded of resources up to the end of a window, to be asked for any moment of it. */
export class ItemVersions {
  private readonly byResource = new Map<string, ConfigItem[]>();
  /** Type → account → resources by their key. */
  private readonly byPlace = new Map<ItemType, Map<string, Versions[]>>();

  add(item: ConfigItem): void {
    const key = resourceKey(item);
    const versions = this.byResource.get(key);
    if (versions === undefined) this.byResource.set(key, [item]);
    else versions.push(item);
  }

  /**
   * Puts what was added since the last time in order. Of two items of the same moment the one that came later counts;
   * of those before the window only the last.
   */
  settle(from: string): void {
    this.byPlace.clear();
    for (const [key, versions] of [...this.byResource].toSorted(([a], [b]) => byText(a, b))) {
      const distinct = new Map(versions.map((it) => [it.capturedAt, it]));
      const ordered = [...distinct.values()].toSorted((a, b) => byText(a.capturedAt, b.capturedAt));
      const kept = ordered.slice(Math.max(0, indexAt(ordered, from)));
      this.byResource.set(key, kept);
      const [first] = kept;
      if (first === undefined) continue;
      const { type, accountId } = first;
      const accounts = this.byPlace.get(type) ?? new Map<string, Versions[]>();
      this.byPlace.set(type, accounts);
      accounts.set(accountId, [...(accounts.get(accountId) ?? []), kept]);
    }
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
