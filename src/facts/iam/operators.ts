/** What kind of value an operator compares. */
export type Family = 'string' | 'arn' | 'numeric' | 'date' | 'boolean' | 'binary' | 'ip' | 'null';

/** How a value of the request and one of the document are compared. */
export type Comparison =
  | 'equals'
  | 'equals-ignore-case'
  | 'like'
  | 'less-than'
  | 'less-than-equals'
  | 'greater-than'
  | 'greater-than-equals';

export interface Operator {
  /** as written */
  readonly name: string;
  readonly family: Family;
  readonly comparison: Comparison;
  /** It holds when none of the values matches, and when the key is absent. */
  readonly isNegated: boolean;
  readonly ifExists: boolean;
  /** ForAnyValue and ForAllValues */
  readonly set: 'any' | 'all' | undefined;
}

type Meaning = readonly [family: Family, comparison: Comparison, isNegated?: 'not'];

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const meanings: Readonly<Record<string, Meaning>> = {
  stringequals: ['string', 'equals'],
  stringnotequals: ['string', 'equals', 'not'],
  stringequalsignorecase: ['string', 'equals-ignore-case'],
  stringnotequalsignorecase: ['string', 'equals-ignore-case', 'not'],
  stringlike: ['string', 'like'],
  stringnotlike: ['string', 'like', 'not'],
  numericequals: ['numeric', 'equals'],
  numericnotequals: ['numeric', 'equals', 'not'],
  numericlessthan: ['numeric', 'less-than'],
  numericlessthanequals: ['numeric', 'less-than-equals'],
  numericgreaterthan: ['numeric', 'greater-than'],
  numericgreaterthanequals: ['numeric', 'greater-than-equals'],
  dateequals: ['date', 'equals'],
  datenotequals: ['date', 'equals', 'not'],
  datelessthan: ['date', 'less-than'],
  datelessthanequals: ['date', 'less-than-equals'],
  dategreaterthan: ['date', 'greater-than'],
  dategreaterthanequals: ['date', 'greater-than-equals'],
  bool: ['boolean', 'equals'],
  binaryequals: ['binary', 'equals'],
  ipaddress: ['ip', 'equals'],
  notipaddress: ['ip', 'equals', 'not'],
  // ArnEquals and ArnLike behave alike: both take wildcards in each part of the ARN.
  arnequals: ['arn', 'like'],
  arnlike: ['arn', 'like'],
  arnnotequals: ['arn', 'like', 'not'],
  arnnotlike: ['arn', 'like', 'not'],
  null: ['null', 'equals'],
};

/** Undefined for an operator that IAM does not have. */
export function parseOperator(name: string): Operator | undefined {
  const match = /^(?:(ForAnyValue|ForAllValues):)?([a-z]+?)(IfExists)?$/i.exec(name);
  if (match === null) return undefined;
  const [, set, base = '', ifExists] = match;
  const key = base.toLowerCase();
  const meaning = Object.hasOwn(meanings, key) ? meanings[key] : undefined;
  if (meaning === undefined) return undefined;
  const [family, comparison, not] = meaning;
  // Null asks whether the key is there: "if it is there" and "for each of its values" make no sense with it.
  if (family === 'null' && (ifExists !== undefined || set !== undefined)) return undefined;
  return {
    name,
    family,
    comparison,
    isNegated: not === 'not',
    ifExists: ifExists !== undefined,
    set: setOf(set),
  };
}

function setOf(prefix: string | undefined): Operator['set'] {
  if (prefix === undefined) return undefined;
  return prefix.toLowerCase() === 'foranyvalue' ? 'any' : 'all';
}
