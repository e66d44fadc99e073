/** A file that is not the JSON that is looked for: what is wrong, and at which byte. */
export class BrokenFile extends Error {
  override readonly name = 'BrokenFile';
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** No configuration item is larger: AWS Config takes some megabytes at most. */
const largestElement = 64 * 1024 * 1024;

/** Names of members are short; a longer one is none that is looked for. */
const longestName = 200;

/**
 * Cuts the elements out of one list of the top-level object of a JSON text, chunk by chunk, without holding more than
 * one element. What is between braces is taken as it is: whoever parses an element finds out whether it is JSON.
 *
 *     {"fileVersion":"1.0","configurationItems":[ELEMENT, ELEMENT, …]}
 */
export class ArrayScanner {
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Bytes of the string that is being read at depth 1, as far as it may be a member's name. */
  private name: number[] = [];
  private lastString = '';
  private member = '';
  private inList = false;
  /** What stood last in the list. */
  private last: 'nothing' | 'item' | 'comma' = 'nothing';
  private sawList = false;
  private sawEnd = false;
  private parts: Buffer[] = [];
  private size = 0;
  private position = 0;

  constructor(private readonly list: string) {}

  /** The elements that this chunk completes. */
  *push(chunk: Buffer): Generator<Buffer, void, undefined> {
    let start = this.parts.length > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.inString) {
        this.readString(byte);
        continue;
      }
      if (this.inList && this.depth === 2) this.checkBetween(byte, index);
      if (byte === quote) {
        this.inString = true;
        this.name = [];
      } else if (byte === openBrace || byte === openBracket) {
        if (this.open(byte, index)) start = index;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (this.close(byte, index)) {
          yield this.element(chunk, start, index);
          start = -1;
        }
      } else if (byte === colon && this.depth === 1) {
        this.member = this.lastString;
      } else if (this.depth === 0 && !isSpace(byte)) {
        throw this.broken(index, 'is not a JSON object');
      }
    }
    if (start >= 0) this.keep(chunk.subarray(start));
    this.position += chunk.length;
  }

  /** Called at the end of the file; throws when the object is not whole, or holds no such list. */
  end(): void {
    if (this.position === 0) throw new BrokenFile('is empty');
    if (this.depth > 0) throw new BrokenFile('is cut off: its JSON does not end');
    if (!this.sawList) throw new BrokenFile(`has no ${this.list}: it is not a file of AWS Config`);
  }

  /** Only items and single commas between them: anything else may be the rest of an item that was lost. */
  private checkBetween(byte: number, index: number): void {
    if (isSpace(byte)) return;
    const isOpen = byte === openBrace && this.last !== 'item';
    const isComma = byte === comma && this.last === 'item';
    if (byte === closeBracket && this.last !== 'comma') return;
    if (!isOpen && !isComma) throw this.broken(index, `has something other than items in ${this.list}`);
    this.last = isOpen ? 'item' : 'comma';
  }

  private readString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) {
      this.inString = false;
      if (this.depth === 1) this.lastString = Buffer.from(this.name).toString('utf8');
      return;
    }
    if (this.depth === 1 && this.name.length < longestName) this.name.push(byte);
  }

  /** True where an element begins. */
  private open(byte: number, index: number): boolean {
    if (this.depth === 0 && (byte !== openBrace || this.sawEnd)) {
      throw this.broken(index, 'is not a JSON object');
    }
    if (this.depth === 1 && byte === openBracket && this.member === this.list) {
      this.inList = true;
      this.last = 'nothing';
      this.sawList = true;
    }
    this.depth += 1;
    return this.inList && this.depth === 3 && byte === openBrace;
  }

  /** True where an element ends. */
  private close(byte: number, index: number): boolean {
    if (this.depth === 0) throw this.broken(index, 'has a bracket too many');
    const endsElement = this.inList && this.depth === 3;
    if (endsElement && byte !== closeBrace) throw this.broken(index, 'has an item that no brace closes');
    this.depth -= 1;
    if (this.depth === 1) this.inList = false;
    if (this.depth === 0) this.sawEnd = true;
    return endsElement;
  }

  private element(chunk: Buffer, start: number, end: number): Buffer {
    const last = chunk.subarray(Math.max(start, 0), end + 1);
    if (this.parts.length === 0) return last;
    const whole = Buffer.concat([...this.parts, last]);
    this.parts = [];
    this.size = 0;
    return whole;
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.size > largestElement) throw new BrokenFile('has an item of more than 64 MB');
    this.parts.push(part);
  }

  private broken(index: number, what: string): BrokenFile {
    return new BrokenFile(`${what} (byte ${this.position + index})`);
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
