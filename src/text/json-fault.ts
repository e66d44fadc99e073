import { placeIn, type Place } from './place-in.js';

const space = /[ \t\n\r]*/y;
const plainValue = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** What has to come: `item` and `member` are the first of a list and an object, which may be empty. */
type Expected = 'value' | 'item' | 'member' | 'key' | 'behind' | 'end';

/**
 * Where a text stops being JSON, which `JSON.parse` does not always tell.
 *
 * @param text - what `JSON.parse` refused
 */
export function jsonFaultIn(text: string): Place {
  return placeIn(text, new Scanner(text).faultAt());
}

class Scanner {
  private at = 0;
  /** What the lists and objects that are open end with. */
  private readonly ends: (']' | '}')[] = [];

  constructor(private readonly text: string) {}

  /** Without recursion: what is broken may be deep, too. */
  faultAt(): number {
    let expected: Expected | undefined = 'value';
    while (expected !== undefined && expected !== 'end') expected = this.after(expected);
    if (expected === 'end') this.takes(space);
    return this.at;
  }

  /** What has to come behind what is expected; undefined where that is not there. */
  private after(expected: Expected): Expected | undefined {
    this.takes(space);
    switch (expected) {
      case 'item': {
        return this.takesEnd() ?? 'value';
      }
      case 'member': {
        return this.takesEnd() ?? 'key';
      }
      case 'key': {
        if (!this.takesQuoted()) return undefined;
        this.takes(space);
        return this.takesSign(':') ? 'value' : undefined;
      }
      case 'behind': {
        const end = this.takesEnd();
        if (end !== undefined || !this.takesSign(',')) return end;
        return this.ends.at(-1) === '}' ? 'key' : 'value';
      }
      default: {
        return this.afterValue();
      }
    }
  }

  private afterValue(): Expected | undefined {
    if (this.takesSign('{')) {
      this.ends.push('}');
      return 'member';
    }
    if (this.takesSign('[')) {
      this.ends.push(']');
      return 'item';
    }
    const isThere = this.text[this.at] === '"' ? this.takesQuoted() : this.takes(plainValue);
    return isThere ? this.behind() : undefined;
  }

  private behind(): Expected {
    return this.ends.length === 0 ? 'end' : 'behind';
  }

  private takesEnd(): Expected | undefined {
    if (!this.takesSign(this.ends.at(-1) ?? '')) return undefined;
    this.ends.pop();
    return this.behind();
  }

  /** A text that is broken is left where it breaks. */
  private takesQuoted(): boolean {
    if (!this.takesSign('"')) return false;
    for (;;) {
      if (this.takesSign('"')) return true;
      const sign = this.text[this.at];
      if (sign === undefined || sign < ' ') return false;
      if (sign !== '\\') this.at += 1;
      else if (!this.takes(escape)) return false;
    }
  }

  private takesSign(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private takes(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}
