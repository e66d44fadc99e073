import type { CompiledTest, KeyValue } from './compile-test.js';
import { isMultivalued } from './condition-keys.js';
import { every, negation, some, type Truth, undecided } from './truth.js';

/**
 * Whether a test of a Condition holds for a value of its key. A key that is absent fails a test, save a negated one,
 * one with IfExists, ForAllValues, and Null, which asks just that.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function decideTest(compiled: CompiledTest, value: KeyValue): Truth {
  const { operator, key } = compiled.test;
  if (value.state === 'unknown') return decideUnknown(compiled, value);
  if (operator.family === 'null') return decideNull(compiled, value);
  if (value.state === 'absent' || value.values.length === 0) return decideAbsent(compiled);
  const perValue = value.values.map((it) => decideValue(compiled, it));
  if (operator.set === 'any') return some(perValue);
  if (operator.set === 'all') return every(perValue);
  const [first = false, ...others] = perValue;
  if (others.length === 0) return first;
  // Without a set operator a key of several values is a mistake that IAM does not define.
  return perValue.every((it) => it === first) && isMultivalued(compiled.key) === false
    ? first
    : undecided(`${key} has several values and ${operator.name} compares one`);
}

function decideAbsent({ test: { operator } }: CompiledTest): Truth {
  if (operator.set === 'all') return true;
  // The pages on IfExists say true, those on ForAnyValue false, and so did a request that someone tried:
  // https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w
  if (operator.set === 'any') {
    return operator.ifExists && undecided(`AWS's pages disagree on ${operator.name} where the key is absent`);
  }
  return operator.ifExists || operator.isNegated;
}

function decideValue({ test, values }: CompiledTest, value: string): Truth {
  const matchesOne = some(values.map((it) => it.matches(value)));
  return test.operator.isNegated ? negation(matchesOne) : matchesOne;
}

/** Whatever it is, where all that it may be come to the same. */
function decideUnknown(compiled: CompiledTest, { why, oneOf = [] }: Extract<KeyValue, { state: 'unknown' }>): Truth {
  const [first, ...others] = oneOf.map((it) => decideTest(compiled, it));
  const agree = typeof first === 'boolean' && others.every((it) => it === first);
  return agree ? first : undecided(`${compiled.test.key} ${why}`);
}

function decideNull({ values }: CompiledTest, value: Exclude<KeyValue, { state: 'unknown' }>): Truth {
  // A value that is empty counts as none for Null.
  const isNull = value.state === 'absent' || value.values.every((it) => it === '');
  return some(values.map((it) => it.matches(String(isNull))));
}
