import { closest } from '../expression/index.js';

/** What other tools call a key. */
const otherNames: Readonly<Record<string, string>> = {
  expression: 'expr',
  condition: 'expr',
  check: 'expr',
  rule: 'expr',
  cel: 'expr',
  msg: 'message',
  assertions: 'assert',
  rules: 'assert',
  checks: 'assert',
  parameters: 'params',
  resource: 'target',
  name: 'id',
  fix: 'remediation',
};

/** The key that is missing, or allowed, and was meant by one that is not known. */
export function meantKey(key: string, known: Iterable<string>): string | undefined {
  const all = [...known];
  const other = otherNames[key.toLowerCase()];
  return other !== undefined && all.includes(other) ? other : closest(key, all);
}
