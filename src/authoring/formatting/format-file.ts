import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, parseDocument, visit, type Document } from 'yaml';
import { hasErrors, type Diagnostic, type DocumentKind, parseYaml } from '../../policy/index.js';
import { commentsOf } from './comments.js';
import { openFlowCollections } from './flow-collections.js';
import { keyOrderOf } from './key-order.js';
import { padBracesOnly } from './list-padding.js';
import { lineWidth, styleScalars } from './scalar-styles.js';
import { sortRoot } from './sort-keys.js';

export type Formatted =
  | { readonly text: string; readonly isChanged: boolean }
  | { readonly diagnostics: readonly Diagnostic[] };

/**
 * A policy, tests or pack in the one style: keys in the order of the schema, expressions as `|` blocks, comments
 * where they were. It means the same as before; a file that YAML cannot read gives diagnostics instead.
 */
export function formatFile(kind: DocumentKind, file: string, text: string): Formatted {
  const { diagnostics } = parseYaml(file, text);
  if (hasErrors(diagnostics)) return { diagnostics };
  const before = parse(text);
  // Reading what was written once more settles where long lines fold: formatting twice changes nothing.
  const formatted = formatOnce(kind, formatOnce(kind, text));
  assertSame(file, before, text, formatted);
  return { text: formatted, isChanged: formatted !== text };
}

function formatOnce(kind: DocumentKind, text: string): string {
  const document = parse(text);
  // No file of ours is a mere text or list: loading says so, and nothing is moved in it.
  if (!isMap(document.contents)) return text;
  // An alias must stand behind its anchor, so nothing moves in a file that has one.
  if (!hasAlias(document))
    sortRoot(document.contents, keyOrderOf(isOfActivity(kind, document) ? 'activity-tests' : kind));
  openFlowCollections(document);
  styleScalars(document);
  padBracesOnly(document);
  return document.toString({ lineWidth, indent: 2, indentSeq: true });
}

/** Tests of an activity policy say what happened. */
function isOfActivity(kind: DocumentKind, document: Document): boolean {
  return kind === 'tests' && document.hasIn(['tests', 0, 'events']);
}

function parse(text: string): Document {
  return parseDocument(text, { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' });
}

function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: (_, node) => {
      found ||= isAlias(node);
    },
  });
  return found;
}

/** A formatter that loses a value or a comment must not reach the file. */
function assertSame(file: string, before: Document, textBefore: string, formatted: string): void {
  const after = parse(formatted);
  if (!isDeepStrictEqual(meaning(before.toJS()), meaning(after.toJS()))) {
    throw new Error(`formatting would have changed what ${file} says, so nothing was written`);
  }
  if (!isDeepStrictEqual(commentsOf(textBefore), commentsOf(formatted))) {
    throw new Error(`formatting would have lost a comment of ${file}, so nothing was written`);
  }
}

/** Blanks at the ends of lines and at the end of a text are a matter of style. */
function meaning(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[ \t]+$/gm, '').trimEnd();
  if (Array.isArray(value)) return value.map(meaning);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, meaning(it)]));
}
