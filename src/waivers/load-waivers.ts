import {
  type CompiledPolicy,
  aboutFile,
  sortDiagnostics,
  type Diagnostic,
  readText,
  type ReadText,
  describeSchemaErrors,
  checkAgainstSchema,
  type WaiverEntry,
  parseYaml,
  at,
  type Remark,
  type Path,
  type YamlFile,
} from '../policy/index.js';
import { checkWaivers } from './check-waivers.js';
import type { Waiver } from './waiver.js';

export interface LoadWaiversOptions {
  readonly files: readonly string[];
  /** Every policy there is: a waiver may name one that this run does not evaluate. */
  readonly policies: readonly CompiledPolicy[];
  /** The longest a waiver may last. Default 365. */
  readonly maxWaiverDays?: number;
  readonly readFile?: (path: string) => ReadText;
}

export interface LoadedWaivers {
  /** As the files list them. With an error anywhere they are not to be used. */
  readonly waivers: readonly Waiver[];
  /** All that is wrong in any file, by file and place. An error means: exit 2. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts of the files, for showing diagnostics. */
  readonly sources: ReadonlyMap<string, string>;
}

export const defaultMaxWaiverDays = 365;

/** Reads and checks files of waivers. It throws for no file: what is wrong is in the diagnostics. */
export function loadWaivers(options: LoadWaiversOptions): LoadedWaivers {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, string>();
  const waivers: Waiver[] = [];
  for (const file of new Set(options.files)) {
    const read = (options.readFile ?? readText)(file);
    if ('diagnostic' in read) {
      diagnostics.push(read.diagnostic);
      continue;
    }
    sources.set(file, read.text);
    const found = parse(file, read.text);
    diagnostics.push(...found.diagnostics);
    waivers.push(...found.waivers);
  }
  const { policies, maxWaiverDays: maxDays = defaultMaxWaiverDays } = options;
  diagnostics.push(...checkWaivers(waivers, { policies, maxDays }));
  return { waivers, diagnostics: sortDiagnostics(diagnostics), sources };
}

function parse(
  file: string,
  text: string,
): { readonly waivers: readonly Waiver[]; readonly diagnostics: readonly Diagnostic[] } {
  const { yaml, diagnostics } = parseYaml(file, text);
  if (yaml === undefined) return { waivers: [], diagnostics };
  if (yaml.value === null || yaml.value === undefined) {
    const empty = aboutFile(file, 'error', 'empty-file', 'the file is empty', 'a file without waivers: `waivers: []`');
    return { waivers: [], diagnostics: [...diagnostics, empty] };
  }
  const checked = checkAgainstSchema('waivers', yaml.value);
  if ('errors' in checked) {
    return { waivers: [], diagnostics: [...diagnostics, ...describeSchemaErrors(yaml, checked.errors)] };
  }
  return { waivers: checked.document.waivers.map((entry, index) => waiverOf(yaml, entry, index)), diagnostics };
}

function waiverOf(yaml: YamlFile, { policy, ...entry }: WaiverEntry, index: number): Waiver {
  const isOne = typeof policy === 'string';
  const place = (path: Path): Path => {
    const own = isOne && path[0] === 'policy' ? ['policy'] : path;
    return ['waivers', index, ...own];
  };
  return {
    ...entry,
    policies: isOne ? [policy] : policy,
    file: yaml.source.file,
    line: yaml.source.position(yaml.rangeOf(place(['id'])).start).line,
    remark: (path: Path, remark: Remark) => at(yaml.source, yaml.rangeOf(place(path)), remark),
  };
}
