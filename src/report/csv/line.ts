import { visible } from '../../text/printable.js';

/** A line of CSV as RFC 4180 has it, line break included. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/**
 * What a spreadsheet runs when it stands first in a cell, also behind white space or a quotation mark, and in its
 * full-width form: https://owasp.org/www-community/attacks/CSV_Injection.
 */
const formula = /^[\s"']*[=+\-@＝＋－＠|]/u;

function cell(value: string): string {
  const text = visible(value).replaceAll('##[', String.raw`\u0023#[`);
  const safe = formula.test(text) ? `'${text}` : text;
  // The quotation mark keeps a runner from obeying a first cell that begins with `::`.
  return /[",\r\n']|^\s*::/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
