import { expect, test } from 'vitest';
import { annotationsOf } from '../../src/action/annotations.js';
import { withoutCommands } from '../../src/action/without-commands.js';
import { anEvaluation, aPolicy, aResults } from '../support/results-builders.js';
import { anAccount } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, prod } from '../support/worlds.js';
import { startFakeGitHub } from './fake-github.js';
import { environmentOf, runAction } from './run-action.js';
import { obeyedCommands } from './runner-commands.js';

const hostile = [
  '::set-output name=status::pass',
  '\n::add-mask::s3',
  '\r::error::gone',
  '##[add-mask]kms',
  '</details><img src=x onerror=alert(1)>',
  '| a](https://evil.example) @everyone `x` \u001b[2J \u202e',
].join(' ');

test('no name of an account commands the runner, or becomes markup of the summary', async () => {
  const more = { accounts: ['555566667777', '666677778888'].map((id) => anAccount({ id, name: hostile })) };
  const world = joined(
    anOrganizationWithATrail({
      devAccount: { name: hostile },
      prodAccount: { name: hostile, roles: [] },
      bucket: { versioning: null },
    }),
    anOwnTrail(dev, { LogFileValidationEnabled: false }),
    more,
  );
  const github = await startFakeGitHub({
    instead: [{ path: 'code-scanning', answer: { status: 403, body: JSON.stringify({ message: hostile }) } }],
  });
  const environment = { ...(await environmentOf(world)), ...github.environment };
  const inputs = { 'github-token': github.environment['INPUT_GITHUB-TOKEN'] ?? '', verbose: 'true' };
  const { log, outputs, summary } = await runAction(inputs, { environment });
  // The name is in the log, where it is obeyed by nobody.
  expect(log).toContain('set-output name=status');
  expect(log).not.toContain('\u001b[2J');
  const commands = obeyedCommands(log);
  expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['add-mask', 'warning', 'error']));
  expect(commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data)).toEqual([inputs['github-token']]);
  expect(outputs).toMatchObject({ status: 'incomplete', 'accounts-unreadable': '1' });
  expect(JSON.stringify(outputs)).not.toContain(prod);
  expect(summary).toContain('set-output name=status');
  expect(summary).not.toMatch(/<img|<\/details><img|\]\(https:\/\/evil|[^\\]`x`|@everyone|\u001b|\u202e|^::|##\[/m);
});

test('annotations hold no line break and nothing invisible', () => {
  const message = `${hostile} ${'long '.repeat(1_000)}`;
  const results = aResults({
    evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT', severity: 'critical', message })],
    policies: [aPolicy({ title: hostile })],
    accounts: { evaluated: 1, unreadable: [{ id: dev, name: hostile, reason: hostile }] },
  });
  const annotations = annotationsOf(results, { is: 'refused', reason: hostile, recovery: hostile });
  expect(annotations).toHaveLength(3);
  for (const it of annotations) {
    expect(`${it.title}${it.message}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(it.message.length).toBeLessThanOrEqual(2_000);
  }
});

test('commands work again after work that failed, though its last line has no end', async () => {
  let log = '::warning::before\n';
  const work = withoutCommands(
    (text) => (log += text),
    () => {
      log += '::add-mask::x';
      return Promise.reject(new Error('broken'));
    },
  );
  await expect(work).rejects.toThrow('broken');
  expect(obeyedCommands(`${log}::warning::after\n`).map(({ data }) => data)).toEqual(['before', 'after']);
});
