import { byText } from '../../text/order.js';
/**
 * Sets of strings as the conditions of event selectors describe them: values that satisfy each of some clauses and
 * are hit by none of some atoms. They are closed under intersection, and their emptiness is decided by building a
 * member.
 */
export interface StringSet {
  /** Each clause is satisfied by one of its atoms at least. */
  readonly oneOf: readonly (readonly Atom[])[];
  /** No atom here is satisfied. */
  readonly none: readonly Atom[];
}

export interface Atom {
  readonly op: 'equals' | 'prefix' | 'suffix';
  readonly value: string;
}

export const everything: StringSet = { oneOf: [], none: [] };

/** Whether one value satisfies an atom. Case counts, as it does in CloudTrail. */
export function satisfies(value: string, atom: Atom): boolean {
  switch (atom.op) {
    case 'equals':
      return value === atom.value;
    case 'prefix':
      return value.startsWith(atom.value);
    case 'suffix':
      return value.endsWith(atom.value);
  }
}

/** Whether a value is a member of the set. */
export function contains(set: StringSet, value: string): boolean {
  return (
    set.oneOf.every((clause) => clause.some((atom) => satisfies(value, atom))) &&
    !set.none.some((atom) => satisfies(value, atom))
  );
}

/** The members of both sets. */
export function intersect(a: StringSet, b: StringSet): StringSet {
  return withoutRepeats([...a.oneOf, ...b.oneOf], [...a.none, ...b.none]);
}

/** The members of `set` that satisfy one of the atoms. */
export function within(set: StringSet, clause: readonly Atom[]): StringSet {
  return withoutRepeats([...set.oneOf, clause], set.none);
}

/** The members of `set` that satisfy none of the atoms. */
export function without(set: StringSet, atoms: readonly Atom[]): StringSet {
  return withoutRepeats(set.oneOf, [...set.none, ...atoms]);
}

/** The complement of `set`, as disjoint sets. */
export function complement(set: StringSet): StringSet[] {
  const failing = set.oneOf.map((clause, index) => withoutRepeats(set.oneOf.slice(0, index), clause));
  // Long lists of exclusions are common, and hardly ever overlap: only those that do are said again.
  const excluded = set.none.map((atom, index) => {
    const overlapping = set.none.slice(0, index).filter((other) => mayOverlap(atom, other));
    return withoutRepeats([...set.oneOf, [atom]], overlapping);
  });
  return [...failing, ...excluded];
}

function mayOverlap(a: Atom, b: Atom): boolean {
  if (a.op === 'equals') return satisfies(a.value, b);
  if (b.op === 'equals') return satisfies(b.value, a);
  if (a.op !== b.op) return true;
  return satisfies(a.value, b) || satisfies(b.value, a);
}

/** True when each value that satisfies `narrow` satisfies `wide`, too. */
function implies(narrow: Atom, wide: Atom): boolean {
  if (wide.value === '' && wide.op !== 'equals') return true;
  if (narrow.op === 'equals') return satisfies(narrow.value, wide);
  return narrow.op === wide.op && satisfies(narrow.value, wide);
}

/**
 * Keeps sets small, readable and in one order: what a wider atom says already is not said again, and a choice between
 * single values becomes the list of those that are left.
 */
function withoutRepeats(oneOf: readonly (readonly Atom[])[], none: readonly Atom[]): StringSet {
  const clauses = oneOf.map(widest);
  const values = clauses.find((clause) => clause.every((atom) => atom.op === 'equals'));
  if (values !== undefined) {
    return { oneOf: [values.filter((atom) => contains({ oneOf: clauses, none }, atom.value))], none: [] };
  }
  const needed = clauses.filter(
    (clause, index) => !clauses.some((other, at) => at !== index && isMadeNeedlessBy(clause, other, at < index)),
  );
  const prefixes = needed.flatMap(([atom, ...others]) =>
    atom?.op === 'prefix' && others.length === 0 ? [atom.value] : [],
  );
  const canHit = ({ op, value }: Atom): boolean =>
    op === 'suffix' || prefixes.every((it) => value.startsWith(it) || (op === 'prefix' && it.startsWith(value)));
  return { oneOf: needed.toSorted((a, b) => byText(textOf(a), textOf(b))), none: widest(none).filter(canHit) };
}

function isMadeNeedlessBy(clause: readonly Atom[], other: readonly Atom[], isEarlier: boolean): boolean {
  const covers = (a: readonly Atom[], b: readonly Atom[]): boolean =>
    a.every((atom) => b.some((wide) => implies(atom, wide)));
  return covers(other, clause) && (isEarlier || !covers(clause, other));
}

/** The atoms that no other one implies away, in one order. Lists of hundreds are common: each is looked at once. */
function widest(atoms: readonly Atom[]): readonly Atom[] {
  if (atoms.length < 2) return atoms;
  const all = atoms.find((atom) => atom.value === '' && atom.op !== 'equals');
  if (all !== undefined) return [{ op: 'prefix', value: '' }];
  const values = (op: Atom['op']): string[] => atoms.filter((atom) => atom.op === op).map((atom) => atom.value);
  const affixes: Atom[] = [
    ...shortest(values('prefix')).map((value): Atom => ({ op: 'prefix', value })),
    ...shortest(values('suffix').map(reversed)).map((value): Atom => ({ op: 'suffix', value: reversed(value) })),
  ];
  const whole = [...new Set(values('equals'))]
    .filter((value) => !affixes.some((affix) => satisfies(value, affix)))
    .toSorted(byText)
    .map((value): Atom => ({ op: 'equals', value }));
  return [...whole, ...affixes];
}

/** The texts that none of the others begins, sorted: in that order, a text stands right behind what begins it. */
function shortest(texts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const text of texts.toSorted(byText)) {
    const last = kept.at(-1);
    if (last === undefined || !text.startsWith(last)) kept.push(text);
  }
  return kept;
}

function reversed(text: string): string {
  return text.split('').toReversed().join('');
}

function textOf(clause: readonly Atom[]): string {
  return clause.map((atom) => `${atom.op} ${atom.value}`).join('\n');
}
