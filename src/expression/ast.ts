/** A place in the source: UTF-16 offsets, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Macro = 'exists' | 'all' | 'exists_one' | 'filter' | 'map';

export type BinaryOperator = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: boolean | number | string;
}

export interface ListLiteral extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Name extends Span {
  readonly kind: 'name';
  readonly name: string;
}

/** `object.field`, or `object.?field` where `isOptional`. */
export interface Select extends Span {
  readonly kind: 'select';
  readonly object: Node;
  readonly field: string;
  readonly fieldSpan: Span;
  readonly isOptional: boolean;
}

export interface Has extends Span {
  readonly kind: 'has';
  readonly select: Select;
}

/** `map['key']` */
export interface Index extends Span {
  readonly kind: 'index';
  readonly object: Node;
  readonly key: Node;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly receiver: Node | undefined;
  readonly args: readonly Node[];
}

export interface MacroCall extends Span {
  readonly kind: 'macro';
  readonly macro: Macro;
  readonly list: Node;
  readonly variable: string;
  readonly variableSpan: Span;
  readonly body: Node;
}

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Node;
}

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Node;
  readonly right: Node;
}

export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly condition: Node;
  readonly whenTrue: Node;
  readonly whenFalse: Node;
}

/** Stands where the source could not be understood; already reported. */
export interface Broken extends Span {
  readonly kind: 'broken';
}

export type Node =
  | Literal
  | ListLiteral
  | Name
  | Select
  | Has
  | Index
  | Call
  | MacroCall
  | Unary
  | Binary
  | Conditional
  | Broken;
