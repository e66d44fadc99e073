import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../../policy/index.js';
import {
  companionOf,
  complete,
  describeAt,
  expressionAt,
  fixtureDefinition,
  parameterDefinition,
  policyFileAt,
  type Language,
} from '../editor/index.js';
import type {
  CompletionItem,
  Diagnostic as LspDiagnostic,
  Hover,
  Location,
  Position,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { completionKinds, rangeIn } from './protocol.js';
import { visible } from '../../text/printable.js';

/** What may be written at a place of a policy. */
export function completionsAt(document: TextDocument, position: Position, language: Language): CompletionItem[] {
  const offset = document.offsetAt(position);
  const found = expressionAt(document.getText(), offset, language);
  if (found === undefined) return [];
  const { items, start } = complete(found.source.slice(0, found.at), found.environment);
  // The word being typed stands in one line: it is as long in the file as in the expression.
  const range = rangeIn(document, { start: offset - (found.at - start), end: offset });
  return items.map(({ label, kind, detail, description }, index) => ({
    label,
    kind: completionKinds[kind],
    detail,
    documentation: description,
    sortText: String(index).padStart(4, '0'),
    textEdit: { range, newText: label },
  }));
}

/** What the name at a place is. */
export function hoverAt(document: TextDocument, position: Position, language: Language): Hover | undefined {
  const found = expressionAt(document.getText(), document.offsetAt(position), language);
  const described = found === undefined ? undefined : describeAt(found.source, found.at, found.environment);
  if (found === undefined || described === undefined) return undefined;
  const { signature, description, mayBeAbsent, calls } = described;
  const lines = [
    `\`\`\`\n${signature}\n\`\`\``,
    ...(description === '' ? [] : [plainMarkdown(description)]),
    ...(mayBeAbsent ? ['May be absent: ask `has(…)` first, or use `.?` with `.orValue(…)`.'] : []),
    ...(calls.length === 0 ? [] : [`Read by ${calls.map((it) => `\`${it}\``).join(', ')}.`]),
  ];
  return {
    contents: { kind: 'markdown', value: lines.join('\n\n') },
    range: rangeIn(document, found.toFile(described)),
  };
}

/** Where the parameter or the fixture at a place is written. */
export function definitionAt(
  file: string,
  document: TextDocument,
  position: Position,
  language: Language,
): Location | undefined {
  const offset = document.offsetAt(position);
  const place = policyFileAt(file, document.getText());
  if (place?.kind === 'tests') return located(file, document, fixtureDefinition(document.getText(), offset));
  const found = expressionAt(document.getText(), offset, language);
  const parameter = found === undefined ? undefined : describeAt(found.source, found.at, found.environment)?.parameter;
  return parameter === undefined
    ? undefined
    : located(file, document, parameterDefinition(document.getText(), parameter));
}

function located(
  file: string,
  document: TextDocument,
  range: { readonly start: number; readonly end: number } | undefined,
): Location | undefined {
  return range === undefined ? undefined : { uri: pathToFileURL(file).href, range: rangeIn(document, range) };
}

/** A diagnostic of ours as editors take it. */
export function toLsp({ line, column, endLine, endColumn, severity, code, message, help }: Diagnostic): LspDiagnostic {
  const start = { line: line - 1, character: column - 1 };
  const end =
    endLine === undefined || endColumn === undefined
      ? { line, character: 0 }
      : { line: endLine - 1, character: endColumn - 1 };
  return {
    range: { start, end },
    severity: severity === 'error' ? 1 : 2,
    code,
    source: 'trailproof',
    message: [message, ...(help === undefined ? [] : [help])].map(visible).join('\n'),
  };
}

/** The files whose diagnostics may change with this one: itself, and the policy or the tests beside it. */
export function filesTouchedBy(file: string, text: string): readonly string[] {
  const place = policyFileAt(file, text);
  const companion = place === undefined ? undefined : companionOf(place);
  return companion === undefined ? [file] : [file, companion.file];
}

/** Descriptions come from our schema and from the policy's author: none of it is Markdown. */
function plainMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+!<>|~-]/g, String.raw`\$&`);
}
