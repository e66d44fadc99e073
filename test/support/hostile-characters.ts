/** Every character that a terminal, a log or a viewer obeys instead of showing it. */
const unseen = allCharacters().filter((it) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(it));

function allCharacters(): string[] {
  const all = Array.from({ length: 0x110000 }, (_, code) => code);
  // A half of a surrogate pair is no character; one of them stands for all below.
  return all.filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
}

/** What would begin a line if the character before it were obeyed. */
const forged = 'FORGED:';

/** A text for each such character, and for half a surrogate pair: `x`, the character, and what it would forge. */
export const hostileNames: readonly string[] = [...unseen, '\ud800'].map((it) => `x${it}${forged} ${it}y`);

/** The texts in groups of so many: a report shows the first few of each kind only. */
export function groupsOf(size: number): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (let at = 0; at < hostileNames.length; at += size) groups.push(hostileNames.slice(at, at + size));
  return groups;
}

/** What is wrong in an output: characters that are obeyed, named, and lines that a text began. Empty: nothing. */
export function leaksOf(output: string): readonly string[] {
  const raw = output.replaceAll('\n', '').match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu) ?? [];
  const named = [...new Set(raw)].map((it) => `U+${(it.codePointAt(0) ?? 0).toString(16)}`);
  const lines = output.split('\n').filter((line) => line.startsWith(forged));
  return [...named, ...lines.slice(0, 3)];
}

/** A copy of plain data in which every text is another one, but for those under the keys that are kept. */
export function poisoned<T>(value: T, text: string, kept: ReadonlySet<string>): T {
  const copy = (it: unknown): unknown => {
    if (typeof it === 'string') return text;
    if (Array.isArray(it)) return it.map(copy);
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, member]) => [key, kept.has(key) ? member : copy(member)]));
  };
  return copy(value) as T; // of the same shape
}
