import { displayWidth, wrap } from '../../text/wrap.js';
import { painter, type Look, type Paint } from './paint.js';

/** Where the report is written: how wide, and how it is colored. */
export interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** A page of 60 to 120 columns; a narrower terminal breaks the lines itself. */
export function pageOf(columns: number | undefined, color: boolean | undefined): Page {
  return { width: Math.min(120, Math.max(60, columns ?? 100)), paint: painter(color === true) };
}

export const margin = '  ';

/** Lines of a text behind an indent, wrapped to the page, each in its look. */
export function block(page: Page, text: string, indent: string, look?: Look): readonly string[] {
  return wrap(text, page.width - indent.length).map(
    (line) => indent + (look === undefined ? line : page.paint(look, line)),
  );
}

/** A dim label in a column of its own, and a text beside it that keeps to its column when it wraps. */
export function labelled(page: Page, label: string, text: string, indent: string, column: number): readonly string[] {
  const hanging = ' '.repeat(column);
  return wrap(text, page.width - indent.length - column).map((line, index) =>
    index === 0 ? `${indent}${page.paint('dim', padded(label, column))}${line}` : `${indent}${hanging}${line}`,
  );
}

/** The text, with spaces behind it up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
