import type { Path } from '../condition.js';

/**
 * A dialect of SQL over a table of CloudTrail records. Every function gives an expression; each of JSON takes the
 * expression of a JSON text or value, and the names that lead into it.
 */
export interface Dialect {
  readonly name: string;
  /** A column, or a field of a struct in one; throws CannotSay where the table has none. */
  column(path: Path): string;
  /** Whether a column is true or false by itself; otherwise it is a text that says so. */
  isBool(column: string): boolean;
  /** Seconds since 1970 of a column that is a time, with parts of them; NULL where it is none, or written otherwise. */
  moment(column: string): string;
  /** The names lead to a text, a number, or true or false, as text; NULL anywhere else. */
  jsonScalar(json: string, names: readonly string[]): string;
  /** Whatever is there, as text; NULL where nothing is, or null. */
  jsonText(json: string, names: readonly string[]): string;
  /** Whether anything is there, but null, or whether nothing is. */
  jsonIsThere(json: string, names: readonly string[], holds: boolean): string;
  /** The members of the list there that are not null; NULL where there is none. */
  jsonList(json: string, names: readonly string[]): string;
  /** True where something is there that is no object. */
  jsonIsNoObject(json: string, names: readonly string[]): string;
  /** True where a column of JSON holds something that is no object; undefined: it cannot. */
  columnIsNoObject(column: string): string | undefined;
  /** True where texts do not tell what our engine reads there: what is too large is left out, or a number is written otherwise. */
  isReadOtherwise(json: string): string;
  /** Whether JSON holds the text "Failure" under a name that stands in a column; two-valued. */
  holdsFailure(json: string, name: string): string;
  matches(text: string, pattern: string): string;
  replaced(text: string, pattern: string, by: string): string;
  group(text: string, pattern: string): string;
  contains(text: string, part: string): string;
  starts(text: string, part: string): string;
  ends(text: string, part: string): string;
  lower(text: string): string;
  length(text: string): string;
  int(text: string): string;
  divided(left: string, right: string): string;
  split(text: string, separator: string): string;
  readonly emptyList: string;
  size(list: string): string;
  /** Whether a member holds, three-valued. */
  exists(list: string, variable: string, body: string): string;
  /** `resources`, and the ARNs in it: empty where there are none. */
  readonly resources: string;
  readonly resourceArns: string;
  /** The field of a member of `resources`. */
  resourceField(variable: string, name: string): string;
}
