import type { ByteRuns } from './byte-runs.js';

/** Kinds with one hash: no more are remembered, so that none are looked through for long. */
const mostAlike = 8;

interface Kind<T> {
  readonly bytes: DataView;
  readonly made: T;
}

/** What was made of bytes, by these bytes: their hash finds them, and they are compared. */
export class KindTable<T> {
  private readonly byHash = new Map<number, Kind<T>[]>();

  /** @param hash of the bytes */
  find(runs: ByteRuns, hash: number): T | undefined {
    const alike = this.byHash.get(hash);
    if (alike === undefined) return undefined;
    for (const it of alike) if (runs.equals(it.bytes)) return it.made;
    return undefined;
  }

  /** Whether one more with that hash is remembered. */
  hasRoom(hash: number): boolean {
    return (this.byHash.get(hash)?.length ?? 0) < mostAlike;
  }

  add(bytes: DataView, hash: number, made: T): void {
    const alike = this.byHash.get(hash);
    if (alike === undefined) this.byHash.set(hash, [{ bytes, made }]);
    else alike.push({ bytes, made });
  }

  clear(): void {
    this.byHash.clear();
  }
}
