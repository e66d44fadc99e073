import { all, any, no, not } from './build.js';
import { CannotSay, type Atom, type Condition, type List, type Origin, type Path, type Term } from './condition.js';

/** Stands in the names of a place for each member of a list. */
export const each = '[*]';

export type Scalar = string | number | boolean;

/** What is asked of the one place of a record. */
export interface FieldTest {
  readonly names: readonly string[];
  /** It holds where nothing is there, or null. */
  readonly nothing: boolean;
  /** What holds of something that is there. */
  readonly of:
    | { readonly kind: 'anything' | 'never' }
    /** Of JSON that is asked as text, a number, and true or false, beside the text that says the same. */
    | { readonly kind: 'in' | 'not-in'; readonly values: readonly Scalar[] }
    | { readonly kind: 'bool'; readonly value: boolean }
    | {
        readonly kind: 'like' | 'not-like';
        readonly test: 'starts' | 'ends' | 'contains' | 'matches';
        readonly text: string;
      };
}

/** Tests of places, joined: what engines without expressions can be told. */
export type Tests =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Tests[] }
  | { readonly kind: 'test'; readonly test: FieldTest; readonly origin: Origin };

/** A condition whose parts are all tests of places, so that negations stand in the tests. */
export function testsOf(condition: Condition, holds = true): Tests {
  switch (condition.kind) {
    case 'constant': {
      return { kind: 'constant', value: condition.value === holds };
    }
    case 'not': {
      return testsOf(condition.of, !holds);
    }
    case 'all':
    case 'any': {
      const parts = condition.parts.map((it) => testsOf(it, holds));
      return { kind: (condition.kind === 'all') === holds ? 'all' : 'any', parts };
    }
    case 'exists': {
      if (!holds) throw new CannotSay('it asks that no member of a list is so');
      return testsOf(ofEachMember(condition), true);
    }
    default: {
      const simple = spread(condition);
      if (simple !== condition) return testsOf(simple, holds);
      const test = testOf(condition);
      return { kind: 'test', test: holds ? test : denied(test), origin: condition.origin };
    }
  }
}

function denied({ names, nothing, of }: FieldTest): FieldTest {
  const opposite = (): FieldTest['of'] => {
    switch (of.kind) {
      case 'anything': {
        return { kind: 'never' };
      }
      case 'never': {
        return { kind: 'anything' };
      }
      case 'in': {
        return { ...of, kind: 'not-in' };
      }
      case 'not-in': {
        return { ...of, kind: 'in' };
      }
      case 'bool': {
        return { ...of, value: !of.value };
      }
      case 'like': {
        return { ...of, kind: 'not-like' };
      }
      case 'not-like': {
        return { ...of, kind: 'like' };
      }
    }
  };
  return { names, nothing: !nothing, of: opposite() };
}

/** One of several texts, asked one after the other. */
function spread(atom: Atom): Condition {
  if (atom.kind === 'answered-failure') return failure(atom.names, atom.origin);
  if (!('value' in atom) && atom.kind !== 'compare') return atom;
  const value = 'value' in atom ? atom.value : atom.left;
  if (value.kind !== 'first') return atom;
  const asked = (term: Term): Condition =>
    atom.kind === 'compare' ? { ...atom, left: term } : { ...atom, value: term };
  let found: Condition = no;
  for (const term of value.of.toReversed()) {
    if (term.kind !== 'path') throw new CannotSay('it asks a value that is computed');
    const there: Condition = { kind: 'there', path: term.path, origin: atom.origin };
    found = any(all(there, asked(term)), all(not(there), found));
  }
  return found;
}

/** Of events of other names the rest of the condition is false. */
function failure(names: readonly string[] | undefined, origin: Origin): Condition {
  const [only] = names ?? [];
  if (only === undefined || names?.length !== 1) {
    throw new CannotSay('it also asks for "Failure" under the name of the event in the answer');
  }
  const path: Path = { names: ['responseElements', only], typed: 1, kind: 'json' };
  const value: Term = { kind: 'or', path, as: 'text', otherwise: { kind: 'literal', value: '' } };
  return { kind: 'compare', operator: '==', left: value, right: { kind: 'literal', value: 'Failure' }, origin };
}

/** The place that a term reads, and what stands for nothing. */
function read(term: Term): {
  readonly path: Path;
  readonly as: string;
  readonly otherwise?: string | number | boolean;
} {
  if (term.kind === 'path') return { path: term.path, as: term.as };
  if (term.kind !== 'or' || term.otherwise.kind !== 'literal') throw new CannotSay('it asks a value that is computed');
  return { path: term.path, as: term.as, otherwise: term.otherwise.value };
}

function testOf(atom: Atom): FieldTest {
  switch (atom.kind) {
    case 'compare': {
      return compared(atom.operator, atom.left, atom.right);
    }
    case 'one-of': {
      return inTest(atom.value, atom.values);
    }
    case 'text': {
      if (atom.part.kind !== 'literal') throw new CannotSay('it compares two values of the event');
      const part = String(atom.part.value);
      const tests = {
        starts: (it: string) => it.startsWith(part),
        ends: (it: string) => it.endsWith(part),
        contains: (it: string) => it.includes(part),
      };
      return likeTest(atom.value, atom.test, part, tests[atom.test]);
    }
    case 'matches': {
      return likeTest(atom.value, 'matches', atom.pattern, undefined);
    }
    case 'arn-like': {
      return arnTest(atom.value, atom.patterns);
    }
    case 'there': {
      if (atom.path.kind === 'json') throw new CannotSay('it asks whether something of any form is there');
      return { names: namesOf(atom.path), nothing: false, of: { kind: 'anything' } };
    }
    case 'true': {
      return boolTest(atom.value, true);
    }
    case 'answered-failure': {
      throw new CannotSay('it asks the answer');
    }
    case 'unsaid': {
      throw new CannotSay(atom.because);
    }
  }
}

function compared(operator: string, left: Term, right: Term): FieldTest {
  if (left.kind === 'literal' && operator === '==') return compared(operator, right, left);
  if (right.kind !== 'literal') {
    throw new CannotSay(right.kind === 'moment' ? 'it asks the time' : 'it compares two values of the event');
  }
  if (operator !== '==') throw new CannotSay('it orders numbers, which may be texts in records');
  if (typeof right.value === 'boolean') return boolTest(left, right.value);
  return inTest(left, [right.value]);
}

function inTest(term: Term, values: readonly (string | number | boolean)[]): FieldTest {
  const { path, as, otherwise } = read(term);
  const known = values.filter((it) => typeof it !== 'boolean');
  if (as === 'bool' || known.length < values.length) throw new CannotSay('it compares conditions');
  if (as === 'time') throw new CannotSay('it asks the time');
  const isJson = as === 'text' && path.kind === 'json';
  if (isJson && known.some((it) => /^[[{]/.test(String(it)))) throw new CannotSay('it asks JSON as text');
  const nothing = otherwise !== undefined && values.includes(otherwise);
  return { names: namesOf(path), nothing, of: { kind: 'in', values: isJson ? known.flatMap(spellings) : known } };
}

/** What has this text for us: `5` and `"5"`, `true` and `"true"`. */
function spellings(value: string | number): readonly Scalar[] {
  if (value === 'true' || value === 'false') return [value, value === 'true'];
  const isNumber = typeof value === 'string' && value !== '' && String(Number(value)) === value;
  return isNumber && Number.isFinite(Number(value)) ? [value, Number(value)] : [value];
}

/** Whether a number in JSON may have the part that is asked of its text: not every engine takes it for one. */
export function mayBeOfNumber({ names }: Pick<FieldTest, 'names'>, part: string): boolean {
  return jsonFields.has(names[0] ?? '') && /^[-+0-9.e]+$/.test(part);
}

/** The fields of a record that are JSON of any form. */
export const jsonFields: ReadonlySet<string> = new Set([
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'tlsDetails',
]);

function boolTest(term: Term, value: boolean): FieldTest {
  const { path, as, otherwise } = read(term);
  if (as !== 'bool') throw new CannotSay('it compares conditions');
  return { names: namesOf(path), nothing: otherwise === value, of: { kind: 'bool', value } };
}

function likeTest(
  term: Term,
  test: 'starts' | 'ends' | 'contains' | 'matches',
  text: string,
  fits: ((it: string) => boolean) | undefined,
): FieldTest {
  const { path, otherwise } = read(term);
  // Lists and objects have a text for us, and none for others.
  const isOfTexts = (test === 'starts' && !/^[[{]/.test(text)) || (test === 'ends' && !/[\]}]$/.test(text));
  const isOfBool = fits !== undefined && (fits('true') || fits('false'));
  if (path.kind === 'json' && (!isOfTexts || isOfBool)) throw new CannotSay('it asks JSON of any form as text');
  if (text === '') throw new CannotSay('it asks for an empty part');
  if (otherwise !== undefined && otherwise !== '' && fits === undefined) throw new CannotSay('it asks a default');
  return {
    names: namesOf(path),
    nothing: otherwise !== undefined && fits !== undefined && fits(String(otherwise)),
    of: { kind: 'like', test, text },
  };
}

function arnTest(term: Term, patterns: readonly string[]): FieldTest {
  const [pattern] = patterns;
  const { path, otherwise } = read(term);
  const star = pattern?.indexOf('*') ?? -1;
  const isPrefix = star >= 0 && star === (pattern?.length ?? 0) - 1 && (pattern?.split(':').length ?? 0) >= 6;
  const isPlain = pattern !== undefined && patterns.length === 1 && !pattern.includes('?');
  if (!isPlain || (otherwise ?? '') !== '' || pattern.split(':').length < 6)
    throw new CannotSay('it asks several parts of an ARN');
  if (star < 0) return { names: namesOf(path), nothing: false, of: { kind: 'in', values: [pattern] } };
  if (!isPrefix) throw new CannotSay('it asks several parts of an ARN');
  return { names: namesOf(path), nothing: false, of: { kind: 'like', test: 'starts', text: pattern.slice(0, -1) } };
}

function namesOf({ member, names, kind }: Path): readonly string[] {
  if (member !== undefined) throw new CannotSay('it asks a member of a list');
  if (kind === 'object') throw new CannotSay('it asks whether an object is there');
  return names;
}

/** A condition on a member, as one on each: places in it go through the list. */
function ofEachMember(condition: Condition & { readonly kind: 'exists' }): Condition {
  const { list, member, body } = condition;
  const owner = ownerOf(list);
  return placed(body, member, owner);
}

function ownerOf(list: List): Path {
  if (list.kind === 'resources') return { names: ['resources', each], typed: 2, kind: 'json' };
  if (list.kind === 'resource-arns') return { names: ['resources', each, 'ARN'], typed: 3, kind: 'text' };
  if (list.kind !== 'json' || list.path.member !== undefined) throw new CannotSay('it asks the parts of a text');
  return { ...list.path, names: [...list.path.names, each] };
}

/** What is asked of one member at once cannot be asked of each: only one condition, that something is there and so. */
function placed(body: Condition, member: number, owner: Path): Condition {
  if (body.kind === 'any') return any(...body.parts.map((it) => placed(it, member, owner)));
  if (body.kind === 'exists' && body.list.kind === 'json' && body.list.path.member === member) {
    const path = moved(body.list.path, owner);
    return placed(body.body, body.member, { ...path, names: [...path.names, each] });
  }
  if ('parts' in body || body.kind === 'constant' || body.kind === 'not' || body.kind === 'exists') {
    throw new CannotSay('it asks several things of one member of a list');
  }
  if (body.kind === 'there') throw new CannotSay('it asks whether a member of a list has something');
  if (body.kind === 'compare') {
    const [left, right] = [movedTerm(body.left, member, owner), movedTerm(body.right, member, owner)];
    return isSome({ ...body, left, right });
  }
  return isSome('value' in body ? { ...body, value: movedTerm(body.value, member, owner) } : body);
}

function isSome(atom: Atom): Condition {
  if (testOf(atom).nothing) throw new CannotSay('it asks whether a member of a list lacks something');
  return atom;
}

function movedTerm(term: Term, member: number, owner: Path): Term {
  if ((term.kind === 'path' || term.kind === 'or') && term.path.member === member) {
    return { ...term, path: moved(term.path, owner) };
  }
  if (term.kind !== 'literal') throw new CannotSay('it asks more than one member of a list');
  return term;
}

function moved(path: Path, owner: Path): Path {
  const names = [...owner.names, ...path.names];
  return { names, typed: owner.typed, kind: path.kind === 'object' ? 'json' : path.kind };
}
