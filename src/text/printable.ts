/**
 * Characters that a terminal or a viewer obeys instead of showing them: C0 and C1 controls, bidirectional
 * overrides and other invisible format characters, line and paragraph separators, halves of surrogate pairs.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** The text with every invisible character written out (`\n`, `\u001b`, `\u{e0001}`): one line, safe to print. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (character) => shortEscapes.get(character) ?? codeEscape(character));
}

/** A sentence from data or from a policy: white space, line breaks too, becomes one space; the rest as in {@link visible}. */
export function prose(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' ').trim());
}

/** The text when it has at most `max` characters, else its beginning and `…`, together `max` characters. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

const unseenInJson = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The JSON text with invisible characters as `\u` escapes: the same data, and safe to `cat` to a terminal or into the log
 * of a job, whose runner obeys `##[command]` anywhere. A line break can only stand between the parts of the document, and
 * stays.
 */
export function visibleJson(json: string): string {
  // Most texts are plain, and that is found much faster.
  if (isPlain(json)) return json;
  // Outside a text no `##` stands before a `[`.
  const calm = json.replaceAll('##[', String.raw`\u0023#[`);
  return calm.replaceAll(unseenInJson, (character) =>
    [...Array(character.length).keys()].map((index) => `\\u${hex(character.charCodeAt(index))}`).join(''),
  );
}

/** Whether all of it can be shown as it is: lines of ASCII without a command to a runner. */
export function isPlain(text: string): boolean {
  return !/[^\n\u0020-\u007e]/.test(text) && !text.includes('##[');
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${hex(code)}`;
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}
