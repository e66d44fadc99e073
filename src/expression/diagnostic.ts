import type { Span } from './ast.js';

/** What is wrong in an expression, and where: UTF-16 offsets in its source. */
export interface ExpressionDiagnostic extends Span {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly help?: string;
}

/** Collects diagnostics in the order of the source. */
export class Diagnostics {
  private readonly found: ExpressionDiagnostic[] = [];

  error(span: Span, code: string, message: string, help?: string): void {
    this.add('error', span, code, message, help);
  }

  warning(span: Span, code: string, message: string, help?: string): void {
    this.add('warning', span, code, message, help);
  }

  get hasErrors(): boolean {
    return this.found.some((it) => it.severity === 'error');
  }

  all(): readonly ExpressionDiagnostic[] {
    return this.found.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  private add(severity: 'error' | 'warning', { start, end }: Span, code: string, message: string, help?: string): void {
    this.found.push({ code, severity, message, ...(help === undefined ? {} : { help }), start, end });
  }
}
