import { eastAsianWidth } from 'get-east-asian-width';

/** Columns that a text takes on a terminal: East Asian characters and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** Breaks a text at spaces into lines of at most `width` columns. A longer word, such as an ARN, stays in one piece. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  for (const word of text.split(' ').filter((it) => it !== '')) {
    const wordWidth = displayWidth(word);
    if (line !== '' && lineWidth + 1 + wordWidth > width) {
      lines.push(line);
      line = '';
      lineWidth = 0;
    }
    lineWidth += (line === '' ? 0 : 1) + wordWidth;
    line += line === '' ? word : ` ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
