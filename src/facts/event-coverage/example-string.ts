import { contains, type Atom, type StringSet } from './string-set.js';
import { anyText, isBeginning, isValue, type Universe } from './universe.js';

/** Thrown when a question would cost more than its answer is worth: the answer is unknown then, never a guess. */
export class TooManyParts extends Error {
  override name = 'TooManyParts';
}

/** How many ways to satisfy the clauses of one set are tried. */
const maxChoices = 20_000;

interface Shape {
  readonly prefix: string;
  readonly suffix: string;
  readonly equals: string | undefined;
}

/**
 * A member of the set, or undefined when there is none. The answer is exact: whether a text can be built depends
 * only on the longest prefix and suffix asked for, as what stands between them can be chosen fresh.
 *
 * @throws {TooManyParts} when the clauses can be satisfied in too many ways.
 */
export function exampleString(set: StringSet, universe: Universe = anyText): string | undefined {
  const clauses = set.oneOf.toSorted((a, b) => a.length - b.length);
  const budget = { left: maxChoices };
  return choose({ prefix: universe.start, suffix: '', equals: undefined }, clauses, set, universe, budget);
}

export function isEmpty(set: StringSet, universe: Universe = anyText): boolean {
  return exampleString(set, universe) === undefined;
}

function choose(
  shape: Shape,
  clauses: readonly (readonly Atom[])[],
  set: StringSet,
  universe: Universe,
  budget: { left: number },
): string | undefined {
  const [clause, ...others] = clauses;
  if (clause === undefined) return build(shape, set, universe);
  for (const atom of clause) {
    budget.left -= 1;
    if (budget.left < 0) throw new TooManyParts('The conditions on one field can be met in too many ways.');
    const narrower = narrow(shape, atom);
    if (narrower === undefined) continue;
    const found = choose(narrower, others, set, universe, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

function narrow(shape: Shape, { op, value }: Atom): Shape | undefined {
  if (op === 'equals') {
    if (shape.equals !== undefined && shape.equals !== value) return undefined;
    return value.startsWith(shape.prefix) && value.endsWith(shape.suffix) ? { ...shape, equals: value } : undefined;
  }
  if (op === 'prefix') {
    if (shape.equals !== undefined) return shape.equals.startsWith(value) ? shape : undefined;
    if (shape.prefix.startsWith(value)) return shape;
    return value.startsWith(shape.prefix) ? { ...shape, prefix: value } : undefined;
  }
  if (shape.equals !== undefined) return shape.equals.endsWith(value) ? shape : undefined;
  if (shape.suffix.endsWith(value)) return shape;
  return value.endsWith(shape.suffix) ? { ...shape, suffix: value } : undefined;
}

function build(shape: Shape, set: StringSet, universe: Universe): string | undefined {
  if (shape.equals !== undefined) {
    return contains(set, shape.equals) && isValue(universe, shape.equals) ? shape.equals : undefined;
  }
  if (!isBeginning(universe, shape.prefix)) return undefined;
  if (set.none.some(({ op, value }) => op === 'suffix' && shape.suffix.endsWith(value))) return undefined;
  const avoided = set.none.filter((atom) => atom.op === 'prefix').map((atom) => atom.value);
  const beginning = avoid(shape.prefix, avoided, universe);
  if (beginning === undefined) return undefined;
  const shortest = universe.complete(beginning);
  return endFresh(shortest, shape.suffix, set, universe);
}

/** Goes on with a text until no avoided beginning can be hit any more; undefined when each way on hits one. */
function avoid(text: string, avoided: readonly string[], universe: Universe): string | undefined {
  if (avoided.some((prefix) => text.startsWith(prefix))) return undefined;
  const ahead = avoided.filter((prefix) => prefix.startsWith(text));
  if (ahead.length === 0) return text;
  const completed = universe.complete(text);
  if (completed !== text && !avoided.some((prefix) => prefix.startsWith(completed) || completed.startsWith(prefix))) {
    return completed;
  }
  const allowed = universe.next(text);
  const taken = new Set(ahead.map((prefix) => prefix.charAt(text.length)));
  if (allowed === undefined) return `${text}${freshCharacter(taken)}`;
  const free = allowed.split('').find((character) => !taken.has(character));
  if (free !== undefined) return text + free;
  for (const character of allowed) {
    const found = avoid(text + character, ahead, universe);
    if (found !== undefined) return found;
  }
  return undefined;
}

function freshCharacter(taken: ReadonlySet<string>): string {
  for (const character of 'exampl0123456789abcdfghijknoqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.') {
    if (!taken.has(character)) return character;
  }
  let code = 0x100;
  while (taken.has(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

/** Some text between beginning and suffix that lets no excluded value or ending be hit: only finitely many exist. */
function endFresh(beginning: string, suffix: string, set: StringSet, universe: Universe): string {
  for (const fresh of ['example', '', 'other-example']) {
    const text = beginning + fresh + suffix;
    if (contains(set, text) && isValue(universe, text)) return text;
  }
  for (let number = 1; ; number += 1) {
    const text = `${beginning}example-${number}-${freshEnding(set, suffix)}${suffix}`;
    if (contains(set, text)) return text;
  }
}

/** A character that no excluded ending has before the suffix. */
function freshEnding(set: StringSet, suffix: string): string {
  const before = set.none
    .filter(({ op, value }) => op === 'suffix' && value.endsWith(suffix))
    .map(({ value }) => value.charAt(value.length - suffix.length - 1));
  return freshCharacter(new Set(before));
}
