import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { optionRows } from '../src/cli/options/index.js';
import { formatNames } from '../src/report/index.js';
import { aFolder, runCli } from './cli/run-cli.js';

const generated = 'docs/policies/';
const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const written = pages.filter(({ file }) => !file.startsWith(generated));

const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading));

test.each(pages)('the links of $file lead somewhere', ({ file, text }) => {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('the pack that has all policies on CloudTrail has them', async () => {
  const idsOf = async (pack: string): Promise<readonly string[]> => {
    const { stdout } = await runCli(['policies', 'list', '--json', '--pack', pack], { cwd: aFolder() });
    return (JSON.parse(stdout) as { readonly policies: readonly { readonly id: string }[] }).policies.map(
      ({ id }) => id,
    );
  };
  const all = await idsOf('regulated');
  for (const pack of ['baseline', 'core', 'protection', 'alarms']) {
    const missing = (await idsOf(pack)).filter((id) => !all.includes(id));
    expect(missing, `policies/packs/regulated.yaml lacks policies of ${pack}`).toEqual([]);
  }
});

test('every page is linked from another one', () => {
  const linked = new Set(
    pages.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^)\s#]+)/g)].map(([, target = '']) => join(dirname(file), target)),
    ),
  );
  const entrances = new Set(['README.md']);
  expect(pages.map(({ file }) => file).filter((file) => !linked.has(file) && !entrances.has(file))).toEqual([]);
});

test('the architecture page has a row for each room', () => {
  const rooms = readdirSync('src', { withFileTypes: true }).filter((it) => it.isDirectory() && it.name !== 'sample');
  const page = readFileSync('docs/architecture.md', 'utf8');
  expect(rooms.map(({ name }) => `src/${name}`).filter((room) => !page.includes(`| \`${room}\``))).toEqual([]);
});

/** Names in capitals stand for any name: what is above them must exist. */
function firmPart(path: string): string {
  const parts = path.split('/');
  const open = parts.findIndex((part) => /^[A-Z]{2,}(?:$|\.)/.test(part));
  return open < 0 ? path : parts.slice(0, open).join('/');
}

test.each(written)('the files that $file names exist', ({ text }) => {
  const named = [...text.matchAll(/`((?:src|test|scripts|schema|policies|docs|bench|dist\/action)\/[\w./-]+)`/g)];
  const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(firmPart(path)));
  expect(missing).toEqual([]);
});

test.each(written)('the npm scripts that $file names exist', ({ text }) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: object };
  const named = [...text.matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

/** Words that are not the field's own, or riddles; what to write instead. */
const riddles: readonly (readonly [RegExp, string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix, correct, remove'],
  [/\b(?:is|are) none (?:that|of)\b/i, 'is not a valid …'],
  [/\bget(?:s|ting)? at\b/i, 'read'],
  [/\btake(?:s|n)? out (?:its|their)\b/i, 'remove'],
  [/\bstands? (?:beside|behind|in it)\b/i, 'is next to, follows'],
  [/\bnothing to complain about\b/i, 'no problems found'],
  [/\bwho says so\b/i, 'where the value comes from'],
];

test.each(written)('$file is in plain English', ({ text }) => {
  const prose = withoutCode(text);
  const found = riddles.flatMap(([words, instead]) => {
    const said = words.exec(prose)?.[0];
    return said === undefined ? [] : [`'${said}': write ${instead}`];
  });
  expect(found).toEqual([]);
});

interface Use {
  readonly file: string;
  readonly command: string;
  readonly flags: readonly string[];
}

const groups = new Set(['policies']);
/** A command of a command that works by itself, too. */
const isOwn = (name: string, second: string): boolean => name === 'activity' && ['who', 'query'].includes(second);

/** The commands that a page shows, with their flags; a line that ends in a backslash goes on. */
function usesIn({ file, text }: { readonly file: string; readonly text: string }): readonly Use[] {
  const blocks = [...text.matchAll(/```(?:sh|yaml|json|text)\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
  return lines.flatMap((line) => {
    const said = /(?:^|\s|"|&& )trailproof (?:-- )?([a-z].*)/.exec(line.replace(/(^|\s)#.*$/, ''))?.[1];
    if (said === undefined) return [];
    const [name = '', second = ''] = said.split(/\s+/);
    const command = groups.has(name) || isOwn(name, second) ? `${name} ${second}` : name;
    const own = said.replace(/ (?:&&|>|\|) .*$/, '');
    return [{ file, command, flags: [...own.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([flag]) => flag) }];
  });
}

describe('the commands that pages show', () => {
  const uses = written.flatMap(usesIn);
  const commands = [...new Set(uses.map(({ command }) => command))].toSorted();

  test('are many', () => {
    expect(commands).toEqual(expect.arrayContaining(['scan', 'doctor', 'policies lint', 'policies test', 'merge']));
  });

  test.each(commands)('trailproof %s has the flags that they use', async (command) => {
    const { status, stdout } = await runCli([...command.split(' '), '--help'], { cwd: aFolder() });
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: trailproof ${command} `);
    const known = new Set([...stdout.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag));
    const wrong = uses.filter((it) => it.command === command && it.flags.some((flag) => !known.has(flag)));
    expect(wrong).toEqual([]);
  });
});

interface IssueForm {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { readonly type: string; readonly id?: string }[];
}

test.each(written)('what $file shows as JSON or YAML is', ({ text }) => {
  const blocks = [...text.matchAll(/^```(json|yaml)\n([\s\S]*?)^```/gm)];
  const errors = blocks.flatMap(([, language, block = '']): readonly unknown[] => {
    if (language === 'yaml') return parseAllDocuments(block).flatMap((it) => it.errors);
    // Throws where it is none.
    JSON.parse(block);
    return [];
  });
  expect(errors).toEqual([]);
});

test('each issue form asks something, and each thing once', () => {
  const folder = '.github/ISSUE_TEMPLATE';
  const forms = readdirSync(folder).filter((name) => name !== 'config.yml');
  expect(forms.length).toBeGreaterThan(2);
  for (const name of forms) {
    const form = parse(readFileSync(join(folder, name), 'utf8')) as IssueForm; // GitHub's syntax for issue forms
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('the help of --format, and its input of the action, name every format', () => {
  const row = optionRows.find(({ name }) => name === 'format');
  for (const name of formatNames) {
    expect(row?.help).toContain(name);
    expect(row?.input?.description).toContain(name);
  }
});

test.each<readonly [string, string, readonly string[]]>([
  ['docs/reports.md', 'format', formatNames],
  ['docs/command-line.md', 'command', readdirSync('src/cli/commands')],
])('%s has a row for each %s', (file, _, names) => {
  const rows = readFileSync(file, 'utf8').matchAll(/^\| (`[^|]*)\|/gm);
  const inRows = new Set([...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, it]) => it)));
  expect(names.filter((name) => !inRows.has(name))).toEqual([]);
});
