import { isObject } from '../../model/is-object.js';
import type { Malformed, Test } from './document.js';
import { parseOperator } from './operators.js';
import { parseTemplate } from './template.js';

/**
 * The tests of a Condition, which must all hold. An empty Condition, and an operator without keys, test nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function parseTests(condition: unknown, hasVariables: boolean): readonly (Test | Malformed)[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) return [{ problem: 'has a Condition that is not an object' }];
  return Object.entries(condition).flatMap(([name, keys]) => testsOf(name, keys, hasVariables));
}

function testsOf(name: string, keys: unknown, hasVariables: boolean): readonly (Test | Malformed)[] {
  const operator = parseOperator(name);
  if (operator === undefined) return [{ problem: `has a condition operator that IAM does not know: ${name}` }];
  if (!isObject(keys)) return [{ problem: `has a condition operator whose value is not an object: ${name}` }];
  const names = Object.keys(keys).map((key) => key.toLowerCase());
  const twice = names.find((key, index) => names.indexOf(key) !== index);
  // Keys are not case-sensitive: which of the two would count is not known.
  if (twice !== undefined) return [{ problem: `has the condition key ${twice} twice under ${name}` }];
  return Object.entries(keys).map(([key, value]): Test | Malformed => {
    const texts = scalarsOf(value);
    return texts === undefined
      ? { problem: `has values of the condition key ${key} that are neither a text nor a list of texts` }
      : { operator, key, values: texts.map((text) => parseTemplate(text, hasVariables)) };
  });
}

/** Numbers and booleans may stand without quotation marks. */
function scalarsOf(value: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.flatMap((it) =>
    typeof it === 'string' || typeof it === 'number' || typeof it === 'boolean' ? [String(it)] : [],
  );
  return texts.length === all.length && texts.length > 0 ? texts : undefined;
}
