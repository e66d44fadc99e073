import { backslash, closeBrace, closeBracket, comma, openBrace, openBracket, quote } from '../text/json-bytes.js';

/** What becomes of items of the list with this name, before the next ones are read. */
export type TakeItems = (name: string, items: readonly unknown[]) => void;

/** A member may be so large before it is left to who reads the whole. */
const longestPart = 64 * 1024 * 1024;

/** The signs that the parts of JSON begin and end with, as a table of all bytes. */
const isSign = Uint8Array.from({ length: 256 }, (_, byte) =>
  [quote, comma, openBrace, closeBrace, openBracket, closeBracket].includes(byte) ? 1 : 0,
);

/**
 * Puts a JSON object together from its bytes as they come. Lists, which may have hundreds of thousands of items, are
 * parsed a chunk at a time. It finds the ends of parts only: what they are is up to `JSON.parse`.
 */
export class MemberReader {
  private readonly members = new Map<string, unknown>();
  /** What was not parsed yet, from the beginning of a member or an item. */
  private rest: Buffer = Buffer.alloc(0);
  private depth = 0;
  private isInText = false;
  private isEscaped = false;
  /** The list that is being read. */
  private list: { readonly name: string; readonly items: unknown[] } | undefined;
  private isDone = false;
  /** In the bytes at hand: where what was not parsed begins, and where the last whole item ends. */
  private start = 0;
  private endOfItems = 0;

  constructor(private readonly take: TakeItems) {}

  /** @throws SyntaxError where a part is no JSON */
  add(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (bytes.length > longestPart) throw new SyntaxError('a part is too long');
    this.start = 0;
    this.endOfItems = 0;
    for (let at = this.rest.length; at < bytes.length; at += 1) {
      if (this.isInText) at = this.endOfText(bytes, at);
      else if (isSign[bytes[at] ?? 0] === 1) this.sign(bytes, at);
    }
    if (this.endOfItems > this.start) {
      this.addItems(bytes.subarray(this.start, this.endOfItems));
      this.start = this.endOfItems + 1;
    }
    this.rest = bytes.subarray(this.start);
  }

  /** Where the text ends that the place stands in, or what there is of it. */
  private endOfText(bytes: Buffer, from: number): number {
    let at = from;
    if (this.isEscaped) at += 1;
    this.isEscaped = false;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === quote) {
        this.isInText = false;
        return at;
      }
      if (byte === backslash) at += 1;
    }
    this.isEscaped = at > bytes.length;
    return bytes.length;
  }

  private sign(bytes: Buffer, at: number): void {
    if (this.isDone) throw new SyntaxError('something stands behind the object');
    switch (bytes[at]) {
      case quote: {
        this.isInText = true;
        break;
      }
      case openBrace:
      case openBracket: {
        this.open(bytes, at);
        break;
      }
      case comma: {
        if (this.depth === 2 && this.list !== undefined) this.endOfItems = at;
        if (this.depth === 1) this.endMember(bytes, at);
        break;
      }
      default: {
        this.close(bytes, at);
      }
    }
  }

  private open(bytes: Buffer, at: number): void {
    this.depth += 1;
    if (this.depth === 1) this.start = at + 1;
    if (this.depth !== 2 || bytes[at] !== openBracket) return;
    this.list = { name: nameOf(bytes.subarray(this.start, at)), items: [] };
    this.start = at + 1;
  }

  private close(bytes: Buffer, at: number): void {
    this.depth -= 1;
    if (this.depth === 0) {
      this.endMember(bytes, at);
      this.isDone = true;
    } else if (this.depth === 1 && this.list !== undefined) {
      this.addItems(bytes.subarray(this.start, at));
      this.start = at + 1;
      this.endOfItems = 0;
    }
  }

  /** Undefined for what is no whole object, or more than one. */
  document(): object | undefined {
    if (!this.isDone || this.depth !== 0 || this.rest.toString('latin1').trim() !== '') return undefined;
    return Object.fromEntries(this.members);
  }

  private addItems(bytes: Buffer): void {
    const items = parsed(`[${bytes.toString()}]`) as unknown[]; // a list is what was written
    if (this.list === undefined) return;
    if (items.length === 0 && this.list.items.length > 0) throw new SyntaxError('nothing stands behind a comma');
    this.take(this.list.name, items);
    for (const item of items) this.list.items.push(item);
  }

  private endMember(all: Buffer, end: number): void {
    const bytes = all.subarray(this.start, end);
    this.start = end + 1;
    if (this.list !== undefined) {
      if (bytes.length > 0) throw new SyntaxError('something stands behind a list');
      this.set(this.list.name, this.list.items);
      this.list = undefined;
      return;
    }
    for (const [name, value] of Object.entries(Object(parsed(`{${bytes.toString()}}`)))) this.set(name, value);
  }

  private set(name: string, value: unknown): void {
    if (this.members.has(name)) throw new SyntaxError('a name stands there twice');
    this.members.set(name, value);
  }
}

function nameOf(bytes: Buffer): string {
  const [name] = Object.keys(Object(parsed(`{${bytes.toString()}[]}`)));
  if (name === undefined) throw new SyntaxError('a list without a name');
  return name;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
