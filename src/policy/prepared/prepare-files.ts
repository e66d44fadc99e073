import { readFileSync } from 'node:fs';
import { isObject } from '../../model/is-object.js';
import type { PolicyFile } from '../read-files.js';
import { checkAgainstSchema, schemaFile } from '../schemas.js';
import { parseYaml } from '../yaml/parse-yaml.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import { pathText, preparedKey, type PreparedFile } from './prepared-files.js';

/**
 * Reads and checks policies and packs for `PreparedFiles`.
 *
 * @returns the text of the file that it reads
 * @throws Error for a file with a mistake
 */
export function prepareFiles(files: readonly PolicyFile[]): string {
  const prepared: Record<string, PreparedFile> = {};
  for (const { kind, file, text } of files) {
    if (kind === 'tests') continue;
    const { yaml, diagnostics } = parseYaml(file, text);
    if (yaml === undefined || diagnostics.length > 0 || !('document' in checkAgainstSchema(kind, yaml.value)))
      throw new Error(`${file} has a mistake: trailproof policies lint tells which`);
    const lines: Record<string, number> = {};
    noteLines(yaml, yaml.value, [], lines);
    prepared[preparedKey(kind, readFileSync(schemaFile(kind), 'utf8'), text)] = { value: yaml.value, lines };
  }
  return JSON.stringify(prepared);
}

/** The lines of all keys of maps that stand in no list. */
function noteLines(yaml: YamlFile, value: unknown, path: Path, lines: Record<string, number>): void {
  if (!isObject(value)) return;
  for (const [key, it] of Object.entries(value)) {
    const here = [...path, key];
    lines[pathText(here)] = yaml.lineOf(here);
    noteLines(yaml, it, here, lines);
  }
}
