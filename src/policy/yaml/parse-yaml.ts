import { isAlias, isMap, isPair, isScalar, parseDocument, visit, type Document } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
import { findAliasProblems } from './aliases.js';
import { findControlCharacter, findDeepNesting, maxFileBytes } from './limits.js';
import { makeYamlFile, type YamlFile } from './yaml-file.js';
import { at, makeSource, type Range, type Remark, type Source } from './source.js';
import { blockHelp, describeSyntaxError, expressionKeys } from './syntax-errors.js';

export interface ParsedYaml {
  /** Undefined when an error keeps the file from being read. */
  readonly yaml?: YamlFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one YAML 1.2 document. Every error of its text is told at once, each mistake once. */
export function parseYaml(file: string, text: string): ParsedYaml {
  const source = makeSource(file, text);
  const refused = refuse(source);
  if (refused !== undefined) return { diagnostics: [refused] };
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'error',
    keepSourceTokens: false,
  });
  const diagnostics = [...syntaxErrors(source, document), ...hiddenTraps(source, document)];
  if (diagnostics.some((it) => it.severity === 'error')) return { diagnostics };
  return { yaml: makeYamlFile(source, document), diagnostics };
}

/** What keeps a file from being parsed at all. */
function refuse(source: Source): Diagnostic | undefined {
  const { text } = source;
  if (Buffer.byteLength(text) > maxFileBytes) {
    return at(source, { start: 0, end: 0 }, { code: 'too-large', message: 'the file is larger than 1 MiB' });
  }
  const control = findControlCharacter(text);
  if (control !== undefined) {
    const message = `a control character (${control.name}), which YAML does not allow`;
    return at(source, control.range, { code: 'control-character', message, help: 'remove it' });
  }
  const deep = findDeepNesting(text);
  if (deep !== undefined) {
    const message = `nested more than ${deep.limit} levels deep`;
    return at(source, deep.range, {
      code: 'too-deep',
      message,
      help: 'no file of this kind needs so many: check the brackets',
    });
  }
  const directive = /^%.*$/m.exec(text);
  if (directive !== null && !/^[^%#\s]/m.test(text.slice(0, directive.index))) {
    const message = 'a YAML directive: files are read as YAML 1.2 always';
    const range = { start: directive.index, end: directive.index + directive[0].length };
    return at(source, range, { code: 'yaml-directive', message, help: 'remove the line' });
  }
  return undefined;
}

function syntaxErrors(source: Source, document: Document): readonly Diagnostic[] {
  const seen = new Set<number>();
  const found: Diagnostic[] = [];
  for (const error of [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { range, remark } = describeSyntaxError(source, error);
    const diagnostic = at(source, range, remark);
    // Once the parser is off the track, what else it says of the line follows from the first mistake.
    if (seen.has(diagnostic.line)) continue;
    seen.add(diagnostic.line);
    found.push(diagnostic);
  }
  return found;
}

/** What YAML accepts, and means something else by than the writer did. */
function hiddenTraps(source: Source, document: Document): readonly Diagnostic[] {
  // Of a text that is broken, the tree says little: its errors come first.
  if (document.errors.length > 0) return [];
  const found: Diagnostic[] = [];
  const add = (range: Range, remark: Remark) => found.push(at(source, range, remark));
  for (const { alias, remark } of findAliasProblems(document)) add(rangeOf(alias), remark);
  visit(document, {
    Pair: (_, pair) => {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
        const range =
          isPair(pair) && pair.key !== null && typeof pair.key === 'object' ? rangeOf(pair.key) : { start: 0, end: 0 };
        add(range, { code: 'yaml-key', message: 'a key must be a text', help: 'quote it' });
        return;
      }
      if (!expressionKeys.has(pair.key.value) || !isScalar(pair.value) || pair.value.anchor === undefined) return;
      const { start, end } = rangeOf(pair.value);
      const anchor = source.text.lastIndexOf('&', start);
      add(
        { start: Math.max(0, anchor), end },
        {
          code: 'yaml-anchor',
          message: `YAML takes '&${pair.value.anchor}' for an anchor, and loses it`,
          help: blockHelp(pair.key.value),
        },
      );
    },
  });
  return found;
}

function rangeOf(node: unknown): Range {
  const isNode = isAlias(node) || isScalar(node) || isMap(node);
  const [start, end] = (isNode ? node.range : undefined) ?? [0, 0];
  return { start, end };
}
