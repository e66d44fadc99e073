import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isObject } from '../../model/is-object.js';
import { schemaFile, type Documents } from '../schemas.js';
import { parseYaml } from '../yaml/parse-yaml.js';
import { makeSource } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';

/** What a package can hold ready of its own. */
export type PreparedKind = 'policy' | 'pack';

/** What is kept of a file: the plain data, and on which lines its keys stand. */
export interface PreparedFile {
  readonly value: unknown;
  /** Path of a key, as `pathText` writes it → its line. */
  readonly lines: Readonly<Record<string, number>>;
}

/** By which a file is found: the same text of the same kind under the same schema is read alike. */
export function preparedKey(kind: PreparedKind, schema: string, text: string): string {
  return createHash('sha256').update(`${kind}\n${schema.length}\n${schema}${text}`).digest('base64url');
}

export function pathText(path: Path): string {
  return path.join('\n');
}

/**
 * Shipped files as they were read when the package was built, without a mistake: to parse and to check them again takes
 * longer than to judge an organization. A file whose text is another one than then is not among them.
 */
export class PreparedFiles {
  private readonly files: ReadonlyMap<string, PreparedFile>;
  private readonly schemas = new Map<PreparedKind, string>();

  /** @param file - what `npm run build` wrote; where there is none, no file is prepared */
  constructor(file: string) {
    this.files = readPrepared(file);
  }

  find<Kind extends keyof Documents>(
    kind: Kind,
    file: string,
    text: string,
  ): { readonly yaml: YamlFile; readonly document: Documents[Kind] } | undefined {
    if (this.files.size === 0 || (kind !== 'policy' && kind !== 'pack')) return undefined;
    const schema = this.schemas.get(kind) ?? readFileSync(schemaFile(kind), 'utf8');
    this.schemas.set(kind, schema);
    const found = this.files.get(preparedKey(kind, schema, text));
    if (found === undefined) return undefined;
    // It was checked against this schema.
    return { yaml: yamlFile(found, file, text), document: found.value as Documents[Kind] };
  }
}

/** The rest of the places are found in the text when they are asked for, which an error alone does. */
function yamlFile({ value, lines }: PreparedFile, file: string, text: string): YamlFile {
  let parsed: YamlFile | undefined;
  const whole = (): YamlFile => {
    parsed ??= parseYaml(file, text).yaml;
    if (parsed === undefined) throw new Error(`${file} was prepared and cannot be parsed`);
    return parsed;
  };
  return {
    source: makeSource(file, text),
    value,
    rangeOf: (path) => whole().rangeOf(path),
    keyRange: (path) => whole().keyRange(path),
    lineOf: (path) => lines[pathText(path)] ?? whole().lineOf(path),
    offsetsOf: (path) => whole().offsetsOf(path),
    keyOffsetsOf: (path) => whole().keyOffsetsOf(path),
    // A file with a comment that may be a mistake is told of it, and is not prepared.
    commentAfter: () => undefined,
    writtenAt: (path) => whole().writtenAt(path),
  };
}

function readPrepared(file: string): ReadonlyMap<string, PreparedFile> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // In a checkout that is not built, files are read as they are.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  const data: unknown = JSON.parse(text);
  // The build wrote it.
  return new Map(isObject(data) ? Object.entries(data as Readonly<Record<string, PreparedFile>>) : []);
}
