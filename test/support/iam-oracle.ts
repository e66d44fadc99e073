// A second reading of AWS's pages on how IAM documents are evaluated, for tests alone: one request after the other, by
// regular expressions, without anything of src/facts/iam.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html

/** One request, of which everything is known. */
export interface OracleRequest {
  /** `anonymous`, a service's name, or the ARN of an IAM user, role or root user. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Values by condition key; a key that is not there is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

type Json = Readonly<Record<string, unknown>>;
export type OracleAnswer = 'allowed' | 'denied' | 'not-allowed';

export function askOracle(document: { Version: string; Statement: readonly Json[] }, it: OracleRequest): OracleAnswer {
  const context = new Map(Object.entries(it.context).map(([key, values]) => [key.toLowerCase(), values]));
  const fill = document.Version === '2012-10-17' ? (text: string) => filled(text, context) : quoted;
  const effects = new Set(
    document.Statement.filter(
      (statement) =>
        principalMatches(statement, it.principal) &&
        elementMatches(statement, 'Action', it.action, (text) => text.replaceAll('$', '\\$'), 'is') &&
        elementMatches(statement, 'Resource', it.resource, fill, 's') &&
        conditionHolds((statement['Condition'] ?? {}) as Json, context, fill),
    ).map((statement) => statement['Effect']),
  );
  if (effects.has('Deny')) return 'denied';
  return effects.has('Allow') ? 'allowed' : 'not-allowed';
}

const listOf = (value: unknown): readonly string[] => [value].flat() as string[];
const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** Text of a document, with what stands for itself escaped by a backslash; undefined: a variable has no value. */
type Fill = (text: string) => string | undefined;
type Context = ReadonlyMap<string, readonly string[]>;

const escaped = (text: string): string => text.replaceAll(/[*?\\$]/g, '\\$&');
const quoted = (text: string): string => text.replaceAll('$', '\\$');

function filled(text: string, context: Context): string | undefined {
  let isWhole = true;
  const result = text.replaceAll(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (['*', '?', '$'].includes(inner)) return escaped(inner);
    const [, key = '', fallback] = /^([^,]+?)(?:, *'(.*)')?$/.exec(inner) ?? [];
    const value = context.get(key.toLowerCase())?.[0] ?? fallback;
    isWhole &&= value !== undefined;
    return escaped(value ?? '');
  });
  return isWhole ? result : undefined;
}

/** @param any what a wildcard stands for */
function toRegExp(text: string, flags: string, any = '.'): RegExp {
  const source = text.replaceAll(/\\(.)|([*?])|([^*?\\])/gs, (_, literal?: string, wildcard?: string, char?: string) =>
    wildcard === undefined
      ? `\\x{${(literal ?? char ?? '').codePointAt(0)?.toString(16)}}`.replaceAll(/\\x\{(.*?)\}/g, '\\u{$1}')
      : any + (wildcard === '*' ? '*' : ''),
  );
  return new RegExp(`^${source}$`, `${flags}u`);
}

function principalMatches(statement: Json, principal: string): boolean {
  const isNegated = 'NotPrincipal' in statement;
  const element = isNegated ? statement['NotPrincipal'] : statement['Principal'];
  const names = element === '*' ? ['*'] : Object.values(element as Json).flatMap(listOf);
  const isMine = (name: string): boolean =>
    principal.startsWith('arn:') && [accountOf(principal), `arn:aws:iam::${accountOf(principal)}:root`].includes(name);
  const isNamed = names.some((name) => name === '*' || name === principal || isMine(name));
  return isNamed !== isNegated;
}

function elementMatches(statement: Json, name: string, text: string, fill: Fill, flags: string): boolean {
  const isNegated = `Not${name}` in statement;
  const patterns = listOf(statement[isNegated ? `Not${name}` : name]);
  const matched = patterns.some((pattern) => {
    const whole = fill(pattern);
    return whole !== undefined && toRegExp(whole, flags).test(text);
  });
  return matched !== isNegated;
}

function conditionHolds(condition: Json, context: Context, fill: Fill): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys as Json).every(([key, wanted]) =>
      testHolds(operator, context.get(key.toLowerCase()) ?? [], listOf(wanted), fill),
    ),
  );
}

function testHolds(operator: string, actual: readonly string[], wanted: readonly string[], fill: Fill): boolean {
  // A value that is empty is none to Null.
  if (operator === 'Null') return wanted.includes(String(actual.every((it) => it === '')));
  const set = /^For(Any|All)Values?:/.exec(operator)?.[1];
  const ifExists = operator.endsWith('IfExists');
  const base = operator.replace(/^.*:/, '').replace(/IfExists$/, '');
  const isNegated = base.includes('Not');
  if (actual.length === 0) return set === undefined ? ifExists || isNegated : set === 'All';
  const holdsFor = (value: string): boolean =>
    wanted.some((it) => compare(base.replace('Not', ''), value, it, fill)) !== isNegated;
  return set === 'Any' ? actual.some(holdsFor) : actual.every(holdsFor);
}

function compare(operator: string, value: string, wanted: string, fill: Fill): boolean {
  const whole = fill(wanted);
  const plain = whole?.replaceAll(/\\(.)/gs, '$1');
  const order = (a: number, b: number): boolean =>
    ({ Equals: a === b, LessThan: a < b, LessThanEquals: a <= b, GreaterThan: a > b, GreaterThanEquals: a >= b })[
      operator.replace(/^(Numeric|Date)/, '')
    ] ?? false;
  switch (operator) {
    case 'StringEquals':
      return value === plain;
    case 'StringEqualsIgnoreCase':
      return value.toLowerCase() === plain?.toLowerCase();
    case 'StringLike':
      return whole !== undefined && toRegExp(whole, 's').test(value);
    case 'ArnEquals':
    case 'ArnLike': {
      if (whole === undefined) return false;
      // The sixth part is what is left.
      const partsOf = (arn: string): readonly string[] =>
        /^(.*?):(.*?):(.*?):(.*?):(.*?):(.*)$/s.exec(arn)?.slice(1) ?? [];
      const [patterns, parts] = [partsOf(whole), partsOf(value)];
      return parts.length === 6 && patterns.every((it, index) => toRegExp(it, 's').test(parts[index] ?? ''));
    }
    case 'Bool':
      return value.toLowerCase() === wanted.toLowerCase();
    case 'BinaryEquals':
      return Buffer.from(value, 'base64').equals(Buffer.from(wanted, 'base64'));
    case 'IpAddress':
      return inRange(value, wanted);
    default:
      return operator.startsWith('Date')
        ? order(new Date(value).getTime(), new Date(wanted).getTime())
        : order(Number(value), Number(wanted));
  }
}

/** Ranges of IPv4 alone, in which no other address is. */
function inRange(address: string, range: string): boolean {
  const bits = (text: string): string =>
    text
      .split('.')
      .map((it) => Number(it).toString(2).padStart(8, '0'))
      .join('');
  const [start = '', length = '32'] = range.split('/');
  return !address.includes(':') && bits(address).startsWith(bits(start).slice(0, Number(length)));
}
