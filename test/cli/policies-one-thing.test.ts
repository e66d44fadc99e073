import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFolder, runCli, type Ran } from './run-cli.js';

const shipped = (id: string, file: string): string => readFileSync(resolve('policies', id, file), 'utf8');

/** A policy of one's own, made of a shipped one. */
const mine = (id = 'mine'): string =>
  shipped('trail-validates-log-files', 'policy.yaml').replace('id: trail-validates-log-files', `id: ${id}`);
const misspelt = (id: string): string => mine(id).replaceAll('.logFileValidationEnabled', '.logFileValidation');
const tests = shipped('trail-validates-log-files', 'tests.yaml');
const pack = (policy: string): string => `version: 1\nid: house\ntitle: House\npolicies: [${policy}]\n`;

const files: Readonly<Record<string, string>> = {
  'own/mine/policy.yaml': mine(),
  'own/mine/tests.yaml': tests,
  'own/wrong/policy.yaml': misspelt('wrong'),
  'own/wrong/tests.yaml': tests,
  'own/packs/house.yaml': pack('mine'),
  'own/packs/broken.yaml': pack('nothing').replaceAll('house', 'broken'),
  'right/loner/policy.yaml': mine('loner'),
  'right/loner/tests.yaml': tests,
  'loose.yaml': mine('loose'),
  'loose.tests.yaml': tests.replace('expect: COMPLIANT', 'expect: COMPLAINT'),
  'house.yaml': pack('trail-is-logging'),
  'waivers.yaml': 'version: 1\nwaivers:\n  - id: W-1\n    policy: trail-is-loging\n',
  'notes.txt': 'nothing',
  'empty/.keep': '',
};

function inFolder(...args: readonly string[]): Promise<Ran> {
  const cwd = aFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return runCli(['policies', ...args], { cwd });
}

describe('policies lint PATH', () => {
  test.each([
    ['a policy by its folder', ['own/mine'], '2 files: no problems found\n'],
    ['a policy by its file', ['own/mine/policy.yaml'], '1 file: no problems found\n'],
    ['tests by their file', ['own/mine/tests.yaml'], '1 file: no problems found\n'],
    ['a pack beside its policies', ['own/packs/house.yaml'], '1 file: no problems found\n'],
    ['a pack in a file of its own', ['house.yaml'], '1 file: no problems found\n'],
    ['several', ['own/mine', 'house.yaml'], '3 files: no problems found\n'],
    ['one of a folder that is read anyhow', ['own/mine', '--policies', 'own'], '2 files: no problems found\n'],
    ['a shipped one', [resolve('policies/trail-is-logging')], '2 files: no problems found\n'],
  ])('checks %s', async (_, args, stdout) => {
    expect(await inFolder('lint', ...args)).toMatchObject({ status: 0, stdout });
  });

  test.each([
    ['a policy', ['own/wrong'], /^own\/wrong\/policy\.yaml:\d+:\d+: error\[unknown-field\]/],
    ['packs by their folder', ['own/packs'], /^own\/packs\/broken\.yaml:4:12: error\[unknown-policy\]/],
    ['tests by their file', ['loose.tests.yaml'], /^loose\.tests\.yaml:\d+:\d+: error/],
    ['a policy and its tests', ['loose.yaml', 'loose.tests.yaml'], /^loose\.tests\.yaml:\d+:\d+: error/],
    ['waivers', ['waivers.yaml'], /^waivers\.yaml:3:5: error\[missing-key\]/],
  ])('tells what is wrong with %s, and nothing of other files', async (_, args, first) => {
    const { status, stdout, stderr } = await inFolder('lint', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(first);
    const places = [...stderr.matchAll(/^([^\s:]+\.yaml):\d+/gm)].map(([, file]) => file);
    for (const file of places) expect(args.some((arg) => file?.startsWith(arg))).toBe(true);
  });

  test('says that other files have errors, too', async () => {
    const { status, stderr } = await inFolder('lint', 'own/mine', '--policies', 'own');
    expect(stderr).toBe('There are errors in other files, too: trailproof policies lint\n');
    expect(status).toBe(0);
  });

  test.each([
    ['no/such', 'There is no file or folder no/such.'],
    ['notes.txt', 'notes.txt is not a YAML file.'],
    ['trailproof.yaml', 'There is no file or folder trailproof.yaml.'],
    ['empty', 'There are no policies, tests, packs or waivers in these files and folders.'],
  ])('%s is refused', async (path, message) => {
    const { status, stderr } = await inFolder('lint', path);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe('policies test ID', () => {
  test('runs the tests of the policies that are named', async () => {
    const { status, stdout } = await inFolder('test', 'trail-is-logging', 'kms-key-rotates');
    expect(status).toBe(0);
    expect([...stdout.matchAll(/^pass {2}(\S+)/gm)].map(([, id]) => id)).toEqual([
      'kms-key-rotates',
      'trail-is-logging',
    ]);
  });

  test.each([
    ['a folder of a policy', ['own/mine'], ['mine']],
    ['a folder of policies', ['right'], ['loner']],
    ['a policy by its file', ['right/loner/policy.yaml'], ['loner']],
    ['tests by their file', ['own/mine/tests.yaml'], ['mine']],
    ['a path and an id', ['right/loner', 'trail-is-logging'], ['loner', 'trail-is-logging']],
    ['one of a folder that is read anyhow', ['right/loner', '--policies', 'right'], ['loner']],
  ])('runs the tests of %s', async (_, args, ids) => {
    const { status, stdout } = await inFolder('test', ...args);
    expect([...stdout.matchAll(/^pass {2}(\S+)/gm)].map(([, id]) => id)).toEqual(ids);
    expect(status).toBe(0);
  });

  test('finds those of one’s own', async () => {
    const { status, stdout } = await inFolder('test', 'loner', '--policies', 'right');
    expect(stdout).toMatch(/^pass  loner \(\d+ tests\)$/m);
    expect(status).toBe(0);
  });

  test.each([
    [
      'an id that is misspelt',
      ['trail-is-loging'],
      "There is no policy 'trail-is-loging'.",
      "did you mean 'trail-is-logging'?",
    ],
    [
      'one that --pack leaves out',
      ['account-has-multi-region-trail', '--pack', 'baseline'],
      'is in none of the packs',
      'Leave out --pack.',
    ],
    ['a path that is not there', ['nowhere/at-all'], 'There is no file or folder nowhere/at-all.', ''],
    ['a file without a policy', ['house.yaml'], 'There is no policy in house.yaml.', 'with a policy.yaml'],
  ])('%s is an error that says what to write', async (_, args, message, help) => {
    const { status, stdout, stderr } = await inFolder('test', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
  });
});

test('the help names every subcommand', async () => {
  const { stdout } = await inFolder('--help');
  const described = /^(.*):/m.exec(stdout.split('\n').find((line) => line.startsWith('list, ')) ?? '')?.[1] ?? '';
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name]) => name).filter((it) => it !== 'help');
  expect(commands).toHaveLength(10);
  expect(described.split(', ')).toEqual(commands);
});
