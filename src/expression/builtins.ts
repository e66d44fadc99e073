import { Duration, Timestamp, Unknown, ViewList, type Value } from './values.js';
import { arnLike, arnObject, isArn } from './arns.js';
import { checkLength } from './budget.js';
import { describeValue } from './describe.js';
import { arithmetic } from './logic.js';
import { arn, bool, duration, int, isText, listOf, objectOf, string, timestamp, type Type } from './types.js';

/** What a parameter takes, and its name in messages. */
export interface Pattern {
  readonly name: string;
  accepts(type: Type): boolean;
}

/** One way of calling a function. Arguments are known when `apply` is called. */
export interface BuiltIn {
  readonly name: string;
  /** Of a method: what stands before the dot. */
  readonly receiver?: Pattern;
  readonly params: readonly Pattern[];
  readonly returns: Type;
  /** The receiver, if any, is the first argument. */
  apply(args: readonly Value[]): Value;
}

const exactly = (type: Type, name: string): Pattern => ({ name, accepts: (it) => it.kind === type.kind });
const text: Pattern = { name: 'string', accepts: isText };
const anInt = exactly(int, 'int');
const aTimestamp = exactly(timestamp, 'timestamp');
const aDuration = exactly(duration, 'duration');
const texts: Pattern = { name: 'list<string>', accepts: (it) => it.kind === 'list' && isText(it.of) };
const scalar: Pattern = {
  name: 'a scalar',
  accepts: (it) => it.kind !== 'list' && it.kind !== 'map' && it.kind !== 'object',
};

/**
 * The built-in functions, but for those that the checker knows by name (size, matches, timestamp, duration, has and
 * the macros).
 */
export const builtIns: readonly BuiltIn[] = [
  method('startsWith', text, [text], bool, ([a, b]) => textOf(a).startsWith(textOf(b))),
  method('endsWith', text, [text], bool, ([a, b]) => textOf(a).endsWith(textOf(b))),
  method('contains', text, [text], bool, ([a, b]) => textOf(a).includes(textOf(b))),
  method('lowerAscii', text, [], string, ([a]) => textOf(a).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())),
  method('split', text, [text], listOf(string), ([a, b]) => new ViewList(textOf(a).split(textOf(b)))),
  method('join', texts, [], string, ([list]) => join(list, '')),
  method('join', texts, [text], string, ([list, separator]) => join(list, textOf(separator))),
  plain('string', [scalar], string, ([a]) => (a === undefined ? '' : describeValue(a))),
  plain('int', [anInt], int, ([a]) => a ?? 0),
  plain('int', [aTimestamp], int, ([a]) => (a instanceof Timestamp ? Math.floor(a.milliseconds / 1000) : 0)),
  plain('days', [anInt], duration, ([a]) => arithmetic('*', new Duration(86_400_000), a ?? 0)),
  plain('timestamp', [aTimestamp], timestamp, ([a]) => a ?? 0),
  plain('duration', [aDuration], duration, ([a]) => a ?? 0),
  plain('isArn', [text], bool, ([a]) => isArn(textOf(a))),
  plain('arn', [exactly(arn, 'arn')], objectOf('Arn'), ([a]) => arnObject(textOf(a))),
  plain('arnLike', [text, text], bool, ([a, b]) => arnLike(textOf(a), textOf(b))),
];

/** The checker lets only strings through where a string is due. */
function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function join(list: Value | undefined, separator: string): Value {
  if (!(list instanceof ViewList)) return '';
  let missing = list.rest;
  for (const { because } of list.doubtful) missing = missing?.and(because) ?? because;
  for (const member of list.members) {
    if (member instanceof Unknown) missing = missing?.and(member) ?? member;
  }
  if (missing !== undefined) return missing;
  const parts = list.members.map(describeValue);
  checkLength(parts.reduce((total, it) => total + it.length + separator.length, 0));
  return parts.join(separator);
}

function plain(name: string, params: readonly Pattern[], returns: Type, apply: BuiltIn['apply']): BuiltIn {
  return { name, params, returns, apply };
}

function method(
  name: string,
  receiver: Pattern,
  params: readonly Pattern[],
  returns: Type,
  apply: BuiltIn['apply'],
): BuiltIn {
  return { name, receiver, params, returns, apply };
}
