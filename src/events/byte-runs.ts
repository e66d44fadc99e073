/** Runs of bytes of one record, hashed and compared where they stand, since there are millions of records. */
export class ByteRuns {
  private data: Buffer = Buffer.alloc(0);
  private view = viewOf(this.data);
  private readonly starts = new Int32Array(32);
  private readonly ends = new Int32Array(32);
  private count = 0;
  /** How many bytes they are. */
  length = 0;

  /** Forgets them; those that are added then stand in `data`. */
  begin(data: Buffer): void {
    if (data !== this.data) {
      this.data = data;
      this.view = viewOf(data);
    }
    this.count = 0;
    this.length = 0;
  }

  add(start: number, end: number): void {
    if (start >= end) return;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
    this.length += end - start;
  }

  /** The same for the same bytes in the same runs. */
  hash(): number {
    const { view, starts, ends } = this;
    let hash = this.length;
    for (let index = 0; index < this.count; index += 1) {
      let at = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      for (; at + 4 <= end; at += 4) {
        hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      for (; at < end; at += 1) hash = Math.imul(hash ^ view.getUint8(at), 0x85ebca6b);
    }
    return hash;
  }

  /** Whether others are these bytes. */
  equals(other: DataView): boolean {
    if (other.byteLength !== this.length) return false;
    const { view, starts, ends } = this;
    let to = 0;
    for (let index = 0; index < this.count; index += 1) {
      let at = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      for (; at + 4 <= end; at += 4, to += 4) if (view.getInt32(at) !== other.getInt32(to)) return false;
      for (; at < end; at += 1, to += 1) if (view.getUint8(at) !== other.getUint8(to)) return false;
    }
    return true;
  }

  /** A copy of them. */
  copy(): DataView {
    const copied = Buffer.allocUnsafeSlow(this.length);
    let to = 0;
    for (let index = 0; index < this.count; index += 1) {
      to += this.data.copy(copied, to, this.starts[index], this.ends[index]);
    }
    return viewOf(copied);
  }

  /** The text of each of them. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, index) =>
      this.data.toString('utf8', this.starts[index], this.ends[index]),
    );
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
