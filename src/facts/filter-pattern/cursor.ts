/** Thrown inside the parser; its face turns it into a value. */
export class PatternError extends Error {
  override readonly name = 'PatternError';

  constructor(
    message: string,
    /** 0-based. */
    readonly offset: number,
  ) {
    super(message);
  }
}

const space = /[ \t\r\n]/;
const nameCharacter = /[A-Za-z0-9_-]/;

/** A place in the text of a pattern, and what is counted on the way. */
export class Cursor {
  offset = 0;
  regexes = 0;
  wildcards = 0;

  constructor(readonly text: string) {}

  get current(): string {
    return this.text.charAt(this.offset);
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get isAtSpace(): boolean {
    return space.test(this.current);
  }

  skipSpace(): void {
    while (this.isAtSpace) this.offset += 1;
  }

  /** Takes this text if it is what comes next after white space. */
  take(text: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(text, this.offset)) return false;
    this.offset += text.length;
    return true;
  }

  /** Letters, digits, `_` and `-`; empty where there are none. */
  word(): string {
    return this.run((character) => nameCharacter.test(character));
  }

  run(accepts: (character: string) => boolean): string {
    const start = this.offset;
    while (!this.isAtEnd && accepts(this.current)) this.offset += 1;
    return this.text.slice(start, this.offset);
  }

  fail(message: string, offset = this.offset): never {
    throw new PatternError(message, offset);
  }

  /** What stands here, for a message. */
  get here(): string {
    return this.isAtEnd
      ? 'the end of the pattern'
      : `"${String.fromCodePoint(this.text.codePointAt(this.offset) ?? 0)}"`;
  }
}
