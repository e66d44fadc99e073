import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isMap, isScalar, isSeq } from 'yaml';
import type { Diagnostic } from '../../policy/index.js';
import { companionOf, expressionAt, guardAt, policyFileAt, type Language } from '../editor/index.js';
import { contentsOf } from '../editor/half-written.js';
import { formatFile } from '../formatting/format-file.js';
import { newTests } from '../starter/new-policy.js';
import { toLsp } from './answers.js';
import { rangeIn } from './protocol.js';

/** A file that is open in the editor. */
export interface OpenFile {
  readonly file: string;
  readonly document: TextDocument;
  readonly language: Language;
}

/** The file in the one style; no edits where it is, or cannot be read as YAML. */
export function formattingOf({ file, document }: OpenFile): TextEdit[] {
  const text = document.getText();
  const place = policyFileAt(file, text);
  const formatted = place === undefined ? undefined : formatFile(place.kind, file, text);
  if (formatted === undefined || !('text' in formatted) || !formatted.isChanged) return [];
  return [{ range: rangeIn(document, { start: 0, end: text.length }), newText: formatted.text }];
}

/**
 * What mends the problems of a part of a file: the name that is meant, a guard, tests.
 *
 * @param canCreate the editor makes files when it is asked to
 */
export function actionsIn(
  open: OpenFile,
  range: Range,
  { diagnostics, canCreate }: { readonly diagnostics: readonly Diagnostic[]; readonly canCreate: boolean },
): CodeAction[] {
  return diagnostics.flatMap((it): readonly CodeAction[] => {
    if (!isWithin(toLsp(it).range, range)) return [];
    return meantName(open, it).concat(guards(open, it), canCreate ? missingTests(open, it) : []);
  });
}

function isWithin(its: Range, asked: Range): boolean {
  return its.start.line <= asked.end.line && its.end.line >= asked.start.line;
}

/** The name that was probably meant, in the place of the one that the message quotes. */
function meantName({ file, document }: OpenFile, diagnostic: Diagnostic): readonly CodeAction[] {
  const meant = /^did you mean '([^']+)'\?$/.exec(diagnostic.help ?? '')?.[1];
  const { range } = toLsp(diagnostic);
  const written = document.getText(range);
  const [, quote = '', name = ''] = /^(["']?)([^"'\n]+)\1$/.exec(written) ?? [];
  if (meant === undefined || name === '' || !diagnostic.message.includes(name)) return [];
  const edit = inFile(file, [{ range, newText: `${quote}${meant}${quote}` }]);
  return [{ ...quickFix(`Write ${meant}`, diagnostic, edit), isPreferred: true }];
}

function guards({ file, document, language }: OpenFile, diagnostic: Diagnostic): readonly CodeAction[] {
  if (diagnostic.code !== 'optional-field') return [];
  const offset = document.offsetAt(toLsp(diagnostic).range.start);
  const found = expressionAt(document.getText(), offset, language);
  const place = found?.isCondition === true ? guardAt(found.source, found.at) : undefined;
  if (found === undefined || place === undefined) return [];
  const { path, condition } = place;
  const { start, end } = found.toFile(condition);
  const around = (before: string, after: string): WorkspaceEdit =>
    inFile(file, [
      { range: rangeIn(document, { start, end: start }), newText: before },
      { range: rangeIn(document, { start: end, end }), newText: after },
    ]);
  // In parentheses as a whole: a text of YAML must not begin with an exclamation mark.
  return [
    quickFix(`Guard: it fails where ${path} is absent`, diagnostic, around(`(has(${path}) && (`, '))')),
    quickFix(`Guard: it holds where ${path} is absent`, diagnostic, around(`(!has(${path}) || (`, '))')),
  ];
}

/** A file of tests beside a policy that has none. */
function missingTests({ file, document }: OpenFile, diagnostic: Diagnostic): readonly CodeAction[] {
  const text = document.getText();
  const place = policyFileAt(file, text);
  const companion = place === undefined || diagnostic.code !== 'no-tests' ? undefined : companionOf(place);
  const policy = contentsOf(text);
  if (companion === undefined || existsSync(companion.file) || !isMap(policy)) return [];
  const list: unknown = policy.get('assert', true);
  const assertions = isSeq(list) ? list.items.flatMap((it) => (isMap(it) ? textOf(it.get('id', true)) : [])) : [];
  const schemas = /\$schema=(\S*)policy\.v1\.json/.exec(text)?.[1] ?? './node_modules/trailproof/schema/';
  const tests = assertions.length === 0 ? undefined : newTests(String(policy.get('target')), { schemas, assertions });
  if (tests === undefined) return [];
  const uri = pathToFileURL(companion.file).href;
  const start = { line: 0, character: 0 };
  const edit: WorkspaceEdit = {
    documentChanges: [
      { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: tests }] },
    ],
  };
  return [quickFix('Add tests', diagnostic, edit)];
}

function textOf(node: unknown): readonly string[] {
  return isScalar(node) && typeof node.value === 'string' ? [node.value] : [];
}

function quickFix(title: string, diagnostic: Diagnostic, edit: WorkspaceEdit): CodeAction {
  return { title, kind: 'quickfix', diagnostics: [toLsp(diagnostic)], edit };
}

function inFile(file: string, edits: TextEdit[]): WorkspaceEdit {
  return { changes: { [pathToFileURL(file).href]: edits } };
}
