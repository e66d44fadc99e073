import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, runCli } from './run-cli.js';

const guide = readFileSync('docs/writing-policies.md', 'utf8');

test("the guide's policy lints, is formatted, and passes its tests", async () => {
  const cwd = aFolder();
  const blocks = [...guide.matchAll(/```yaml\n# (my-policies\/\S+)\n([\s\S]*?)```/g)];
  expect(blocks.map(([, file]) => file)).toEqual([
    'my-policies/log-group-keeps-a-year/policy.yaml',
    'my-policies/log-group-keeps-a-year/tests.yaml',
  ]);
  for (const [, file = '', text = ''] of blocks) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const own = ['--policies', 'my-policies'];
  expect(await runCli(['policies', 'lint', ...own], { cwd })).toMatchObject({ status: 0, stderr: '' });
  expect(await runCli(['policies', 'fmt', '--check', 'my-policies'], { cwd })).toMatchObject({
    status: 0,
    stdout: '2 files, 0 to change\n',
  });
  const tested = await runCli(['policies', 'test', ...own], { cwd });
  expect(tested).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('pass  log-group-keeps-a-year (6 tests)'),
  });
});

test('each expression of the table is one of the language', async () => {
  const cwd = aFolder();
  const expressions: readonly (readonly [string, string])[] = [
    ['kms-key', "key.keyState in ['Enabled', 'Updating']"],
    ['account', 'account.trails.exists(t, t.isLogging)'],
    ['trail', 'size(trail.missingDestinations) == 0'],
    ['trail', "has(trail.kmsKeyId) && trail.kmsKeyId.startsWith('arn:')"],
    ['trail', "trail.?kmsKeyId.orValue('none')"],
    ['account', "now - account.joinedTimestamp <= duration('24h')"],
  ];
  for (const [index, [target, expr]] of expressions.entries()) {
    expect(guide).toContain(`\`${expr}\``);
    const whole = expr.endsWith(".orValue('none')") ? `${expr} != 'none'` : expr;
    const text = `version: 1
id: p-${index}
title: x
severity: low
description: x
rationale: x
remediation: { text: x }
target: ${target}
assert:
  - id: x
    expr: |
      ${whole}
    message: x
`;
    writeFileSync(join(cwd, `p-${index}.yaml`), text);
  }
  const { status, stderr } = await runCli(['policies', 'lint', '--policies', '.'], { cwd });
  expect(stderr).not.toContain('error[');
  expect(status).toBe(0);
});
