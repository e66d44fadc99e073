import type { Diagnostic } from './diagnostic.js';
import { logText } from '../text/log-text.js';
import { visible } from '../text/printable.js';
import { displayWidth } from '../text/wrap.js';

/** Columns of a source line that are shown: a line of a hostile file can be a mebibyte long. */
const shownUnits = 160;

/**
 * The diagnostics as a terminal shows them: place, message, the line with what is meant underlined, and what to do.
 * `readSource` gives a file's text, or undefined where there is none to show. Control characters are escaped.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  readSource: (file: string) => string | undefined,
): string {
  const lines = new Map<string, readonly string[] | undefined>();
  const linesOf = (file: string): readonly string[] | undefined => {
    if (!lines.has(file)) lines.set(file, readSource(file)?.split(/\r\n|\n|\r/));
    return lines.get(file);
  };
  return logText(diagnostics.map((it) => formatOne(it, linesOf(it.file)?.[it.line - 1])).join(''));
}

function formatOne(it: Diagnostic, sourceLine: string | undefined): string {
  const head = `${it.file}:${it.line}:${it.column}: ${it.severity}[${it.code}]: ${it.message}`;
  const out = [visible(head)];
  const gutter = Math.max(5, String(it.line).length);
  if (sourceLine !== undefined && sourceLine !== '') {
    const { shown, carets } = underline(sourceLine, it);
    out.push(`${String(it.line).padStart(gutter)} | ${shown}`, `${' '.repeat(gutter)} | ${carets}`);
  }
  if (it.help !== undefined) out.push(`${' '.repeat(gutter)} = help: ${visible(it.help)}`);
  return `${out.map((line) => line.trimEnd()).join('\n')}\n`;
}

function underline(line: string, it: Diagnostic): { readonly shown: string; readonly carets: string } {
  const start = Math.min(it.column - 1, line.length);
  const end = it.endLine === undefined || it.endLine === it.line ? (it.endColumn ?? it.column + 1) - 1 : line.length;
  const from = start > shownUnits - 40 ? start - 40 : 0;
  const to = Math.min(line.length, from + shownUnits);
  const before = excerpt(line.slice(from, start));
  const marked = excerpt(line.slice(start, Math.min(Math.max(end, start), to)));
  const after = excerpt(line.slice(Math.max(start, Math.min(end, to)), to));
  const lead = from > 0 ? '…' : '';
  const trail = to < line.length ? '…' : '';
  return {
    shown: `${lead}${before}${marked}${after}${trail}`,
    carets: `${' '.repeat(displayWidth(lead + before))}${'^'.repeat(Math.max(1, displayWidth(marked)))}`,
  };
}

/** Part of a source line; a tab takes the place of spaces, which does not need to be told. */
function excerpt(text: string): string {
  return visible(text.replaceAll('\t', '  '));
}
