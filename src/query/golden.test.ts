import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { constructs, policiesOf, type Construct } from '../../test/support/query/constructs.js';
import { activityQuery, queryEngines, type QueryEngine } from './index.js';

/** What stands around a condition is the same for each: it is shown once, by the first construct. */
function said({ name, activity, params }: Construct, engine: QueryEngine, isWhole: boolean): string {
  const policy = { id: 'policy', title: name, activity, params, place: () => 'policy.yaml:1' };
  const { text, isNever, leftOut } = activityQuery(policy, engine);
  if (text === undefined) return [isNever ? 'no event' : 'cannot say it', ...leftOut].join('\n');
  return isWhole ? text : conditionIn(text);
}

function conditionIn(text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((it) => /^(?:WHERE|\| filter) /.test(it));
  const to = lines.findIndex((it) => /^(?:ORDER BY|\| sort) /.test(it));
  const leftOut = lines.filter((it) => /^(?:--|#) policy\.yaml:1/.test(it));
  if (text.startsWith('{\n')) return JSON.stringify(JSON.parse(text));
  return from < 0 ? text.trimEnd() : [...lines.slice(from, to), ...leftOut].join('\n');
}

/** `UPDATE_GOLDEN=1 npx vitest run --project unit src/query` rewrites them; the change is reviewed in the diff. */
test.each(queryEngines)('each construct in the words of %s', (engine) => {
  const written = policiesOf(constructs).map(
    (construct, index) =>
      `== ${construct.name}\n${construct.where}\n--\n${said(construct, engine, index === 0).trimEnd()}\n`,
  );
  const file = `test/golden/query/${engine}.txt`;
  const actual = `Written by src/query/golden.test.ts (UPDATE_GOLDEN=1).\n\n${written.join('\n')}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
});
