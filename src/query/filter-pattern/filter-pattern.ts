import { CannotSay, type Condition } from '../condition.js';
import { each, type FieldTest, type Scalar, type Tests } from '../field-test.js';
import { portablePattern } from '../pattern.js';
import { fitted, type Fitted } from '../fitted.js';

/**
 * A pattern is at most 1,024 characters long.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
const mostCharacters = 1024;

/**
 * A condition as a filter pattern of CloudWatch Logs, for a log group that CloudTrail writes to.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function filterPattern(condition: Condition): Fitted {
  return fitted(condition, {
    say: (tests) => written(tests),
    text: (tests) => `{ ${written(tests)} }`,
    problem: (text) => {
      if (text.length > mostCharacters) return `a filter pattern has at most ${mostCharacters} characters`;
      if (count(text, '%') > 4) return 'a filter pattern has at most two regular expressions';
      return count(text, '[*]') > 3 ? 'a filter pattern has at most three wildcards in its places' : undefined;
    },
  });
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function written(tests: Tests, within: 'all' | 'any' = 'any'): string {
  switch (tests.kind) {
    case 'constant': {
      throw new CannotSay('it holds of all events, or of none');
    }
    case 'all':
    case 'any': {
      const text = tests.parts.map((it) => written(it, tests.kind)).join(tests.kind === 'all' ? ' && ' : ' || ');
      return tests.kind === 'any' && within === 'all' ? `(${text})` : text;
    }
    case 'test': {
      const parts = testText(tests.test);
      return parts.length > 1 && within === 'all' ? `(${parts.join(' || ')})` : parts.join(' || ');
    }
  }
}

/** Alternatives. */
function testText({ names, nothing, of }: FieldTest): readonly string[] {
  const at = place(names);
  const missing = nothing ? [`${at} NOT EXISTS`, `${at} IS NULL`] : [];
  switch (of.kind) {
    case 'anything': {
      return [`${at} = "*"`];
    }
    case 'never': {
      return [`${at} NOT EXISTS`, `${at} IS NULL`];
    }
    case 'in': {
      return [...textsOf(of.values).map((it) => `${at} = ${value(it)}`), ...boolsOf(of.values, at), ...missing];
    }
    case 'not-in': {
      const texts = textsOf(of.values);
      const all = texts.map((it) => `${at} != ${value(it)}`).join(' && ');
      const denied = of.values.filter((it) => typeof it === 'boolean');
      // What is true or false is no other text.
      const others = denied.length === 0 ? [] : [true, false].filter((it) => !denied.includes(it));
      return [texts.length > 1 ? `(${all})` : all, ...boolsOf(others, at), ...missing];
    }
    case 'bool': {
      const texts = spellings(of.value).map((it) => `${at} = "${it}"`);
      return [...boolsOf([of.value], at), ...texts, ...missing];
    }
    case 'like':
    case 'not-like': {
      return [`${at} ${of.kind === 'like' ? '=' : '!='} ${like(of.test, of.text)}`, ...missing];
    }
  }
}

/** A text matches the number that it says. */
function textsOf(values: readonly Scalar[]): readonly (string | number)[] {
  return values.filter(
    (it): it is string | number => typeof it === 'string' || (typeof it === 'number' && !values.includes(String(it))),
  );
}

function boolsOf(values: readonly Scalar[], at: string): readonly string[] {
  return values.flatMap((it) => (typeof it === 'boolean' ? [`${at} IS ${it ? 'TRUE' : 'FALSE'}`] : []));
}

/** CloudTrail writes some of them as texts, in either case. */
export function spellings(isTrue: boolean): readonly string[] {
  return isTrue ? ['true', 'True', 'TRUE'] : ['false', 'False', 'FALSE'];
}

function place(names: readonly string[]): string {
  if (names.filter((it) => it === each).length > 1) throw new CannotSay('a place has at most one wildcard');
  return names
    .map((name) => {
      if (name === each) return '[*]';
      if (/^[\w-]+$/.test(name)) return `.${name}`;
      if (/^[\w .:/@-]+$/.test(name)) return `.['${name}']`;
      throw new CannotSay('it reads a name with unusual characters');
    })
    .join('')
    .replace(/^/, '$');
}

function value(of: string | number): string {
  return typeof of === 'number' ? String(of) : `"${plain(of)}"`;
}

function plain(text: string): string {
  if (!/^[ !#$&-)+-[\]-~]*$/.test(text))
    throw new CannotSay('a filter pattern has no words for some of its characters');
  return text;
}

function like(test: 'starts' | 'ends' | 'contains' | 'matches', text: string): string {
  if (test !== 'matches') return `"${test === 'starts' ? '' : '*'}${plain(text)}${test === 'ends' ? '' : '*'}"`;
  const pattern = portablePattern(text)
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(String.raw`\z`, '$');
  if (!/^[\w\-:#=@/;,^$?[\]{}|*+.\\]+$/.test(pattern) || /\\[^\\^$.|?*+[\]{}\-tnrf]/.test(pattern)) {
    throw new CannotSay('a filter pattern takes no such regular expression');
  }
  return `%${pattern}%`;
}
