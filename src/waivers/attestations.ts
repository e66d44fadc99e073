import {
  aboutFile,
  at,
  checkAgainstSchema,
  controlProblems,
  describeSchemaErrors,
  parseYaml,
  readText,
  sortDiagnostics,
  type AttestationEntry,
  type Diagnostic,
  type Path,
  type ReadText,
  type YamlFile,
} from '../policy/index.js';
import type { Attestation } from '../model/results.js';
import { byText } from '../text/order.js';

/** An attestation that was read and checked, and the place where it stands. */
export interface LoadedAttestation {
  readonly entry: AttestationEntry;
  readonly file: string;
  /** The line of its id. */
  readonly line: number;
}

export interface LoadedAttestations {
  /** As the files list them. With an error anywhere they are not to be used. */
  readonly attestations: readonly LoadedAttestation[];
  /** All that is wrong in any file, by file and place. An error means: exit 2. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts of the files, for showing diagnostics. */
  readonly sources: ReadonlyMap<string, string>;
}

export interface LoadAttestationsOptions {
  readonly files: readonly string[];
  readonly readFile?: (path: string) => ReadText;
}

/**
 * Reads and checks files of attestations: controls that another system satisfies. It throws for no file: what is wrong is
 * in the diagnostics.
 */
export function loadAttestations({ files, readFile = readText }: LoadAttestationsOptions): LoadedAttestations {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<string, string>();
  const all: LoadedAttestation[] = [];
  for (const file of new Set(files)) {
    const read = readFile(file);
    if ('diagnostic' in read) {
      diagnostics.push(read.diagnostic);
      continue;
    }
    sources.set(file, read.text);
    const found = parse(file, read.text, all);
    diagnostics.push(...found.diagnostics);
    all.push(...found.attestations);
  }
  return { attestations: all, diagnostics: sortDiagnostics(diagnostics), sources };
}

interface Parsed {
  readonly attestations: readonly LoadedAttestation[];
  readonly diagnostics: readonly Diagnostic[];
}

function parse(file: string, text: string, before: readonly LoadedAttestation[]): Parsed {
  const { yaml, diagnostics } = parseYaml(file, text);
  if (yaml === undefined) return { attestations: [], diagnostics };
  if (yaml.value === null || yaml.value === undefined) {
    const help = 'a file without attestations: `attestations: []`';
    return {
      attestations: [],
      diagnostics: [...diagnostics, aboutFile(file, 'error', 'empty-file', 'the file is empty', help)],
    };
  }
  const checked = checkAgainstSchema('attestations', yaml.value);
  if ('errors' in checked) {
    return { attestations: [], diagnostics: [...diagnostics, ...describeSchemaErrors(yaml, checked.errors)] };
  }
  const entries = checked.document.attestations;
  const attestations = entries.map((entry, index) => ({ entry, file, line: lineOf(yaml, index) }));
  const wrong = entries.flatMap((entry, index) => [
    ...controlProblems(entry.controls).map(({ path, isKey, ...remark }) =>
      at(yaml.source, isKey ? yaml.keyRange(placeOf(index, path)) : yaml.rangeOf(placeOf(index, path)), remark),
    ),
    ...again(entry, [...before, ...attestations.slice(0, index)]).map(({ file: of, line }) =>
      at(yaml.source, yaml.rangeOf(placeOf(index, ['id'])), {
        code: 'duplicate-id',
        message: `there is an attestation ${entry.id} already, at ${of}:${line}`,
        help: 'give each an id of its own',
      }),
    ),
  ]);
  return { attestations, diagnostics: [...diagnostics, ...wrong] };
}

function placeOf(index: number, path: Path): Path {
  return ['attestations', index, ...path];
}

function lineOf(yaml: YamlFile, index: number): number {
  return yaml.source.position(yaml.rangeOf(placeOf(index, ['id'])).start).line;
}

function again({ id }: AttestationEntry, before: readonly LoadedAttestation[]): readonly LoadedAttestation[] {
  return before.filter((it) => it.entry.id === id).slice(0, 1);
}

/**
 * The attestations as results have them, by id.
 *
 * @param capturedAt when the state was read: one whose last day was over then is expired
 */
export function attestationsAt(all: readonly LoadedAttestation[], capturedAt: string): readonly Attestation[] {
  const today = capturedAt.slice(0, 10);
  return all
    .map(({ entry: { id, controls, statement, owner, evidence, expires } }) => ({
      id,
      controls: Object.entries(controls)
        .flatMap(([framework, ids]) => ids.map((it) => ({ framework, id: it })))
        .toSorted((a, b) => byText(`${a.framework} ${a.id}`, `${b.framework} ${b.id}`)),
      statement,
      owner,
      ...(evidence === undefined ? {} : { evidence }),
      expires,
      isExpired: expires < today,
    }))
    .toSorted((a, b) => byText(a.id, b.id));
}
