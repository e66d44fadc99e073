import type { Node } from './ast.js';
import { print } from './print.js';

/** What other languages write and this one does not, with what to write instead. Longest first. */
const foreignSymbols: readonly (readonly [string, string])[] = [
  ['===', "write '==' instead"],
  ['!==', "write '!=' instead"],
  ['<>', "write '!=' instead"],
  ['=~', "write text.matches('…')"],
  ['!~', "write !text.matches('…')"],
  ['=>', 'write list.exists(x, …) for a condition on members, and !a || b for a that implies b'],
  ['->', 'write list.exists(x, …) for a condition on members, and !a || b for a that implies b'],
  ['?.', 'ask has(object.field) && … first, or write object.?field.orValue(…)'],
  ['??', 'write object.?field.orValue(…)'],
  [':=', 'nothing is assigned here: write the value where it is used'],
  [';', 'write one condition: join two with &&, or make them two assertions'],
];

/** A symbol of another language that a source has at one place. */
export function foreignSymbolAt(
  source: string,
  at: number,
): { readonly text: string; readonly help: string } | undefined {
  const found = foreignSymbols.find(([text]) => source.startsWith(text, at));
  return found === undefined ? undefined : { text: found[0], help: found[1] };
}

const foreignWords: ReadonlyMap<string, string> = new Map([
  ['and', 'write && instead'],
  ['or', 'write || instead'],
  ['not', 'write !(x in list)'],
  ['is', 'write == instead'],
  ['eq', 'write == instead'],
  ['equals', 'write == instead'],
  ['ne', 'write != instead'],
  ['matches', "write text.matches('…')"],
  ['like', "write text.startsWith('…'), text.contains('…') or text.matches('…')"],
  ['contains', "write text.contains('…'), or 'x' in list"],
  ['startswith', "write text.startsWith('…')"],
  ['endswith', "write text.endsWith('…')"],
  ['implies', 'write !a || b for a that implies b'],
  ['then', 'write c ? a : b'],
  ['else', 'write c ? a : b'],
  ['for', 'write list.all(x, …) or list.exists(x, …)'],
]);

/** What to write for a word of another language between two operands. */
export function insteadOfWord(word: string): string | undefined {
  return foreignWords.get(word.toLowerCase());
}

const foreignMacros = {
  any: 'exists',
  some: 'exists',
  every: 'all',
  forall: 'all',
  where: 'filter',
  select: 'filter',
  collect: 'map',
} as const;

/** The macro that a name of another language stands for. */
export function macroMeantBy(name: string): (typeof foreignMacros)[keyof typeof foreignMacros] | undefined {
  const plain = name.toLowerCase();
  return Object.hasOwn(foreignMacros, plain) ? foreignMacros[plain as keyof typeof foreignMacros] : undefined;
}

/** What other languages call it, and how it is asked here. */
const foreignFunctions: Readonly<Record<string, string>> = {
  len: 'ask size(…)',
  length: 'ask size(…)',
  count: 'ask size(…); of some members, size(list.filter(x, …))',
  tolower: 'write text.lowerAscii()',
  tolowercase: 'write text.lowerAscii()',
  lower: 'write text.lowerAscii()',
  includes: "write text.contains('…'), or 'x' in list",
  has: "write 'x' in list, or has(object.field)",
  haskey: "write 'x' in list, or has(object.field)",
  any: 'write list.exists(x, …)',
  some: 'write list.exists(x, …)',
  every: 'write list.all(x, …)',
  regex: "write text.matches('…')",
  match: "write text.matches('…')",
  isempty: 'ask size(…) == 0',
  empty: 'ask size(…) == 0',
  indexof: "write text.contains('…'), or 'x' in list",
  substring: "write text.startsWith('…'), or text.matches('…')",
  substr: "write text.startsWith('…'), or text.matches('…')",
  concat: 'join text with +, or list.join(…)',
  format: 'join text with +, and make text of other values with string(…)',
  now: 'now is a name: write it without brackets',
  if: 'write c ? a : b',
};

/** What to write for a function of another language. */
export function insteadOfFunction(name: string): string | undefined {
  const plain = name.toLowerCase();
  return Object.hasOwn(foreignFunctions, plain) ? foreignFunctions[plain] : undefined;
}

/** Functions of other languages that ask whether a field is there. */
export function asksPresence(name: string): boolean {
  return /^(?:is_?)?(?:defined|set|present|exists|null|nil|none)$/i.test(name);
}

/** How it is asked whether a field is there, or a map has a key. */
export function presenceOf(node: Node): string | undefined {
  if (node.kind === 'select') return `has(${print({ ...node, isOptional: false })})`;
  return node.kind === 'index' ? keyQuestion(node.object, node.key) : undefined;
}

/** How it is asked whether a map has a key: tags have a list of their keys beside them. */
export function keyQuestion(map: Node, key: Node): string | undefined {
  if (map.kind !== 'select' || map.field !== 'tags') return undefined;
  return `${print(key)} in ${print({ ...map, field: 'tagKeys', isOptional: false })}`;
}
