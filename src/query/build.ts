import type { Condition } from './condition.js';

export const yes: Condition = { kind: 'constant', value: true };
export const no: Condition = { kind: 'constant', value: false };

/** All of them hold; what is certain is left out. */
export function all(...conditions: readonly Condition[]): Condition {
  return joined('all', conditions, no);
}

/** One of them holds. */
export function any(...conditions: readonly Condition[]): Condition {
  return joined('any', conditions, yes);
}

export function not(condition: Condition): Condition {
  if (condition.kind === 'constant') return condition.value ? no : yes;
  return condition.kind === 'not' ? condition.of : { kind: 'not', of: condition };
}

function joined(kind: 'all' | 'any', conditions: readonly Condition[], decides: Condition): Condition {
  const parts: Condition[] = [];
  for (const it of conditions) {
    if (it.kind === 'constant') {
      if (decides.kind === 'constant' && it.value === decides.value) return decides;
    } else if (it.kind === kind) parts.push(...it.parts);
    else if (!addedToLast(kind, parts, it)) parts.push(it);
  }
  const [only] = parts;
  if (only === undefined) return not(decides);
  return parts.length === 1 ? only : { kind, parts };
}

/** Patterns of ARNs that are asked of one and the same value are asked at once. */
function addedToLast(kind: 'all' | 'any', parts: Condition[], it: Condition): boolean {
  const last = parts.at(-1);
  if (kind !== 'any' || it.kind !== 'arn-like' || last?.kind !== 'arn-like' || last.value !== it.value) return false;
  parts[parts.length - 1] = { ...last, patterns: [...last.patterns, ...it.patterns] };
  return true;
}
