import { BrokenFile, ForeignFile } from './broken-file.js';
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isSpace,
  openBrace,
  openBracket,
  quote,
} from '../../../text/json-bytes.js';

/** No configuration item is larger: AWS Config takes some megabytes at most. */
const largestElement = 64 * 1024 * 1024;

/** Names of members and tokens of pages are short; a longer text is neither. */
const longestText = 4096;

/** What a member of the top-level object holds that is looked for: a list of objects, of texts, or one object. */
export type Shape = 'objects' | 'texts' | 'object';

/** The name under which the elements of a document that is a list itself are given. */
export const wholeDocument = '';

/** The bytes of one element: from its brace or quotation mark to the one that closes it. */
export interface Element {
  readonly member: string;
  readonly bytes: Buffer;
}

/**
 * Cuts the elements out of some members of the top-level object of a JSON text, or out of a text that is a list, chunk
 * by chunk, without holding more than one element. What is between braces is taken as it is: whoever parses an element
 * finds out whether it is JSON.
 *
 *     {"fileVersion":"1.0","configurationItems":[ELEMENT, ELEMENT, …],"nextToken":"TEXT"}
 *     [ELEMENT, ELEMENT, …]
 */
export class JsonScanner {
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Bytes of the string that is being read at depth 1, as far as it may be a name or a short text. */
  private text: number[] = [];
  private lastString = '';
  private member = '';
  private isValue = false;
  /** What of the list that is open is looked for; undefined outside of one. */
  private list: { readonly member: string; readonly shape: Shape; readonly depth: number } | undefined;
  private isDocumentList = false;
  /** What stood last in the list. */
  private last: 'nothing' | 'item' | 'comma' = 'nothing';
  /** Depth at which an element was opened. */
  private elementDepth = -1;
  private inText = false;
  private sawEnd = false;
  /** One of the members, and as it should be. */
  private found = false;
  private parts: Buffer[] = [];
  private size = 0;
  private position = 0;
  private readonly seen = new Set<string>();
  private readonly texts = new Map<string, string>();

  /** @param wanted the members that are looked for; {@link wholeDocument} for a text that is a list */
  constructor(private readonly wanted: ReadonlyMap<string, Shape>) {}

  /** Names of the members of the top-level object that were seen so far. */
  get members(): ReadonlySet<string> {
    return this.seen;
  }

  /** A member of the top-level object that is a short text; undefined where there is none. */
  textOf(member: string): string | undefined {
    return this.texts.get(member);
  }

  /** The elements that this chunk completes. */
  *push(chunk: Buffer): Generator<Element, void, undefined> {
    let start = this.parts.length > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.inString) {
        if (this.readString(byte) && this.inText) {
          yield this.element(chunk, start, index);
          start = -1;
          this.inText = false;
        }
        continue;
      }
      if (this.list?.depth === this.depth) this.checkBetween(byte, index);
      if (byte === quote) {
        if (this.openText(index)) start = index;
      } else if (byte === openBrace || byte === openBracket) {
        if (this.open(byte, index)) start = index;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (this.close(byte, index)) {
          yield this.element(chunk, start, index);
          start = -1;
        }
      } else if (byte === colon && this.depth === 1) {
        this.member = this.lastString;
        this.isValue = true;
        this.seen.add(this.member);
      } else if (byte === comma && this.depth === 1) {
        this.isValue = false;
      } else if (this.depth === 0 && !isSpace(byte)) {
        throw this.broken(index, 'is not a JSON object');
      }
    }
    if (start >= 0) this.keep(chunk.subarray(start));
    this.position += chunk.length;
  }

  /** Called at the end of the file; throws when the text is not whole, or holds nothing that is looked for. */
  end(): void {
    if (this.position === 0) throw new BrokenFile('is empty');
    if (this.depth > 0) throw new BrokenFile('is cut off: its JSON does not end');
    if (!this.sawEnd) throw new BrokenFile('is empty');
    if (this.found) return;
    if ([...this.wanted.keys()].some((it) => this.seen.has(it)))
      throw new BrokenFile('has no list of configurationItems');
    if (this.seen.has('configurationItemCaptureTime')) {
      throw new BrokenFile('is one configuration item, and not a file of them: put it in {"configurationItems":[…]}');
    }
    throw new ForeignFile('has no configurationItems: it is not a file of AWS Config');
  }

  /** Only elements and single commas between them: anything else may be the rest of an element that was lost. */
  private checkBetween(byte: number, index: number): void {
    if (isSpace(byte)) return;
    const { shape } = this.list ?? {};
    const isElement = shape === 'texts' ? byte === quote : byte === openBrace;
    const isOpen = (isElement || (this.isDocumentList && byte === quote)) && this.last !== 'item';
    const isComma = byte === comma && this.last === 'item';
    if (byte === closeBracket && this.last !== 'comma') return;
    if (!isOpen && !isComma) throw this.strange(index);
    this.last = isOpen ? 'item' : 'comma';
  }

  private strange(index: number): BrokenFile {
    const isItems = !this.isDocumentList && this.list?.shape === 'objects';
    if (isItems) return this.broken(index, `has something other than items in ${this.list?.member}`);
    // Others have lists, and results, too.
    return new ForeignFile(`has a list of something other than items (byte ${this.position + index})`);
  }

  /** True where an element begins. */
  private openText(index: number): boolean {
    if (this.depth === 0) throw this.broken(index, 'is not a JSON object');
    this.inString = true;
    this.text = [];
    this.inText = this.list?.depth === this.depth;
    return this.inText;
  }

  /** True where the string ends. */
  private readString(byte: number): boolean {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) {
      this.inString = false;
      if (this.depth === 1 && !this.isDocumentList) this.endText();
      return true;
    }
    if (this.depth === 1 && this.text.length < longestText) this.text.push(byte);
    return false;
  }

  private endText(): void {
    this.lastString = Buffer.from(this.text).toString('utf8');
    if (this.isValue) this.texts.set(this.member, this.lastString);
  }

  /** True where an element begins. */
  private open(byte: number, index: number): boolean {
    if (this.depth === 0) this.openDocument(byte, index);
    const shape = this.depth === 1 && !this.isDocumentList ? this.wanted.get(this.member) : undefined;
    this.depth += 1;
    if (shape === 'object' && byte === openBrace) return this.startElement(this.member, shape);
    if (shape !== undefined && shape !== 'object' && byte === openBracket) {
      this.openList(this.member, shape);
    }
    if (this.list?.depth === this.depth - 1 && byte === openBrace) {
      this.elementDepth = this.depth;
      return true;
    }
    return false;
  }

  private openDocument(byte: number, index: number): void {
    if (this.sawEnd) throw this.broken(index, 'is not a JSON object');
    if (byte === openBrace) return;
    const shape = this.wanted.get(wholeDocument);
    if (shape === undefined) throw this.broken(index, 'is not a JSON object');
    this.isDocumentList = true;
    this.list = { member: wholeDocument, shape, depth: 1 };
    this.last = 'nothing';
    this.found = true;
  }

  private openList(member: string, shape: Shape): void {
    this.list = { member, shape, depth: this.depth };
    this.last = 'nothing';
    this.found = true;
  }

  private startElement(member: string, shape: Shape): boolean {
    this.list = { member, shape, depth: -1 };
    this.found = true;
    this.elementDepth = this.depth;
    return true;
  }

  /** True where an element ends. */
  private close(byte: number, index: number): boolean {
    if (this.depth === 0) throw this.broken(index, 'has a bracket too many');
    const endsElement = this.elementDepth === this.depth;
    if (endsElement && byte !== closeBrace) throw this.broken(index, 'has an item that no brace closes');
    if (endsElement) this.elementDepth = -1;
    this.depth -= 1;
    if (this.list !== undefined && this.depth < this.list.depth) this.list = undefined;
    if (this.depth === 0) this.sawEnd = true;
    return endsElement;
  }

  private element(chunk: Buffer, start: number, end: number): Element {
    const member = this.list?.member ?? wholeDocument;
    if (this.list?.depth === -1) this.list = undefined;
    const last = chunk.subarray(Math.max(start, 0), end + 1);
    if (this.parts.length === 0) return { member, bytes: last };
    const bytes = Buffer.concat([...this.parts, last]);
    this.parts = [];
    this.size = 0;
    return { member, bytes };
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
