import { suggestion } from '../../expression/index.js';
import { problemInFile, readParameter, type ParameterValues } from '../parameters.js';
import type { PolicyDocument } from '../schema/policy.js';
import type { Remark } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';

/** The parameters that a test sets; what is wrong with them is told. */
export function readTestParams(
  params: Readonly<Record<string, unknown>>,
  policy: PolicyDocument,
  path: Path,
  yaml: YamlFile,
  report: (path: Path, remark: Remark, part?: 'key') => void,
): ParameterValues {
  const declared = policy.params ?? {};
  const values = new Map();
  for (const [name, value] of Object.entries(params)) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (declaration === undefined) {
      const help = suggestion(name, Object.keys(declared), 'parameters');
      const message = `the policy has no parameter '${name}'`;
      report([...path, name], { code: 'unknown-parameter', message, help }, 'key');
      continue;
    }
    const read = readParameter(declaration, value);
    if ('value' in read) {
      values.set(name, read.value);
      continue;
    }
    for (const problem of read.problems) {
      const place = [...path, name, ...problem.path];
      report(place, problemInFile(problem, yaml, place));
    }
  }
  return values;
}
