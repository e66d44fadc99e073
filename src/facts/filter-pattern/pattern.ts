import type { RE2JS } from '@bufbuild/re2';

/** A filter pattern of CloudWatch Logs, parsed. */
export type FilterPattern = JsonPattern | TermPattern | DelimitedPattern;

/** `{ $.eventName = "StopLogging" }`: a condition on the fields of a JSON record. */
export interface JsonPattern {
  readonly kind: 'json';
  readonly condition: Condition;
}

/** `ERROR -WARN`, `?one ?other`, `"a phrase"`, `%regex%`, or nothing: looked for in the text of the record. */
export interface TermPattern {
  readonly kind: 'terms';
  /** `some`: one is enough. `all`: each, where an excluded one must not be there. */
  readonly need: 'all' | 'some';
  readonly terms: readonly Term[];
}

/** `[ip, user, ..., status = 4*]`: conditions on the words of the record. */
export interface DelimitedPattern {
  readonly kind: 'delimited';
  readonly fields: readonly DelimitedField[];
}

export interface DelimitedField {
  /** None for `...`, which stands for any number of words. */
  readonly name?: string;
  readonly condition?: Condition;
}

export interface Term {
  readonly value: TextValue;
  readonly isExcluded: boolean;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'compare'; readonly at: readonly Step[]; readonly operator: '=' | '!='; readonly value: TextValue }
  | { readonly kind: 'order'; readonly at: readonly Step[]; readonly operator: OrderOperator; readonly value: Literal }
  | { readonly kind: 'is'; readonly at: readonly Step[]; readonly value: null | boolean }
  | { readonly kind: 'not-exists'; readonly at: readonly Step[] };

export type OrderOperator = '>' | '<' | '>=' | '<=';

export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'each' };

export type TextValue = Literal | Regex;

export interface Literal {
  readonly kind: 'literal';
  /** In JSON and space-delimited patterns `*` stands for any text. */
  readonly text: string;
  /** Set for a number that is not quoted: it is compared as a number with numbers. */
  readonly number?: number;
}

export interface Regex {
  readonly kind: 'regex';
  readonly source: string;
  readonly regex: RE2JS;
}

/** What keeps a text from being a filter pattern. */
export interface PatternProblem {
  /** 1-based. */
  readonly column: number;
  readonly message: string;
}

export type ParsedFilterPattern =
  | { readonly state: 'parsed'; readonly pattern: FilterPattern }
  | { readonly state: 'invalid'; readonly problem: PatternProblem };
