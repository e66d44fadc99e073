import type { Mention } from '../partial-event/index.js';
import type { Condition, FilterPattern, Step, TextValue } from './pattern.js';
import { examplesOf } from './wildcard.js';

/** The places that the pattern asks about, with the values on which its answer turns. */
export function mentionsOf(pattern: FilterPattern): readonly Mention[] {
  switch (pattern.kind) {
    case 'json':
      return ofCondition(pattern.condition);
    case 'terms':
      // A term is looked for in the whole text, so any field could hold it: one that callers fill as they like.
      return pattern.terms.map(({ value }) => ({ path: ['userAgent'], values: textsOf(value), isExhaustive: false }));
    case 'delimited':
      return [];
  }
}

function ofCondition(condition: Condition): readonly Mention[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(ofCondition);
    case 'compare':
      return mention(condition.at, textsOf(condition.value), isPlain(condition.value));
    case 'order': {
      const { number = 0 } = condition.value;
      return mention(condition.at, [number - 1, number, number + 1], true);
    }
    case 'is':
      return mention(condition.at, [condition.value, condition.value === null ? true : !condition.value], true);
    case 'not-exists':
      return mention(condition.at, [true], true);
  }
}

function mention(steps: readonly Step[], values: Mention['values'], isExhaustive: boolean): readonly Mention[] {
  const hasWildcard = steps.some((it) => it.kind === 'each');
  return [{ path: steps.map(keyOf), values, isExhaustive: isExhaustive && !hasWildcard }];
}

/** For a wildcard the first member is as good as any. */
function keyOf(step: Step): string | number {
  switch (step.kind) {
    case 'key':
      return step.key;
    case 'index':
      return step.index;
    case 'each':
      return 0;
  }
}

function textsOf(value: TextValue): readonly string[] {
  if (value.kind === 'literal') return examplesOf(value.text);
  // A text that an expression finds, where it is little more than a text itself.
  const guess = value.source
    .replaceAll(/[\^$]/g, '')
    .replaceAll(/\.[*+?]/g, 'x')
    .replaceAll(/\\(.)/g, '$1');
  return value.regex.test(guess) ? [guess] : [];
}

/** One text, or all of them. */
function isPlain(value: TextValue): boolean {
  return value.kind === 'literal' && (!value.text.includes('*') || /^\*+$/.test(value.text));
}
