import { CannotSay } from './condition.js';

/**
 * A regular expression of the policy language (RE2) in the words that RE2, Java and their kin share and take alike:
 * classes written out, letters of either case as classes, and a beginning and end that are those of the whole text.
 *
 * @throws CannotSay where it uses more than that
 */
export function portablePattern(pattern: string): string {
  return new Portable(pattern).all();
}

const digits = '0-9';
const word = '0-9A-Za-z_';
const blank = String.raw`\t\n\f\r `;

class Portable {
  private at = 0;
  private ignoresCase = false;
  private dotTakesAll = false;

  constructor(private readonly pattern: string) {}

  all(): string {
    const flags = /^\(\?([is]+)\)/.exec(this.pattern);
    if (flags !== null) {
      this.at = flags[0].length;
      this.ignoresCase = flags[1]?.includes('i') === true;
      this.dotTakesAll = flags[1]?.includes('s') === true;
    }
    let text = '';
    while (this.at < this.pattern.length) text += this.next();
    return text;
  }

  private take(): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
    this.at += character.length;
    return character;
  }

  private next(): string {
    const character = this.take();
    switch (character) {
      case '\\': {
        return this.escaped();
      }
      case '[': {
        return this.set();
      }
      case '(': {
        const rest = this.pattern.slice(this.at);
        if (rest.startsWith('?') && !rest.startsWith('?:')) throw new CannotSay('the pattern changes flags within it');
        if (!rest.startsWith('?:')) return '(?:';
        this.at += 2;
        return '(?:';
      }
      case '^': {
        return String.raw`\A`;
      }
      case '$': {
        return String.raw`\z`;
      }
      case '.': {
        return this.dotTakesAll ? String.raw`[\s\S]` : String.raw`[^\n]`;
      }
      case ')':
      case '|':
      case '*':
      case '+':
      case '?': {
        return character;
      }
      case '{': {
        const times = /^\d{1,3}(?:,\d{0,3})?\}/.exec(this.pattern.slice(this.at))?.[0];
        if (times === undefined) return String.raw`\{`;
        this.at += times.length;
        return `{${times}`;
      }
      default: {
        return this.plain(character);
      }
    }
  }

  private escaped(): string {
    const character = this.take();
    switch (character) {
      case 'd': {
        return `[${digits}]`;
      }
      case 'D': {
        return `[^${digits}]`;
      }
      case 'w': {
        return `[${word}]`;
      }
      case 'W': {
        return `[^${word}]`;
      }
      case 's': {
        return `[${blank}]`;
      }
      case 'S': {
        return `[^${blank}]`;
      }
      default: {
        const shown = controls[character] ?? (isPunctuation(character) ? character : refused(character));
        return this.plain(shown);
      }
    }
  }

  private plain(character: string): string {
    const both = this.ignoresCase ? eitherCase(character) : character;
    return both.length === character.length ? inPattern(character) : `[${both}]`;
  }

  private set(): string {
    let text = '';
    const isNegated = this.pattern[this.at] === '^';
    if (isNegated) this.at += 1;
    let isFirst = true;
    for (;;) {
      if (this.at >= this.pattern.length) throw new CannotSay('the pattern has a set without an end');
      if (this.pattern[this.at] === ']' && !isFirst) break;
      isFirst = false;
      text += this.member();
    }
    this.at += 1;
    return `[${isNegated ? '^' : ''}${text}]`;
  }

  private member(): string {
    const from = this.setCharacter();
    if (from.isClass) return from.text;
    const isRange = this.pattern[this.at] === '-' && this.pattern[this.at + 1] !== ']';
    if (!isRange) return this.ignoresCase ? Array.from(eitherCase(from.text), inSet).join('') : inSet(from.text);
    this.at += 1;
    const to = this.setCharacter();
    if (to.isClass) throw new CannotSay('the pattern has a range of classes');
    const range = `${inSet(from.text)}-${inSet(to.text)}`;
    return this.ignoresCase ? `${range}${otherCase(from.text, to.text)}` : range;
  }

  private setCharacter(): { readonly text: string; readonly isClass: boolean } {
    const character = this.take();
    if (character === '[' && this.pattern[this.at] === ':') throw new CannotSay('the pattern names a class');
    if (character !== '\\') return { text: character, isClass: false };
    const escaped = this.take();
    const written = classes[escaped];
    if (written !== undefined) return { text: written, isClass: true };
    const shown = controls[escaped];
    return { text: shown ?? (isPunctuation(escaped) ? escaped : refused(escaped)), isClass: false };
  }
}

const classes: Readonly<Record<string, string>> = { d: digits, w: word, s: blank };
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };
const letters: ReadonlyMap<string, string> = new Map(Object.entries(controls).map(([letter, it]) => [it, letter]));

function isPunctuation(character: string): boolean {
  return /^[!-/:-@[-`{-~]$/.test(character);
}

function refused(character: string): never {
  throw new CannotSay(`the pattern uses \\${character}`);
}

function inPattern(character: string): string {
  const letter = letters.get(character);
  if (letter !== undefined) return `\\${letter}`;
  return /^[\\^$.|?*+()[\]{}]$/.test(character) ? `\\${character}` : character;
}

function inSet(character: string): string {
  const letter = letters.get(character);
  if (letter !== undefined) return `\\${letter}`;
  return /^[\\^\]\-[&~]$/.test(character) ? `\\${character}` : character;
}

/** Unicode has more than one letter that is `k` or `s` in small; RE2 takes them, too. */
const alike: Readonly<Record<string, string>> = { k: 'kK\u212A', s: 'sS\u017F' };

function eitherCase(character: string): string {
  if (!/^[A-Za-z]$/.test(character)) return character;
  const small = character.toLowerCase();
  return alike[small] ?? `${small}${small.toUpperCase()}`;
}

/** The letters of a range in the other case. */
function otherCase(from: string, to: string): string {
  let text = '';
  for (let code = from.charCodeAt(0); code <= Math.min(to.charCodeAt(0), 0x7a); code += 1) {
    const character = String.fromCharCode(code);
    if (/^[A-Za-z]$/.test(character)) text += eitherCase(character).replace(character, '');
  }
  return text;
}

/** A pattern that takes just the texts that `arnLike` takes with one of these; undefined: there are none. */
export function arnPattern(likes: readonly string[]): string | undefined {
  const written = likes.flatMap((it) => partsOf(it) ?? []);
  if (written.length === 0) return undefined;
  return written.length === 1 ? String.raw`\A${written.join('')}\z` : String.raw`\A(?:${written.join('|')})\z`;
}

function partsOf(like: string): string | undefined {
  const parts = like.split(':');
  if (parts.length < 6) return undefined;
  const six = [...parts.slice(0, 5), parts.slice(5).join(':')];
  return six
    .map((part, index) =>
      Array.from(part, (character) => {
        if (character === '*') return index < 5 ? '[^:]*' : String.raw`[\s\S]*`;
        if (character === '?') return index < 5 ? '[^:]' : String.raw`[\s\S]`;
        return inPattern(character);
      }).join(''),
    )
    .join(':');
}
