import type { MathNode, MathOperator } from './parse-math.js';

/** What a time series has in one period. */
export interface Amount {
  readonly low: number;
  readonly high: number;
  /** Whether there is any. */
  readonly data: 'there' | 'maybe' | 'none';
}

export interface MathQueries {
  readonly metrics: ReadonlyMap<string, Amount>;
  readonly expressions: ReadonlyMap<string, MathNode>;
}

/** What a query gives in a period; undefined where that cannot be said. */
export function evaluateMath(id: string, { metrics, expressions }: MathQueries): Amount | undefined {
  const named = (of: string, within: readonly string[]): Amount | undefined => {
    const expression = expressions.get(of);
    if (expression === undefined || within.includes(of)) return metrics.get(of);
    return evaluate(expression, [...within, of]);
  };
  const evaluate = (node: MathNode, within: readonly string[]): Amount | undefined => {
    const inner = (it: MathNode | undefined): Amount | undefined =>
      it === undefined ? undefined : evaluate(it, within);
    switch (node.kind) {
      case 'number':
        return exactly(node.value);
      case 'id':
        return named(node.id, within);
      case 'list':
        return undefined;
      case 'binary': {
        const [left, right] = [inner(node.left), inner(node.right)];
        return left === undefined || right === undefined ? undefined : binary(node.operator, left, right);
      }
      case 'call':
        return call(node, inner, [...metrics.values()]);
    }
  };
  return named(id, []);
}

export function exactly(value: number): Amount {
  return { low: value, high: value, data: 'there' };
}

function call(
  { name, args }: Extract<MathNode, { kind: 'call' }>,
  inner: (node: MathNode | undefined) => Amount | undefined,
  metrics: readonly Amount[],
): Amount | undefined {
  const [first, second, third, ...more] = args;
  switch (name) {
    case 'SUM':
    case 'MAX': {
      const items = first?.kind === 'list' ? first.items.map(inner) : isMetrics(first) ? metrics : undefined;
      if (items === undefined || second !== undefined) return undefined;
      const known = items.filter((it) => it !== undefined);
      return known.length < items.length || known.length === 0 ? undefined : together(name, known);
    }
    case 'FILL':
      return third === undefined ? filled(inner(first), inner(second)) : undefined;
    case 'IF':
      return more.length === 0 ? chosen(inner(first), inner(second), inner(third)) : undefined;
    case 'METRICS':
      return undefined;
  }
}

type Maybe = Amount | undefined;

function filled(series: Maybe, filler: Maybe): Maybe {
  if (series === undefined || filler === undefined || series.data === 'there')
    return filler === undefined ? undefined : series;
  return series.data === 'none' ? filler : either(series, filler);
}

function chosen(condition: Maybe, yes: Maybe, no: Maybe): Maybe {
  if (condition === undefined || yes === undefined || no === undefined) return undefined;
  if (condition.low > 0) return { ...yes, data: dataOf([condition, yes]) };
  if (condition.high <= 0) return { ...no, data: dataOf([condition, no]) };
  return { ...either(yes, no), data: dataOf([condition, yes, no]) };
}

function isMetrics(node: MathNode | undefined): boolean {
  return node?.kind === 'call' && node.name === 'METRICS' && node.args.length === 0;
}

/** Of several series, those without data are left out. */
function together(name: 'SUM' | 'MAX', all: readonly Amount[]): Amount {
  const some = all.filter((it) => it.data !== 'none');
  if (some.length === 0) return { low: 0, high: 0, data: 'none' };
  const lows = some.map((it) => (it.data === 'maybe' ? Math.min(0, it.low) : it.low));
  const highs = some.map((it) => it.high);
  const sum = (of: readonly number[]): number => of.reduce((total, it) => total + it, 0);
  const data = some.some((it) => it.data === 'there') ? 'there' : 'maybe';
  return name === 'SUM'
    ? { low: sum(lows), high: sum(highs), data }
    : { low: Math.max(...lows), high: Math.max(...highs), data };
}

/** What needs each of these has no data where one has none. */
function dataOf(all: readonly Amount[]): Amount['data'] {
  if (all.some((it) => it.data === 'none')) return 'none';
  return all.some((it) => it.data === 'maybe') ? 'maybe' : 'there';
}

function either(one: Amount, other: Amount): Amount {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high), data: 'there' };
}

function binary(operator: MathOperator, left: Amount, right: Amount): Amount | undefined {
  const data = dataOf([left, right]);
  const truth = (isSure: boolean, isImpossible: boolean): Amount => ({
    low: isSure ? 1 : 0,
    high: isImpossible ? 0 : 1,
    data,
  });
  switch (operator) {
    case '+':
      return { low: left.low + right.low, high: left.high + right.high, data };
    case '-':
      return { low: left.low - right.high, high: left.high - right.low, data };
    case '*':
      if (left.low < 0 || right.low < 0 || !Number.isFinite(left.high + right.high)) return undefined;
      return { low: left.low * right.low, high: left.high * right.high, data };
    case '/':
      if (left.low < 0 || right.low <= 0 || !Number.isFinite(left.high + right.high)) return undefined;
      return { low: left.low / right.high, high: left.high / right.low, data };
    case '>':
      return truth(left.low > right.high, left.high <= right.low);
    case '>=':
      return truth(left.low >= right.high, left.high < right.low);
    case '<':
      return truth(left.high < right.low, left.low >= right.high);
    case '<=':
      return truth(left.high <= right.low, left.low > right.high);
    case '&&':
    case 'AND':
      return truth(left.low > 0 && right.low > 0, left.high <= 0 || right.high <= 0);
    case '||':
    case 'OR':
      return truth(left.low > 0 || right.low > 0, left.high <= 0 && right.high <= 0);
  }
}
