import type { Diagnostic } from '../diagnostic.js';

/** UTF-16 offsets in a file, the end excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A file's text, and where its lines begin. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** 1-based line and column. */
  position(offset: number): { readonly line: number; readonly column: number };
}

export function makeSource(file: string, text: string): Source {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return {
    file,
    text,
    position(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

/** What is said of a place, without the place. */
export interface Remark {
  readonly severity?: Diagnostic['severity'];
  readonly code: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** A diagnostic at a range of a file; an error unless the remark says otherwise. */
export function at(source: Source, range: Range, { severity = 'error', code, message, help }: Remark): Diagnostic {
  const start = source.position(Math.min(range.start, source.text.length));
  const end = source.position(Math.min(Math.max(range.end, range.start), source.text.length));
  return {
    file: source.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    severity,
    code,
    message,
    ...(help === undefined ? {} : { help }),
  };
}
