/**
 * Control characters drive a terminal, and bidirectional ones show a line in another order than it is read in:
 * both are shown as escapes, so that what is printed is what the file holds.
 */
const unsafe = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

const tabWidth = 2;

/** A character as it may be printed: escapes for what a terminal would act on, spaces for a tab. */
function visibleCharacter(character: string): string {
  if (character === '\t') return ' '.repeat(tabWidth);
  if (!unsafe.test(character) && !isLoneSurrogate(character)) return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text as it may be printed on one line. */
export function visibleText(text: string): string {
  let shown = '';
  for (const character of text) shown += visibleCharacter(character);
  return shown;
}

/** How many columns of a terminal a printable character takes: 0 for marks, 2 for wide ones. */
function widthOf(character: string): number {
  if (/^\p{Mark}$/u.test(character)) return 0;
  return isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
}

/** Columns of a printable text. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

function isLoneSurrogate(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff;
}

/** Ranges of East Asian Wide and Fullwidth, in broad strokes: a caret that is one off does no harm. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return wideRanges.some(([from, to]) => code >= from && code <= to);
}
