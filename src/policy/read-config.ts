import { aboutFile, sortDiagnostics, type Diagnostic } from './diagnostic.js';
import { readOneFile } from './read-files.js';
import type { ConfigDocument } from './schema/config.js';
import { describeSchemaErrors } from './schema-errors.js';
import { checkAgainstSchema } from './schemas.js';
import { parseYaml } from './yaml/parse-yaml.js';

import type { YamlFile } from './yaml/yaml-file.js';

export interface ReadConfig {
  /** Missing when there is an error. */
  readonly config?: { readonly yaml: YamlFile; readonly document: ConfigDocument };
  /** All that is wrong, each at its place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text of the file, for showing diagnostics. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads a configuration file and holds it against `schema/config.v1.json`. */
export function readConfig(file: string): ReadConfig {
  const { files, diagnostics: unreadable } = readOneFile(file);
  const [found] = files;
  if (found === undefined) return { diagnostics: unreadable, sources: new Map() };
  const sources = new Map([[file, found.text]]);
  const { yaml, diagnostics } = parseYaml(file, found.text);
  if (yaml === undefined) return { diagnostics, sources };
  if (yaml.value === null || yaml.value === undefined) {
    const empty = aboutFile(
      file,
      'error',
      'empty-file',
      'the file is empty',
      'write version: 1, and what flags would say',
    );
    return { diagnostics: [...diagnostics, empty], sources };
  }
  const checked = checkAgainstSchema('config', yaml.value);
  if ('document' in checked) return { config: { yaml, document: checked.document }, diagnostics, sources };
  return { diagnostics: sortDiagnostics([...diagnostics, ...describeSchemaErrors(yaml, checked.errors)]), sources };
}
