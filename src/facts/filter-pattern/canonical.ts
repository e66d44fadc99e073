import type { Condition, FilterPattern, Step, TextValue } from './pattern.js';

/**
 * The same text for patterns that differ only in white space, in quotes and parentheses that change nothing, and in the
 * order of what && or || join. Patterns that mean the same in other words keep different texts. Undefined for patterns
 * that are not on JSON.
 */
export function canonicalText(pattern: FilterPattern): string | undefined {
  return pattern.kind === 'json' ? `{ ${textOf(pattern.condition)} }` : undefined;
}

function textOf(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = flattened(condition, condition.kind).map((it) =>
        it.kind === 'and' || it.kind === 'or' ? `(${textOf(it)})` : textOf(it),
      );
      return parts.toSorted().join(condition.kind === 'and' ? ' && ' : ' || ');
    }
    case 'compare':
    case 'order':
      return `${selectorText(condition.at)} ${condition.operator} ${valueText(condition.value)}`;
    case 'is':
      return `${selectorText(condition.at)} IS ${String(condition.value).toUpperCase()}`;
    case 'not-exists':
      return `${selectorText(condition.at)} NOT EXISTS`;
  }
}

/** `a || (b || c)` is one list of three. */
function flattened(condition: Condition, kind: 'and' | 'or'): readonly Condition[] {
  return condition.kind === kind ? condition.parts.flatMap((it) => flattened(it, kind)) : [condition];
}

function selectorText(steps: readonly Step[]): string {
  return `$${steps.map((step) => `[${step.kind === 'key' ? JSON.stringify(step.key) : step.kind === 'each' ? '*' : step.index}]`).join('')}`;
}

function valueText(value: TextValue): string {
  return value.kind === 'regex' ? `%${value.source}%` : JSON.stringify(value.text);
}
