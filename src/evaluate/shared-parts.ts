import { EvidenceUnions } from './evidence-unions.js';

/** So many are remembered, each in the place that its digest names: what is alike mostly stands close together. */
const places = 8192;

/**
 * Parts of results that are alike, as one object: what a policy says of a recorder is the same in thousands of accounts.
 * They are plain data that nobody changes, so that it makes no difference but in memory.
 */
export class SharedParts {
  private readonly known: unknown[] = [];
  private readonly unions = new EvidenceUnions();
  private isNew = false;

  constructor() {
    for (let place = 0; place < places; place += 1) this.known.push(undefined);
  }

  /** Whether there was none like the part that was asked for last. */
  get wasNew(): boolean {
    return this.isNew;
  }

  /** The ids of all lists, each once, sorted. */
  evidenceOf(lists: readonly (readonly string[])[]): readonly string[] {
    return this.unions.of(lists, this.share);
  }

  private readonly share = (ids: readonly string[]): readonly string[] => this.of(ids);

  /** The part itself, or one that is written in just the same way. */
  of<T>(part: T): T {
    const place = digestOf(part, 0) % places;
    const before = this.known[place];
    // What is written in the same way has the same type.
    this.isNew = before === undefined || !isAlike(part, before);
    if (!this.isNew) return before as T;
    const kept = trimmed(part);
    this.known[place] = kept;
    return kept;
  }
}

/** A list that was made by filtering or pushing has room for 16 more members; a copy has none. */
function trimmed<T>(part: T): T {
  // A copy of a list has the type of the list.
  return Array.isArray(part) ? (part.slice() as T) : part;
}

/** Of a text so many characters are looked at. */
const samples = 16;

/**
 * A small number that is the same for parts that are alike. It comes from some of their characters and members only: what
 * is not alike is told apart by comparing.
 */
function digestOf(part: unknown, seed: number): number {
  if (typeof part === 'string') return digestOfText(part, seed);
  if (typeof part === 'number') return mixed(seed, part);
  if (typeof part !== 'object' || part === null) return mixed(seed, part === true ? 1 : 2);
  if (Array.isArray(part)) {
    const members: readonly unknown[] = part;
    const digest = mixed(seed, members.length);
    return members.length === 0 ? digest : digestOf(members.at(-1), digestOf(members[0], digest));
  }
  let digest = seed;
  // Plain data has no members but its own: a list of them would be made for each part.
  for (const key in part) digest = digestOf(part[key as keyof typeof part], digest);
  return digest;
}

function digestOfText(text: string, seed: number): number {
  let digest = mixed(seed, text.length);
  const step = Math.max(1, Math.floor(text.length / samples));
  for (let index = text.length - 1; index >= 0; index -= step) digest = mixed(digest, text.charCodeAt(index));
  return digest;
}

/** 30 bits: what V8 holds without an object of its own. */
function mixed(digest: number, value: number): number {
  return (Math.imul(digest, 31) + value) & 0x3f_ff_ff_ff;
}

function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && hasSameItems(a, b);
  return !Array.isArray(b) && hasSameMembers(a, b);
}

function hasSameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (!isAlike(a[at], b[at])) return false;
  return true;
}

function hasSameMembers(a: object, b: object): boolean {
  const keysOfB = Object.keys(b);
  let at = 0;
  for (const key in a) {
    // The keys are those of the objects, and in the same order: results are written as they stand.
    if (key !== keysOfB[at] || !isAlike(a[key as keyof typeof a], b[key as keyof typeof b])) return false;
    at += 1;
  }
  return at === keysOfB.length;
}
