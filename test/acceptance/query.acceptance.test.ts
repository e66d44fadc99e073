import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { matchesEventText, parseEventPattern } from '../../src/facts/event-pattern/index.js';
import { aFolder } from '../cli/run-cli.js';
import { answersOf, missingToAsk, type Pair } from '../support/event-ruler/ask.js';
import { allAsked, packAsked, queryOf } from '../support/query/asked.js';
import { plantedEvents } from '../support/query/planted.js';
import { prepareMoto } from './moto-environment.js';
import { parseHcl, resourceTypes } from './parse-hcl.js';

const prepared = await prepareMoto();
const missing = 'missing' in prepared ? prepared.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
const python = 'missing' in prepared ? '' : prepared.python;

/** Writes what is wrong with each statement, and which columns each reads. */
const parser = `
import json, sys, sqlglot
from sqlglot import exp
found = []
for it in json.load(open(sys.argv[1], encoding='utf-8')):
    try:
        statements = sqlglot.parse(it['sql'], read=it['dialect'])
        found.append(f'{len(statements)} {type(statements[0]).__name__}')
    except sqlglot.errors.SqlglotError as error:
        found.append(str(error))
json.dump(found, sys.stdout)
`;

test('a parser of SQL takes each statement for one query of its dialect', ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const dialects = { athena: 'athena', lake: 'trino', duckdb: 'duckdb' } as const;
  const statements = (['athena', 'lake', 'duckdb'] as const).flatMap((engine) =>
    allAsked.flatMap((it) => {
      const { text } = queryOf(it, engine);
      return text === undefined ? [] : [{ policy: it.name, engine, dialect: dialects[engine], sql: text }];
    }),
  );
  const broken = { policy: 'broken', engine: 'athena', dialect: 'athena', sql: 'SELECT (a FROM b' };
  const file = join(aFolder(), 'statements.json');
  writeFileSync(file, JSON.stringify([...statements, broken]));
  const { stdout, stderr } = spawnSync(python, ['-c', parser, file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as readonly string[];
  expect(found.at(-1)).toContain('Expecting )');
  const wrong = statements.flatMap((it, index) => (found[index] === '1 Select' ? [] : [{ ...it, said: found[index] }]));
  expect(wrong).toEqual([]);
});

test('templates are read by cfn-lint and by a parser of HCL', async ({ skip }) => {
  if (missing !== undefined) return skip(missing);
  const folder = aFolder();
  const some = packAsked.filter((_, index) => index % 6 === 0);
  const files = (['eventbridge', 'filter-pattern'] as const).flatMap((engine) =>
    some.map((it) => {
      const name = `${engine}-${it.name}`;
      writeFileSync(join(folder, `${name}.yaml`), queryOf(it, engine, 'cloudformation').text ?? '');
      writeFileSync(join(folder, `${name}.tf`), queryOf(it, engine, 'terraform').text ?? '');
      return name;
    }),
  );
  const cfnLint = ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())', '--format', 'json', '--'];
  const linted = spawnSync(python, [...cfnLint, ...files.map((it) => `${it}.yaml`)], { cwd: folder, encoding: 'utf8' });
  expect([linted.stdout.trim(), linted.stderr]).toEqual(['[]', '']);
  const parsed = await parseHcl(
    python,
    files.map((it) => join(folder, `${it}.tf`)),
  );
  expect(new Set(parsed.flatMap(resourceTypes))).toEqual(
    new Set(['aws_cloudwatch_event_rule', 'aws_cloudwatch_event_target', 'aws_cloudwatch_log_metric_filter']),
  );
});

test("Amazon's own matcher takes each event pattern, and gives the events that ours gives", ({ skip }) => {
  const unasked = missingToAsk();
  if (unasked !== undefined) return skip(unasked);
  const some = plantedEvents.filter((_, index) => index % 2 === 0);
  const pairs = allAsked.flatMap((it): readonly Pair[] => {
    const { text } = queryOf(it, 'eventbridge');
    const event = (detail: object): string =>
      JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', detail });
    return text === undefined ? [] : some.map((detail) => [text, event(detail)]);
  });
  const answers = answersOf(pairs);
  const differing = pairs.filter(([pattern, event], index) => {
    const result = parseEventPattern(pattern);
    const isMatch = result.state !== 'invalid' && matchesEventText(result.pattern, event) === true;
    return answers[index] !== (isMatch ? 'match' : 'no');
  });
  expect(answers.filter((it) => it === 'match').length).toBeGreaterThan(100);
  expect(differing.slice(0, 3)).toEqual([]);
});
