import { array, assert, constantFrom, property, string as anyString, oneof } from 'fast-check';
import { expect, test } from 'vitest';
import { loadActivity } from '../../test/support/activity-policies.js';
import { ViewList, type ViewObject } from '../expression/index.js';
import { visible } from '../text/printable.js';
import { activityQuery, queryEngines, type QueryEngine } from './index.js';

/** A policy that has a text of a parameter wherever a text may stand. */
const { all } = loadActivity({
  own: `params:
  text: { type: string, default: x }
  texts: { type: list, items: { type: string }, default: [x] }
activity:
  never:
    where: |
      event.eventName == params.text && event.eventSource in params.texts &&
      event.eventType.startsWith(params.text) && event.awsRegion.endsWith(params.text) &&
      event.?userAgent.orValue(params.text).contains(params.text) &&
      event.requestParameters.?name.orValue(params.text) != params.text &&
      arnLike(event.userIdentity.?arn.orValue(''), params.text) && !params.texts.exists(it, arnLike(event.principal, it))
message: m
`,
});
const policy = all[0];

function paramsOf(text: string, texts: readonly string[]): ViewObject {
  return {
    type: 'params',
    get: (name) => (name === 'text' ? text : new ViewList(texts)),
    evidence: () => [],
  };
}

function textOf(engine: QueryEngine, text: string, texts: readonly string[]): string | undefined {
  if (policy?.activity === undefined) throw new Error('the policy is broken');
  const { activity } = policy;
  const queried = { id: 'own', title: text, activity, params: paramsOf(text, texts), place: () => text };
  return activityQuery(queried, engine).text;
}

const nasty = constantFrom(
  ...'\'"\\/%_*?:{}[]()|&;#$`\n\r\t\u0000\u001B\u2028'.split(''),
  "''",
  '--',
  '/*',
  '*/',
  '${',
  '%{',
  'OR 1=1',
  'arn:aws:iam::1:role/',
  'x',
  '\uD800',
  '\u{1F480}',
  '\u00E9',
);
const texts = oneof(
  array(nasty, { maxLength: 12 }).map((it) => it.join('')),
  anyString({ unit: 'binary', maxLength: 8 }),
);

/** The text with each literal of the language taken out. */
const withoutLiterals: Readonly<Record<Exclude<QueryEngine, 'eventbridge'>, (text: string) => string>> = {
  athena: withoutSql,
  lake: withoutSql,
  duckdb: withoutSql,
  insights: (text) =>
    text
      .replaceAll(/^#.*\n/gm, '')
      .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, 'L')
      .replaceAll(/\/(?:[^/\\\n]|\\.)*\//g, 'L'),
  'filter-pattern': (text) => text.replaceAll(/"[^"\\]*"/g, 'L'),
};

function withoutSql(text: string): string {
  return text.replaceAll(/^--.*\n/gm, '').replaceAll(/'(?:[^']|'')*'/g, 'L');
}

/** Words that the language has by itself: what came out of a literal would be another one. */
const words =
  /^(?:[\sL(),<>=!.|&{}$+\-*/%:[\]?_]|\b(?:coalesce|true|false|NULL|AND|OR|NOT|IN|LIKE|ESCAPE|IS|CASE|WHEN|THEN|ELSE|END|SELECT|FROM|WHERE|ORDER|BY|AS|regexp_like|regexp_matches|regexp_replace|starts_with|substr|length|strpos|contains|suffix|json_extract_scalar|json_extract_string|json_extract|json_format|json_type|nullif|element_at|unnest|read_json|Records|max_depth|maximum_object_size|columns|record|path|fields|filter|sort|limit|asc|and|or|not|in|like|ispresent|EXISTS|cloudtrail_logs|EVENT_DATA_STORE_ID|identity|VARCHAR|OBJECT|timestamp|event(?:[nN]ame|[sS]ource|[tT]ype|[tT]ime|[iI][dD])|aws[rR]egion|user[aA]gent|user[iI]dentity|request[pP]arameters|recipient[aA]ccount[iI]d|source[iI][pP][aA]ddress|error[cC]ode|type|arn|name|omitted|principalid|username|invokedby|accountid|sessioncontext|sessionissuer|onbehalfof|userid)\b|"\$path"|@timestamp|\d+)*$/;

test.each(queryEngines.filter((it) => it !== 'eventbridge'))('no text breaks out of its place in %s', (engine) => {
  assert(
    property(texts, array(texts, { maxLength: 3 }), (text, list) => {
      const written = textOf(engine, text, list);
      if (written === undefined) return true;
      const lines = written.split('\n').map((it) => visible(it) === it);
      return lines.every(Boolean) && words.test(withoutLiterals[engine](written));
    }),
    { numRuns: 300 },
  );
});

test('no text breaks out of its place in an event pattern', () => {
  assert(
    property(texts, array(texts, { maxLength: 3 }), (text, list) => {
      const written = textOf('eventbridge', text, list);
      if (written === undefined) return true;
      const pattern = JSON.parse(written) as Readonly<Record<string, unknown>>;
      return Object.keys(pattern).every((it) => it === 'detail-type' || it === 'detail');
    }),
    { numRuns: 300 },
  );
});

test('a benign text is written as it is', () => {
  const said = queryEngines.map((it) => [it, textOf(it, 'benign', ['benign'])?.includes('benign')]);
  expect(said).toEqual(queryEngines.map((it) => [it, true]));
});
