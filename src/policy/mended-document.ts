import { closest } from '../expression/index.js';
import { isObject } from '../model/is-object.js';
import { meantKey } from './meant-key.js';
import type { PolicyDocument } from './schema/policy.js';
import { checkAgainstSchema } from './schemas.js';
import type { Path, YamlFile } from './yaml/yaml-file.js';

const placeholders = {
  version: 1,
  id: 'policy-without-id',
  title: 'A policy',
  severity: 'low',
  description: 'What it asks.',
  rationale: 'Why it matters.',
  remediation: { text: 'What to do.' },
};

const keys = [...Object.keys(placeholders), 'target', 'assert', 'activity', 'when', 'params', 'controls', 'message'];

/** A policy as it was meant, and its file, in which what was written in another form is found by what was meant. */
export interface Mended {
  readonly document: PolicyDocument;
  readonly yaml: YamlFile;
}

/**
 * A policy whose keys are not all right, with a placeholder for each that is missing or wrong: its expressions can be
 * checked all the same, so that one mistake does not hide the next. Undefined where what it asks cannot be told.
 *
 * @param targets - the ids of targets, with the names that expressions give them
 */
export function mendedDocument(yaml: YamlFile, targets: ReadonlyMap<string, string>): Mended | undefined {
  if (!isObject(yaml.value)) return undefined;
  const moved = new Map<string, Path>();
  const value = renamed(yaml.value, keys, [], moved);
  const { activity } = value;
  const target = targetMeant(value['target'], targets);
  const asked = activity === undefined ? { assert: assertions(value['assert'], moved) } : { activity };
  let mended = documentOf({
    ...placeholders,
    ...(activity === undefined ? {} : { message: 'What happened.' }),
    target,
    ...asked,
  });
  for (const [key, it] of Object.entries(value)) {
    if (mended === undefined) return undefined;
    if (key === 'target' || key === 'assert') continue;
    mended = documentOf({ ...mended, [key]: it }) ?? mended;
  }
  return mended === undefined ? undefined : { document: mended, yaml: movedIn(yaml, moved) };
}

function targetMeant(given: unknown, targets: ReadonlyMap<string, string>): unknown {
  if (typeof given !== 'string' || targets.has(given)) return given;
  const named = [...targets].find(([, name]) => name === given);
  return named?.[0] ?? closest(given, targets.keys()) ?? given;
}

/** The same map with keys that were meant in the place of those that are written; notes where each stands. */
function renamed(
  data: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: Path,
  moved: Map<string, Path>,
): Readonly<Record<string, unknown>> {
  const missing = known.filter((it) => !Object.hasOwn(data, it));
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      const meant = known.includes(key) ? undefined : meantKey(key, missing);
      if (meant !== undefined) moved.set(JSON.stringify([...path, meant]), [...path, key]);
      return [meant ?? key, value];
    }),
  );
}

/** Assertions as a list, in whatever form they are written: a map of them, one alone, expressions without more. */
function assertions(given: unknown, moved: Map<string, Path>): unknown {
  const at = moved.get(JSON.stringify(['assert'])) ?? ['assert'];
  const one = (it: unknown, index: number, path: Path, id: string): unknown => {
    const here: Path = ['assert', index];
    moved.set(JSON.stringify(here), path);
    if (typeof it === 'string') {
      moved.set(JSON.stringify([...here, 'expr']), path);
      return { id, expr: it, message: 'It does not hold.' };
    }
    if (!isObject(it)) return it;
    const known = ['id', 'expr', 'message', 'severity'];
    const renamedHere = new Map<string, Path>();
    const whole = renamed(it, known, [], renamedHere);
    for (const [key, written] of renamedHere) {
      const [meant] = JSON.parse(key) as readonly [string]; // as `renamed` wrote it
      moved.set(JSON.stringify([...here, meant]), [...path, ...written]);
    }
    const right = Object.fromEntries(Object.entries(whole).filter(([key]) => known.includes(key)));
    return { id, message: 'It does not hold.', ...right };
  };
  if (typeof given === 'string') return [one(given, 0, at, 'it-holds')];
  if (Array.isArray(given))
    return given.map((it: unknown, index) => one(it, index, [...at, index], `assertion-${index + 1}`));
  if (!isObject(given)) return given;
  const isOne = Object.keys(given).some(
    (key) => ['id', 'expr', 'message'].includes(key) || meantKey(key, ['expr']) !== undefined,
  );
  if (isOne) return [one(given, 0, at, 'it-holds')];
  return Object.entries(given).map(([key, it], index) => one(it, index, [...at, key], `assertion-${index + 1}`));
}

/** The file, read by the paths of what was meant. */
function movedIn(yaml: YamlFile, moved: ReadonlyMap<string, Path>): YamlFile {
  const pathOf = (path: Path): Path => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = moved.get(JSON.stringify(path.slice(0, length)));
      if (found !== undefined) return [...found, ...path.slice(length)];
    }
    return path;
  };
  return {
    ...yaml,
    rangeOf: (path) => yaml.rangeOf(pathOf(path)),
    keyRange: (path) => yaml.keyRange(pathOf(path)),
    lineOf: (path) => yaml.lineOf(pathOf(path)),
    offsetsOf: (path) => yaml.offsetsOf(pathOf(path)),
    keyOffsetsOf: (path) => yaml.keyOffsetsOf(pathOf(path)),
    commentAfter: (path) => yaml.commentAfter(pathOf(path)),
    writtenAt: (path) => yaml.writtenAt(pathOf(path)),
  };
}

function documentOf(value: unknown): PolicyDocument | undefined {
  const checked = checkAgainstSchema('policy', value);
  return 'document' in checked ? checked.document : undefined;
}
