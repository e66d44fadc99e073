import { byText } from '../text/order.js';
/** What is wrong in a file of the user's, and where. Lines and columns are 1-based, columns count UTF-16 units. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  /** The first column after it. */
  readonly endColumn?: number;
  /** A notice asks for nothing yet. */
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

/** What is wrong with a file as a whole: it stands at its first line. */
export function aboutFile(
  file: string,
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  help?: string,
): Diagnostic {
  return { file, line: 1, column: 1, severity, code, message, ...(help === undefined ? {} : { help }) };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((it) => it.severity === 'error');
}

/** By file and place, each once: an alias repeats what is wrong at its anchor. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unique = new Map(
    diagnostics.map((it) => [JSON.stringify([it.file, it.line, it.column, it.code, it.message]), it]),
  );
  return [...unique.values()].toSorted(
    (a, b) =>
      byText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      byText(a.code, b.code) ||
      byText(a.message, b.message),
  );
}
