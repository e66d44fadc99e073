import { CannotSay } from '../condition.js';

/** A text as SQL writes it. */
export function quoted(text: string): string {
  if (/[\u0000\p{Cs}]/u.test(text)) throw new CannotSay('it asks for a character that SQL cannot hold');
  return `'${text.replaceAll("'", "''")}'`;
}

/** Names that lead into JSON: those that every JSON path takes alike. */
export function jsonPath(names: readonly string[], step: (name: string) => string): string {
  return `$${names
    .map((name) => {
      if (!/^[\w .:/@-]+$/.test(name)) throw new CannotSay('it reads a name with unusual characters');
      return step(name);
    })
    .join('')}`;
}

/** What a text is like that has this part. */
export function likeText(test: 'starts' | 'ends' | 'contains', part: string): string {
  const isPlain = !/[%_\\]/.test(part);
  const escaped = isPlain ? part : part.replaceAll(/[%_\\]/g, (it) => `\\${it}`);
  const like = `${test === 'starts' ? '' : '%'}${escaped}${test === 'ends' ? '' : '%'}`;
  return isPlain ? `LIKE ${quoted(like)}` : `LIKE ${quoted(like)} ESCAPE '\\'`;
}
