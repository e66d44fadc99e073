import { nullText } from '../../activity/index.js';
import {
  CannotSay,
  type Atom,
  type Condition,
  type List,
  type Ordering,
  type Path,
  type Reading,
  type Term,
} from '../condition.js';
import { isText } from '../is-text.js';
import { jsonIn } from '../paths.js';
import { arnPattern, portablePattern } from '../pattern.js';
import type { Dialect } from './dialect.js';
import { likeText, quoted } from './sql-text.js';

/**
 * Conditions as SQL: NULL is what is not known, as SQL's logic is the three-valued one of the language. Lists of
 * members are asked in lambdas.
 */
export class SqlRenderer {
  /** The JSON columns that were read, each with the names on the way to what was read in it. */
  readonly readJson = new Map<string, Map<string, readonly string[]>>();

  /** @param withoutJson - JSON of the record cannot be asked */
  constructor(
    private readonly dialect: Dialect,
    private readonly withoutJson = false,
  ) {}

  atom = (atom: Atom): string => this.said(atom, true);

  /** @param holds - whether it is asked that it holds, or that it does not */
  private said(atom: Atom, holds: boolean): string {
    const denied = holds ? '' : 'NOT ';
    const whole = (condition: string): string => (holds ? condition : `NOT (${condition})`);
    switch (atom.kind) {
      case 'compare': {
        return this.compare(atom.operator, atom.left, atom.right, holds);
      }
      case 'one-of': {
        const values = atom.values.map((it) => this.literal(it)).join(', ');
        const isPlain =
          atom.values.every((it) => !looksLikeJson(it)) && fails(atom.value, (it) => atom.values.includes(it));
        return `${this.term(atom.value, isPlain)} ${denied}IN (${values})`;
      }
      case 'text': {
        return this.text(atom.test, atom.value, atom.part, holds);
      }
      case 'matches': {
        return denied + this.dialect.matches(this.term(atom.value), portablePattern(atom.pattern));
      }
      case 'arn-like': {
        const pattern = arnPattern(atom.patterns) ?? ofNoText;
        const isPlain = atom.patterns.every((it) => it.startsWith('arn:')) && fails(atom.value, (it) => it !== '');
        return denied + this.dialect.matches(this.term(atom.value, isPlain), pattern);
      }
      case 'there': {
        return guardedBy(this.misread(atom.path), this.isThere(atom.path, holds));
      }
      case 'true': {
        return holds ? this.term(atom.value) : `NOT ${this.term(atom.value)}`;
      }
      case 'answered-failure': {
        return whole(this.answeredFailure(atom.names));
      }
      case 'unsaid': {
        throw new CannotSay(atom.because);
      }
    }
  }

  /** What was left out is no failure: the fact asks the record as it is. */
  private answeredFailure(names: readonly string[] | undefined): string {
    const answer = this.dialect.column({ names: ['responseElements'], typed: 1, kind: 'json' });
    const [only] = names ?? [];
    // Of other events the rest of the condition is false.
    if (only !== undefined && names?.length === 1) {
      return `coalesce(${this.dialect.jsonScalar(answer, [only])}, '') = 'Failure'`;
    }
    const name = this.dialect.column({ names: ['eventName'], typed: 1, kind: 'text' });
    return this.dialect.holdsFailure(answer, name);
  }

  private compare(operator: Ordering, left: Term, right: Term, holds: boolean): string {
    if (operator !== '==' && (isText(left) || isText(right))) throw new CannotSay('it orders texts');
    const [asked, denied] = signs[operator];
    return `${this.comparable(left, right)} ${holds ? asked : denied} ${this.comparable(right, left)}`;
  }

  /** Times are compared by their seconds and the parts of them; what is compared with a plain text need not be read as JSON. */
  private comparable(term: Term, other: Term): string {
    if (term.kind === 'moment') return String(term.seconds);
    if (term.kind === 'path' && term.as === 'time') return this.dialect.moment(this.dialect.column(term.path));
    const isPlain = other.kind === 'literal' && !looksLikeJson(other.value) && fails(term, (it) => other.value === it);
    return this.term(term, isPlain);
  }

  private text(test: TextTest, value: Term, part: Term, holds: boolean): string {
    const denied = holds ? '' : 'NOT ';
    if (part.kind !== 'literal') {
      const condition = this.dialect[test](this.term(value), this.term(part));
      return holds ? condition : `NOT (${condition})`;
    }
    const text = String(part.value);
    const isPlain = isOfNoJson(test, text) && fails(value, (it) => it !== '');
    return `${this.term(value, isPlain)} ${denied}${likeText(test, text)}`;
  }

  /** @param isPlain - only a text, a number, or true or false can decide: other JSON is as good as nothing */
  term(term: Term, isPlain = false): string {
    switch (term.kind) {
      case 'literal': {
        return this.literal(term.value);
      }
      case 'nothing': {
        return 'NULL';
      }
      case 'moment': {
        throw new CannotSay('it takes a time for a text');
      }
      case 'path': {
        return this.read(term.path, term.as, isPlain);
      }
      case 'or': {
        return this.or(term, isPlain);
      }
      case 'first': {
        return `coalesce(${term.of.map((it) => this.term(it)).join(', ')})`;
      }
      case 'choice': {
        const branches = term.branches.map(
          ({ when, value }) => `WHEN ${this.condition(when)} THEN ${this.term(value)}`,
        );
        const otherwise = term.otherwise.kind === 'nothing' ? '' : ` ELSE ${this.term(term.otherwise)}`;
        return `CASE ${branches.join(' ')}${otherwise} END`;
      }
      case 'replaced': {
        return this.dialect.replaced(this.term(term.of), term.pattern, term.by);
      }
      case 'group': {
        return this.dialect.group(this.term(term.of), term.pattern);
      }
      case 'lower': {
        return this.dialect.lower(this.term(term.of));
      }
      case 'joined': {
        return `(${term.parts.map((it) => this.term(it)).join(' || ')})`;
      }
      case 'computed': {
        const [left, right] = [this.term(term.left), this.term(term.right)];
        return term.operator === '/' ? `(${this.dialect.divided(left, right)})` : `(${left} ${term.operator} ${right})`;
      }
      case 'seconds': {
        if (term.of.kind !== 'path') throw new CannotSay('it computes with times');
        // A cast alone would round.
        return `CAST(floor(${this.dialect.moment(this.dialect.column(term.of.path))}) AS bigint)`;
      }
      case 'length': {
        return this.dialect.length(this.term(term.of));
      }
      case 'size': {
        return this.dialect.size(this.list(term.of));
      }
    }
  }

  private or(term: Term & { readonly kind: 'or' }, isPlain: boolean): string {
    const { path, as } = term;
    const otherwise = this.term(term.otherwise);
    if (as === 'time') throw new CannotSay('it computes with times');
    if (as === 'text') {
      return guardedBy(this.misread(path), `coalesce(${this.unguarded(path, isPlain)}, ${otherwise})`);
    }
    const isMissing = this.isThere(path, false);
    const read = this.as(as, this.unguarded(path, true), path);
    return guardedBy(this.misread(path), `CASE WHEN ${isMissing} THEN ${otherwise} ELSE ${read} END`);
  }

  private literal(value: string | number | boolean): string {
    return typeof value === 'string' ? quoted(value) : String(value);
  }

  private read(path: Path, as: Reading, isPlain: boolean): string {
    const text = this.unguarded(path, isPlain || as !== 'text');
    return guardedBy(this.misread(path), as === 'text' ? text : this.as(as, text, path));
  }

  private isThere(path: Path, holds: boolean): string {
    const json = jsonIn(path);
    const root = this.root(path);
    if (json !== undefined) return this.dialect.jsonIsThere(root, json, holds);
    return holds ? `${root} IS NOT NULL` : `${root} IS NULL`;
  }

  /** What is there as the table has it, JSON as text. */
  private unguarded(path: Path, isPlain: boolean): string {
    const json = jsonIn(path);
    const root = this.root(path);
    if (json === undefined) return root;
    return isPlain ? this.dialect.jsonScalar(root, json) : this.dialect.jsonText(root, json);
  }

  /** What JSON names lead into, or the typed field itself. */
  private root({ member, names, typed, kind }: Path): string {
    if (member !== undefined) {
      const [field] = names;
      return typed === 0 || field === undefined
        ? variableOf(member)
        : this.dialect.resourceField(variableOf(member), field);
    }
    const column = this.dialect.column({ names: names.slice(0, typed), typed, kind });
    if (kind === 'json') this.noteJson(column, names.slice(typed));
    return isErrorText(names) ? `nullif(${column}, ${quoted(nullText)})` : column;
  }

  private noteJson(column: string, names: readonly string[]): void {
    if (this.withoutJson) throw new CannotSay('it is left out');
    const ways = this.readJson.get(column) ?? new Map<string, readonly string[]>();
    this.readJson.set(column, ways);
    for (const index of names.keys()) ways.set(names.slice(0, index).join('\u0000'), names.slice(0, index));
  }

  private as(as: Reading, text: string, { kind, member }: Path): string {
    if (as === 'int') return this.dialect.int(text);
    if (as !== 'bool') throw new CannotSay('it computes with times');
    if (kind !== 'bool' || member !== undefined) return boolOf(`lower(${text})`);
    return this.dialect.isBool(text) ? text : boolOf(text);
  }

  /** Of members: whether something on the way is no object, so that nothing is known. Of records, that is asked once. */
  private misread(path: Path): string | undefined {
    const json = jsonIn(path);
    if (path.member === undefined || json === undefined || json.length === 0) return undefined;
    const root = this.root(path);
    return json.map((_, index) => this.dialect.jsonIsNoObject(root, json.slice(0, index))).join(' OR ');
  }

  list = (list: List): string => {
    switch (list.kind) {
      case 'json': {
        const json = jsonIn(list.path) ?? [];
        const root = this.root(list.path);
        const members = this.dialect.jsonList(root, json);
        const isMissing = this.dialect.jsonIsThere(root, json, false);
        const orEmpty = list.orEmpty
          ? `CASE WHEN ${isMissing} THEN ${this.dialect.emptyList} ELSE ${members} END`
          : members;
        return guardedBy(this.misread(list.path), orEmpty);
      }
      case 'split': {
        return this.dialect.split(this.term(list.of), quoted(list.separator));
      }
      case 'resources': {
        return this.dialect.resources;
      }
      case 'resource-arns': {
        return this.dialect.resourceArns;
      }
    }
  };

  /** On one line. */
  condition(condition: Condition): string {
    switch (condition.kind) {
      case 'constant': {
        return String(condition.value);
      }
      case 'not': {
        return isAtom(condition.of) ? this.said(condition.of, false) : `NOT (${this.condition(condition.of)})`;
      }
      case 'all':
      case 'any': {
        return condition.parts
          .map((it) => (it.kind === 'any' || it.kind === 'all' ? `(${this.condition(it)})` : this.condition(it)))
          .join(condition.kind === 'all' ? ' AND ' : ' OR ');
      }
      case 'exists': {
        return this.dialect.exists(
          this.list(condition.list),
          variableOf(condition.member),
          this.condition(condition.body),
        );
      }
      default: {
        return this.atom(condition);
      }
    }
  }
}

const signs: Readonly<Record<Ordering, readonly [asked: string, denied: string]>> = {
  '==': ['=', '<>'],
  '<': ['<', '>='],
  '<=': ['<=', '>'],
  '>': ['>', '<='],
  '>=': ['>=', '<'],
};

/** Exports of other tools write `null` there as a text, which is no error. */
function isErrorText([name]: readonly string[]): boolean {
  return name === 'errorCode' || name === 'errorMessage';
}

/** Still, of a value that is not known, nothing is. */
const ofNoText = String.raw`\z.`;

type TextTest = 'starts' | 'ends' | 'contains';

function isAtom(condition: Condition): condition is Atom {
  return !['constant', 'not', 'all', 'any', 'exists'].includes(condition.kind);
}

function variableOf(member: number): string {
  return `m${member}`;
}

function guardedBy(misread: string | undefined, value: string): string {
  return misread === undefined ? value : `CASE WHEN NOT (${misread}) THEN ${value} END`;
}

function boolOf(text: string): string {
  return `CASE ${text} WHEN 'true' THEN true WHEN 'false' THEN false END`;
}

function looksLikeJson(value: string | number | boolean): boolean {
  return typeof value === 'string' && /^[[{]/.test(value);
}

/** Whether a term's default is written out and fails the test: then what is no plain text may be taken for missing. */
function fails(term: Term, test: (value: string | number | boolean) => boolean): boolean {
  return term.kind === 'or' && term.otherwise.kind === 'literal' && !test(term.otherwise.value);
}

/** No object or list as text has this part there. */
function isOfNoJson(test: TextTest, part: string): boolean {
  if (test === 'starts') return part !== '' && !looksLikeJson(part);
  return test === 'ends' && part !== '' && !/[\]}]$/.test(part);
}
