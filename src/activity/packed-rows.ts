import type { LightEvent } from '../model/log-events.js';

/** Of an id of an event: `8-4-4-4-12` hexadecimal digits, which are 16 bytes. */
const idLength = 36;
const dashes = [8, 13, 18, 23];
const digitsAt = Uint8Array.from(Array.from({ length: idLength }, (_, at) => at).filter((at) => !dashes.includes(at)));
const plain = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const dash = 0x2d;

/** By byte the value of a digit; 16 where it is none, or is written in capitals, as ids are not. */
const valueOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  return /[\da-f]/.test(text) ? Number.parseInt(text, 16) : 16;
});

/** The text of an event's id that was not parsed. */
export function lightId({ data, idAt }: LightEvent): string {
  return String.fromCharCode(...data.subarray(idAt, idAt + idLength));
}

/** A row is of eight words: its id in four, two numbers, and its time in two. */
const width = 8;
const [firstAt, secondAt, timeAt] = [4, 5, 3];
const rowsOfBlock = 8192;

interface Block {
  readonly words: Int32Array;
  readonly times: Float64Array;
}

/** Two numbers, the time and the id of events, of which there may be millions, in 32 bytes each. */
export class PackedRows {
  private readonly blocks: Block[] = [];
  private count = 0;
  /** Ids of another form, by their place. */
  private readonly others = new Map<number, string>();
  private readonly scratch = new Uint8Array(idLength);

  get length(): number {
    return this.count;
  }

  push(first: number, second: number, at: number, id: string): void {
    if (plain.test(id)) {
      for (let index = 0; index < idLength; index += 1) this.scratch[index] = id.charCodeAt(index);
      this.write(first, second, at, this.scratch, 0);
    } else {
      this.others.set(this.count, id);
      this.write(first, second, at, this.scratch, 0);
    }
    this.count += 1;
  }

  pushLight(first: number, second: number, event: LightEvent): void {
    const isPlain = this.write(first, second, event.at, event.data, event.idAt);
    if (!isPlain) this.others.set(this.count, lightId(event));
    this.count += 1;
  }

  firstOf(row: number): number {
    return this.wordOf(row, firstAt);
  }

  secondOf(row: number): number {
    return this.wordOf(row, secondAt);
  }

  timeOf(row: number): number {
    const time = this.blocks[Math.floor(row / rowsOfBlock)]?.times[((row % rowsOfBlock) * width) / 2 + timeAt];
    return time ?? Number.NaN;
  }

  idOf(row: number): string {
    const other = this.others.get(row);
    if (other !== undefined) return other;
    let hex = '';
    for (let word = 0; word < 4; word += 1) hex += (this.wordOf(row, word) >>> 0).toString(16).padStart(8, '0');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  private wordOf(row: number, word: number): number {
    return this.blocks[Math.floor(row / rowsOfBlock)]?.words[(row % rowsOfBlock) * width + word] ?? -1;
  }

  /** @returns false where the id is of another form */
  private write(first: number, second: number, at: number, data: Uint8Array, idAt: number): boolean {
    const { words, times } = this.blockOf(this.count);
    const row = (this.count % rowsOfBlock) * width;
    words[row + firstAt] = first;
    words[row + secondAt] = second;
    times[row / 2 + timeAt] = at;
    let isPlain = dashes.every((it) => data[idAt + it] === dash);
    let word = 0;
    for (let digit = 0; digit < digitsAt.length; digit += 1) {
      const value = valueOf[data[idAt + (digitsAt[digit] ?? 0)] ?? 0] ?? 16;
      if (value > 15) isPlain = false;
      word = (word << 4) | value;
      if ((digit & 7) === 7) words[row + (digit >> 3)] = word;
    }
    return isPlain;
  }

  private blockOf(row: number): Block {
    const number = Math.floor(row / rowsOfBlock);
    const known = this.blocks[number];
    if (known !== undefined) return known;
    const bytes = new ArrayBuffer(rowsOfBlock * width * 4);
    const made = { words: new Int32Array(bytes), times: new Float64Array(bytes) };
    this.blocks.push(made);
    return made;
  }
}
