import { visible } from '../../text/printable.js';
import { CannotSay } from '../condition.js';

/** A text as SQL writes it. */
export function quoted(text: string): string {
  // It is pasted: what nobody sees would be lost on the way, or does more than it shows.
  if (visible(text) !== text) throw new CannotSay('it asks for a character that cannot be seen');
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

/**
 * Where CloudTrail left out what is too large, or a number that is not written as our engine writes it as text: 5 is 5.0
 * and 5e0, and long ones are rounded.
 */
export const readOtherwise = String.raw`"omitted"\s*:\s*true|[:,\[]\s*(?:-0|-?[0-9]+[.eE]|-?[0-9]{16})`;

/** What a text is like that has this part. */
export function likeText(test: 'starts' | 'ends' | 'contains', part: string): string {
  const isPlain = !/[%_\\]/.test(part);
  const escaped = isPlain ? part : part.replaceAll(/[%_\\]/g, (it) => `\\${it}`);
  const like = `${test === 'starts' ? '' : '%'}${escaped}${test === 'ends' ? '' : '%'}`;
  return isPlain ? `LIKE ${quoted(like)}` : `LIKE ${quoted(like)} ESCAPE '\\'`;
}

/**
 * A time as CloudTrail writes it, or with the parts of a second that we tell apart. Engines take more for a time, in zones
 * of their own: of that nothing is known, and our engine says what it is.
 */
export const timeText = String.raw`\A[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,3})?Z\z`;
