import { compile, evaluate, type Expression } from './expression.js';
import type { Scope } from './frame.js';
import { describeValue } from './describe.js';
import type { ExpressionDiagnostic } from './diagnostic.js';
import type { Environment } from './environment.js';
import type { Facts } from './flow.js';

/** A message with `${…}`, checked. */
export interface Template {
  readonly parts: readonly (string | Expression)[];
}

export interface CompiledTemplate {
  /** Missing when there is an error. */
  readonly template?: Template;
  /** Offsets are those of the whole text. */
  readonly diagnostics: readonly ExpressionDiagnostic[];
}

/** Parses a message and checks each `${…}` in it. `$${` stands for `${` itself. */
export function compileTemplate(text: string, environment: Environment, given?: Facts): CompiledTemplate {
  const parts: (string | Expression)[] = [];
  const diagnostics: ExpressionDiagnostic[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      plain += '${';
      at += 3;
    } else if (text.startsWith('{{', at)) {
      const close = text.indexOf('}}', at);
      const inner = text.slice(at + 2, close < 0 ? text.length : close).trim();
      diagnostics.push({
        code: 'syntax',
        severity: 'error',
        message: "'{{' has no meaning in a message",
        help: `write \${${inner || '…'}}`,
        start: at,
        end: close < 0 ? at + 2 : close + 2,
      });
      at = close < 0 ? text.length : close + 2;
    } else if (text.startsWith('${', at)) {
      const end = endOfPlaceholder(text, at + 2);
      if (end === undefined) {
        diagnostics.push({
          code: 'syntax',
          severity: 'error',
          message: "this '${' is not closed",
          help: "close it with '}', or write '$${' for the characters themselves",
          start: at,
          end: at + 2,
        });
        break;
      }
      const compiled = compile(text.slice(at + 2, end), environment, undefined, given);
      const offset = at + 2;
      for (const it of compiled.diagnostics) {
        diagnostics.push({ ...it, start: it.start + offset, end: it.end + offset });
      }
      if (plain !== '') parts.push(plain);
      plain = '';
      if (compiled.expression !== undefined) parts.push(compiled.expression);
      at = end + 1;
    } else {
      const foreign = foreignPlaceholder(text, at, environment);
      if (foreign !== undefined) diagnostics.push(foreign);
      plain += text[at] ?? '';
      at += 1;
    }
  }
  if (plain !== '') parts.push(plain);
  const hasErrors = diagnostics.some((it) => it.severity === 'error');
  return hasErrors ? { diagnostics } : { template: { parts }, diagnostics };
}

/** `{trail.arn}` or `$trail.arn`, as other templates have it: it would be shown as it stands. */
function foreignPlaceholder(text: string, at: number, environment: Environment): ExpressionDiagnostic | undefined {
  const match = foreignPlaceholders.exec(text.slice(at, at + 300));
  const inner = match?.[1] ?? match?.[2];
  if (match === null || inner === undefined) return undefined;
  const name = /^\w+/.exec(inner)?.[0] ?? '';
  if (!environment.names.has(name)) return undefined;
  return {
    code: 'syntax',
    severity: 'warning',
    message: `'${match[0]}' has no meaning in a message: it is shown as it stands`,
    help: `write \${${inner}}`,
    start: at,
    end: at + match[0].length,
  };
}

const foreignPlaceholders = /^(?:\{\s*([A-Za-z]\w*(?:\.\??\w+)+)\s*\}|\$([A-Za-z]\w*(?:\.\w+)+))/;

/** The offset of the `}` that ends it; one inside quotes does not. */
function endOfPlaceholder(text: string, from: number): number | undefined {
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quote !== undefined) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (character === '}') {
      return at;
    }
  }
  return undefined;
}

/** The message for a target; what could not be read says so. */
export function render(template: Template, scope: Scope): string {
  let text = '';
  for (const part of template.parts) {
    text += typeof part === 'string' ? part : describeValue(evaluate(part, scope));
  }
  return text;
}
