import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { printError, run, type Terminal } from '../../src/cli/index.js';
import { visibleJson } from '../../src/text/printable.js';
import { groupsOf, hostileNames, leaksOf } from '../support/hostile-characters.js';
import { aFolder } from './run-cli.js';

/** What a command line prints, on both streams, as `main.ts` runs it. */
async function output(...args: string[]): Promise<{ readonly text: string; readonly status: number }> {
  let text = '';
  const write = (chunk: string | Uint8Array): boolean => (text += String(chunk)) !== '';
  // A stream of a terminal that is none: of it, only what is used.
  const stream = { write, isTTY: false, columns: 100 } as unknown as NodeJS.WriteStream;
  const terminal: Terminal = {
    stdout: stream,
    stderr: stream,
    environment: {},
    signal: new AbortController().signal,
  };
  try {
    return { status: await run(['node', 'trailproof', ...args], terminal), text };
  } catch (error) {
    const status = printError(error, (chunk) => (text += chunk), false);
    return { status, text };
  }
}

/** YAML takes JSON. The characters are escapes there, as not all of them may stand in a file. */
function asYaml(document: object): string {
  return visibleJson(JSON.stringify(document));
}

/** One policy for each group of texts, with a text in all that it says. */
function policiesOf(groups: readonly (readonly string[])[]): string {
  const folder = aFolder();
  for (const [index, texts] of groups.entries()) {
    const text = texts.join('');
    const own = join(folder, `own-${index}`);
    mkdirSync(own);
    const policy = {
      version: 1,
      id: `own-${index}`,
      title: text,
      severity: 'high',
      target: 'trail',
      description: text,
      rationale: text,
      remediation: { text, console: text, cli: text },
      params: { note: { type: 'string', default: text, description: text } },
      assert: [{ id: 'logging', expr: 'trail.isLogging && params.note != ""', message: text }],
    };
    const tests = {
      version: 1,
      fixtures: { one: { trail: { arn: 'arn:aws:cloudtrail:eu-central-1:1:trail/a', isLogging: true } } },
      tests: [
        { name: text, from: 'one', expect: 'COMPLIANT' },
        { name: `${text} fails`, from: 'one', set: { 'trail.isLogging': false }, expect: 'COMPLIANT' },
      ],
    };
    writeFileSync(join(own, 'policy.yaml'), asYaml(policy));
    writeFileSync(join(own, 'tests.yaml'), asYaml(tests));
  }
  return folder;
}

const groups = groupsOf(10);

describe('no text of a policy is obeyed in', () => {
  test.each([
    ['list', []],
    ['list', ['--source']],
    ['test', []],
    ['test', ['--verbose', '--strict', '--mutate']],
    ['test', ['--format', 'junit']],
    ['test', ['--format', 'tap']],
  ])('policies %s %j', async (command, flags) => {
    const { text } = await output('policies', command, '--policies', policiesOf(groups), ...flags);
    expect(text).toContain('own-0');
    expect(leaksOf(text)).toEqual([]);
  });

  test('policies show', async () => {
    const folder = policiesOf(groups);
    for (const index of groups.keys()) {
      const { text, status } = await output('policies', 'show', `own-${index}`, '--policies', folder);
      expect(status).toBe(0);
      expect(leaksOf(text)).toEqual([]);
    }
  });

  test('policies docs', async () => {
    const pages = aFolder();
    const { text } = await output('policies', 'docs', '--policies', policiesOf(groups), '--output', pages);
    expect(leaksOf(text)).toEqual([]);
    for (const name of readdirSync(pages).filter((it) => it.startsWith('own-') || it === 'README.md')) {
      const page = readFileSync(join(pages, name), 'utf8').replaceAll(/^(`{3,}).*\n[^]*?^\1$/gm, '');
      expect(leaksOf(page)).toEqual([]);
    }
  });

  test.each([[[]], [['--json']]])('explain %j', async (flags) => {
    const { text } = await output('explain', 'own-0', '--sample', '--policies', policiesOf(groups), ...flags);
    expect(text).toContain('own-0');
    expect(leaksOf(text)).toEqual([]);
  });

  test('scan', async () => {
    const folder = policiesOf(groups);
    const pack = join(aFolder(), 'pack.yaml');
    writeFileSync(
      pack,
      asYaml({ version: 1, id: 'mine', title: 'Mine', policies: [...groups.keys()].map((it) => `own-${it}`) }),
    );
    const reports = aFolder();
    const flags = ['--sample', '--verbose', '--policies', folder, '--pack', pack, '--output', reports];
    const { text, status } = await output('scan', ...flags);
    expect(status).toBe(3);
    expect(leaksOf(text)).toEqual([]);
    for (const name of readdirSync(reports)) {
      const report = readFileSync(join(reports, name), 'utf8').replaceAll(/^(`{3,}).*\n[^]*?^\1$/gm, '');
      expect(leaksOf(report)).toEqual([]);
    }
  });
});

test('policies lint shows what is wrong, and where, with nothing that is obeyed', async () => {
  const folder = aFolder();
  for (const [index, text] of hostileNames.entries()) {
    mkdirSync(join(folder, `raw-${index}`));
    // As it stands, where YAML takes it, and as a key, an id and an expression.
    const raw = `version: 1\nid: own-${index}\n"${text}": 1 # ${text}\nseverity: "${text}"\nassert: [{ id: a, expr: "${text}" }]\n`;
    writeFileSync(join(folder, `raw-${index}`, 'policy.yaml'), raw);
    mkdirSync(join(folder, `escaped-${index}`));
    const wrong = {
      version: 1,
      id: text,
      title: text,
      [text]: 1,
      target: text,
      assert: [{ id: text, expr: `trail == '${text}'`, message: `{${text}}` }],
    };
    writeFileSync(join(folder, `escaped-${index}`, 'policy.yaml'), asYaml(wrong));
  }
  const { text, status } = await output('policies', 'lint', '--policies', folder);
  expect(status).toBe(2);
  expect(text.split('\n').filter((line) => line.includes('error[')).length).toBeGreaterThan(2 * hostileNames.length);
  expect(leaksOf(text)).toEqual([]);
});

test('waivers and a configuration that are wrong are told of with nothing that is obeyed', async () => {
  const folder = aFolder();
  const [waivers, config] = [join(folder, 'waivers.yaml'), join(folder, 'trailproof.yaml')];
  const wrong = hostileNames.map((text) => ({
    id: text,
    policy: text,
    reason: text,
    owner: text,
    accounts: [text],
    [text]: text,
  }));
  writeFileSync(waivers, asYaml({ version: 1, waivers: wrong }));
  writeFileSync(config, asYaml(Object.fromEntries([['version', 1], ...hostileNames.map((text) => [text, text])])));
  for (const flags of [
    ['--waivers', waivers],
    ['--config', config],
  ]) {
    const { text, status } = await output('policies', 'lint', ...flags);
    expect(status).toBe(2);
    expect(leaksOf(text)).toEqual([]);
  }
  writeFileSync(
    config,
    asYaml({ version: 1, roleName: hostileNames.join(''), ous: hostileNames, output: hostileNames.join('') }),
  );
  const { text } = await output('scan', '--config', config, '--print-config');
  expect(text).toContain('roleName');
  expect(leaksOf(text)).toEqual([]);
});

/** An operating system passes no NUL. */
const argument = hostileNames.filter((it) => !it.includes('\0')).join('');

test.each([
  [['argument']],
  [['--argument']],
  [['scan', '--argument']],
  [['scan', 'argument']],
  [['scan', '--source', 'argument']],
  [['scan', '--fail-on', 'argument']],
  [['scan', '--format', 'argument']],
  [['scan', '--pack', 'argument']],
  [['scan', '--policies', 'argument']],
  [['scan', '--waivers', 'argument']],
  [['scan', '--previous', 'argument']],
  [['scan', '--config', 'argument']],
  [['scan', '--shard', 'argument']],
  [['scan', '--as-of', 'argument']],
  [['scan', '--concurrency', 'argument']],
  [['scan', '--account', 'argument']],
  [['scan', '--external-id', 'argument']],
  [['collect', '--source', 'argument']],
  [['policies', 'argument']],
  [['policies', 'show', 'argument']],
  [['policies', 'test', 'argument']],
  [['policies', 'lint', 'argument']],
  [['policies', 'fmt', 'argument']],
  [['policies', 'new', 'argument']],
  [['policies', 'new', 'x', '--target', 'argument']],
  [['policies', 'fields', 'argument']],
  [['policies', 'diff', 'argument', 'argument']],
  [['explain', 'argument', '--sample']],
  [['explain', 'trail-is-logging', '--sample', '--target', 'argument']],
  [['diff', 'argument', 'argument']],
  [['merge', 'argument']],
  [['history', '--from', 'argument', '--to', 'argument', '--source', 'argument']],
  [['permissions', '--format', 'argument']],
  [['permissions', '--external-id', 'argument']],
  [['permissions', '--role-name', 'argument']],
  [['permissions', '--caller-account', 'argument']],
])('an argument that is wrong is told with nothing that is obeyed: %j', async (args) => {
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { text, status } = await output(...args.map((it) => it.replace('argument', () => argument)));
  expect(status).toBe(2);
  expect(text.match(/^error: /gm)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(leaksOf(text)).toEqual([]);
});
