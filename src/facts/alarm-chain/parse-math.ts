/** An expression of metric math, as far as it is understood. */
export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'list'; readonly items: readonly MathNode[] }
  | { readonly kind: 'call'; readonly name: MathFunction; readonly args: readonly MathNode[] }
  | { readonly kind: 'binary'; readonly operator: MathOperator; readonly left: MathNode; readonly right: MathNode };

const functions = ['SUM', 'MAX', 'FILL', 'METRICS', 'IF'] as const;
export type MathFunction = (typeof functions)[number];

const precedence = {
  '||': 1,
  OR: 1,
  '&&': 2,
  AND: 2,
  '>': 3,
  '>=': 3,
  '<': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
};
export type MathOperator = keyof typeof precedence;

export type ParsedMath =
  | { readonly state: 'parsed'; readonly expression: MathNode }
  | { readonly state: 'unsupported'; readonly what: string };

const token = /\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9_]*|&&|\|\||[<>]=?|[-+*/()[\],]|\S)/g;
const maxLength = 2048;

/** Parses `SUM([m1, FILL(m2, 0)])` and the like; names what is not evaluated here. */
export function parseMath(text: string): ParsedMath {
  if (text.length > maxLength) return { state: 'unsupported', what: 'a long expression' };
  const tokens = [...text.matchAll(token)].map(([, it = '']) => it);
  let next = 0;
  let unsupported: string | undefined;
  const giveUp = (what: string): MathNode => {
    unsupported ??= what;
    next = tokens.length;
    return { kind: 'number', value: 0 };
  };
  const take = (expected: string): boolean => {
    if (tokens[next] !== expected) return false;
    next += 1;
    return true;
  };

  const parseBinary = (least: number): MathNode => {
    let left = parseOne();
    for (;;) {
      const operator = operatorOf(tokens[next]);
      if (operator === undefined || precedence[operator] < least) return left;
      next += 1;
      left = { kind: 'binary', operator, left, right: parseBinary(precedence[operator] + 1) };
    }
  };
  const parseItems = (closing: string): readonly MathNode[] => {
    if (take(closing)) return [];
    const items = [parseBinary(1)];
    while (take(',')) items.push(parseBinary(1));
    if (!take(closing)) giveUp(`no ${closing}`);
    return items;
  };
  const parseOne = (): MathNode => {
    const current = tokens[next] ?? '';
    next += 1;
    if (/^\d/.test(current)) return { kind: 'number', value: Number(current) };
    if (current === '(') {
      const [only, ...more] = parseItems(')');
      return only === undefined || more.length > 0 ? giveUp('a list in parentheses') : only;
    }
    if (current === '[') return { kind: 'list', items: parseItems(']') };
    if (!/^[A-Za-z]/.test(current)) return giveUp(current === '' ? 'no end' : `"${current}"`);
    if (!take('(')) return /^[a-z]/.test(current) ? { kind: 'id', id: current } : giveUp(current);
    const name = functions.find((it) => it === current);
    return name === undefined ? giveUp(`the function ${current}`) : { kind: 'call', name, args: parseItems(')') };
  };

  const expression = parseBinary(1);
  if (unsupported === undefined && next < tokens.length) unsupported = `"${tokens[next] ?? ''}"`;
  return unsupported === undefined ? { state: 'parsed', expression } : { state: 'unsupported', what: unsupported };
}

function operatorOf(text: string | undefined): MathOperator | undefined {
  // The keys of the table are its operators.
  return text !== undefined && Object.hasOwn(precedence, text) ? (text as MathOperator) : undefined;
}
