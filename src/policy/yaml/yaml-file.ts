import { isAlias, isCollection, isMap, isNode, isScalar, isSeq, type Document, type Node, type Scalar } from 'yaml';
import { scalarOffsets } from './scalar-offsets.js';
import type { Range, Source } from './source.js';

/** The way to a value: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** A YAML file that was read: its plain data, and where each part of it stands. */
export interface YamlFile {
  readonly source: Source;
  readonly value: unknown;
  /** Range of the value at a path; of the nearest parent's where the path leads nowhere. */
  rangeOf(path: Path): Range;
  /** Range of the key that a path ends with; for a list's member, of the member. */
  keyRange(path: Path): Range;
  /** The line, from 1, on which that key stands. */
  lineOf(path: Path): number;
  /** Maps ranges of the text at a path to ranges of the file. */
  offsetsOf(path: Path): (range: Range) => Range;
  /** The same for the key that a path ends with. */
  keyOffsetsOf(path: Path): (range: Range) => Range;
  /** The comment that ends a plain value: YAML has a value end at ` #`, which an expression may well hold. */
  commentAfter(path: Path): Range | undefined;
  /** A scalar as it is written, e.g. `012345678901` for the number 12345678901. */
  writtenAt(path: Path): string | undefined;
}

export function makeYamlFile(source: Source, document: Document): YamlFile {
  // Aliases were checked before: there are few, none is circular, and all of them written out are not many values.
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  const nodeAt = (path: Path): Node | undefined => findNode(document, path).node;
  const keyRange = (path: Path): Range =>
    lineRange(source, findKey(document, path) ?? findNode(document, path).nearest);
  return {
    source,
    value,
    rangeOf: (path) => lineRange(source, findNode(document, path).nearest),
    keyRange,
    lineOf: (path) => source.position(keyRange(path).start).line,
    offsetsOf: (path) => offsetsOf(source, nodeAt(path)),
    keyOffsetsOf: (path) => offsetsOf(source, findKey(document, path)),
    commentAfter: (path) => commentAfter(source, nodeAt(path)),
    writtenAt: (path) => {
      const node = nodeAt(path);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

function offsetsOf(source: Source, node: Node | undefined): (range: Range) => Range {
  const whole = lineRange(source, node);
  // A scalar whose value is a string is a `Scalar<string>`: the type cannot be narrowed by a field.
  return isScalar(node) && typeof node.value === 'string'
    ? scalarOffsets(node as Scalar<string>, source.text)
    : () => whole;
}

function commentAfter(source: Source, node: Node | undefined): Range | undefined {
  if (!isScalar(node) || node.type !== 'PLAIN') return undefined;
  const [, end = 0] = node.range ?? [];
  const comment = /^[ \t]+(#.*)/.exec(source.text.slice(end).split('\n', 1)[0] ?? '');
  if (comment === null) return undefined;
  const start = end + comment[0].length - (comment[1] ?? '').length;
  return { start, end: start + (comment[1] ?? '').trimEnd().length };
}

interface Found {
  readonly node: Node | undefined;
  /** The node, or the last one on the way to it. */
  readonly nearest: Node | undefined;
}

function findNode(document: Document, path: Path): Found {
  let node = resolve(document, document.contents);
  for (const step of path) {
    const next = resolve(document, childOf(node, step));
    if (next === undefined) return { node: undefined, nearest: node };
    node = next;
  }
  return { node, nearest: node };
}

function findKey(document: Document, path: Path): Node | undefined {
  const last = path.at(-1);
  const parent = findNode(document, path.slice(0, -1)).node;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((it) => isScalar(it.key) && it.key.value === last);
  return isScalar(pair?.key) ? pair.key : undefined;
}

function childOf(node: Node | undefined, step: string | number): unknown {
  if (isSeq(node)) return typeof step === 'number' ? node.items[step] : undefined;
  if (!isMap(node)) return undefined;
  return node.items.find((it) => isScalar(it.key) && it.key.value === step)?.value;
}

function resolve(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}

/** Of a map or list only its first line: what is said of it is said where it begins. */
function lineRange(source: Source, node: Node | undefined): Range {
  const [start, end] = node?.range ?? [0, 0];
  if (!isCollection(node)) return { start, end };
  const line = source.text.indexOf('\n', start);
  const limit = line === -1 ? end : Math.min(end, line);
  const text = source.text.slice(start, limit);
  return { start, end: start + text.trimEnd().length };
}
