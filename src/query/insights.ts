import { visible } from '../text/printable.js';
import { CannotSay, type Condition } from './condition.js';
import { each, jsonFields, mayBeOfNumber, type FieldTest, type Scalar, type Tests } from './field-test.js';
import { spellings } from './filter-pattern/filter-pattern.js';
import { portablePattern } from './pattern.js';
import { weakenedTests } from './tests-vocabulary.js';
import type { LeftOut } from './weaken.js';

/** What stands behind `filter`. */
export interface InsightsFilter {
  /** Undefined: nothing of the condition can be said, or no event meets it. */
  readonly text: string | undefined;
  readonly isNever: boolean;
  readonly leftOut: readonly LeftOut[];
}

/**
 * A condition as a filter of CloudWatch Logs Insights, over a log group that CloudTrail writes to.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
export function insightsFilter(condition: Condition): InsightsFilter {
  const { tests, leftOut } = weakenedTests(condition, (it) => written(it, ''));
  if (tests.kind === 'constant') return { text: undefined, isNever: !tests.value, leftOut };
  const text = written(tests, '  ');
  const omitted = [...jsonIn(tests)].map((it) => `ispresent(${it}.omitted)`);
  return {
    text: omitted.length === 0 ? text : `(${text})\n  or ${omitted.join(' or ')}`,
    isNever: false,
    leftOut,
  };
}

/** The fields of the record of which CloudTrail may have left out what is asked. */
function jsonIn(tests: Tests): ReadonlySet<string> {
  if (tests.kind === 'constant') return new Set();
  if (tests.kind === 'test') return new Set(tests.test.names.slice(0, 1).filter((it) => jsonFields.has(it)));
  return new Set(tests.parts.flatMap((it) => [...jsonIn(it)]));
}

function written(tests: Tests, indent: string): string {
  switch (tests.kind) {
    case 'constant': {
      throw new CannotSay('it holds of all events, or of none');
    }
    case 'all':
    case 'any': {
      return tests.parts
        .map((it) => (it.kind === 'test' ? written(it, indent) : `(${written(it, `${indent}  `)})`))
        .join(`\n${indent}${tests.kind === 'all' ? 'and' : 'or'} `);
    }
    case 'test': {
      return testText(tests.test);
    }
  }
}

function testText(test: FieldTest): string {
  const { names, nothing, of } = test;
  const field = fieldOf(names);
  const there = `ispresent(${field})`;
  const isMissing = `not ispresent(${field})`;
  const also = (condition: string): string => (nothing ? `(${isMissing} or ${condition})` : condition);
  const denied = (condition: string): string => `(${there} and ${condition})`;
  switch (of.kind) {
    case 'anything': {
      return there;
    }
    case 'never': {
      return isMissing;
    }
    case 'in': {
      return also(`${field} ${among(of.values, '=', 'in')}`);
    }
    case 'not-in': {
      // A number may stand where 1 is true: it is not denied.
      const values = of.values.filter((it) => typeof it !== 'boolean');
      const condition = `${field} ${among(values, '!=', 'not in')}`;
      return nothing ? also(condition) : denied(condition);
    }
    case 'bool': {
      return also(`${field} in [${[of.value ? '1' : '0', ...spellings(of.value).map(value)].join(', ')}]`);
    }
    case 'like': {
      refuseNumbers(test, of.text);
      return also(`${field} like ${like(of.test, of.text)}`);
    }
    case 'not-like': {
      refuseNumbers(test, of.text);
      const condition = `${field} not like ${like(of.test, of.text)}`;
      return nothing ? also(condition) : denied(condition);
    }
  }
}

function refuseNumbers(test: FieldTest, part: string): void {
  if (mayBeOfNumber(test, part)) throw new CannotSay('it asks parts of what may be a number');
}

function fieldOf(names: readonly string[]): string {
  if (names.includes(each)) throw new CannotSay('Logs Insights has a field for each member of a list');
  if (names.length > 2 && names[0] !== 'userIdentity') throw new CannotSay('Logs Insights has no fields below a list');
  if (!names.every((it) => /^[\w:/@-]+$/.test(it))) throw new CannotSay('it reads a name with unusual characters');
  const path = names.join('.');
  return /^[\w.]+$/.test(path) ? path : `\`${path}\``;
}

function among(values: readonly Scalar[], one: string, several: string): string {
  const texts = values.map(value);
  return texts.length === 1 ? `${one} ${texts.join('')}` : `${several} [${texts.join(', ')}]`;
}

function value(of: Scalar): string {
  if (typeof of === 'boolean') return of ? '1' : '0';
  if (typeof of === 'number') return String(of);
  if (!/^[ !#-[\]-~]*$/.test(of)) throw new CannotSay('Logs Insights has no words for some of its characters');
  return `"${of}"`;
}

function like(test: 'starts' | 'ends' | 'contains' | 'matches', text: string): string {
  const pattern = test === 'matches' ? portablePattern(text) : quotedPattern(text);
  const begin = test === 'starts' ? String.raw`\A` : '';
  const end = test === 'ends' ? String.raw`\z` : '';
  if (visible(pattern) !== pattern) throw new CannotSay('it asks for a character that cannot be seen');
  return `/${begin}${pattern.replaceAll('/', String.raw`\/`)}${end}/`;
}

function quotedPattern(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new CannotSay('Logs Insights has no words for some of its characters');
  return text.replaceAll(/[\\^$.|?*+()[\]{}-]/g, (it) => `\\${it}`);
}
