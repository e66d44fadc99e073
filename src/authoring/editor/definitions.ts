import { isMap, isScalar, isSeq } from 'yaml';
import type { Range } from '../../policy/index.js';
import { contentsOf } from './half-written.js';

/** Where a policy declares a parameter: the name in its text. */
export function parameterDefinition(policy: string, name: string): Range | undefined {
  return keyIn(contentsOf(policy), 'params', name);
}

/** Where tests write the fixture whose name stands at an offset, behind `from`: its name in their text. */
export function fixtureDefinition(tests: string, offset: number): Range | undefined {
  const contents = contentsOf(tests);
  const list: unknown = isMap(contents) ? contents.get('tests', true) : undefined;
  for (const test of isSeq(list) ? list.items : []) {
    const from: unknown = isMap(test) ? test.get('from', true) : undefined;
    if (!isScalar(from)) continue;
    const [start, end] = from.range ?? [0, 0];
    if (start <= offset && offset <= end) return keyIn(contents, 'fixtures', String(from.value));
  }
  return undefined;
}

function keyIn(contents: unknown, owner: string, name: string): Range | undefined {
  const map: unknown = isMap(contents) ? contents.get(owner, true) : undefined;
  if (!isMap(map)) return undefined;
  const key = map.items.find((it) => isScalar(it.key) && it.key.value === name)?.key;
  const [start, end] = (isScalar(key) ? key.range : undefined) ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}
