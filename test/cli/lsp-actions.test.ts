import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { edited, Editor, type EditorEdit } from './editor.js';
import { aFolder, runCli } from './run-cli.js';

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edit: {
    readonly changes?: Readonly<Record<string, readonly EditorEdit[]>>;
    readonly documentChanges?: readonly [
      { readonly kind: 'create'; readonly uri: string },
      { readonly edits: readonly EditorEdit[] },
    ];
  };
}

const policyText = (expr: string): string => `# yaml-language-server: $schema=../schema/policy.v1.json
version: 1
id: my-policy
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: trail
assert:
  - id: first
    expr: ${expr}
    message: No.
`;

const makesFiles = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } };
const anywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

async function aSession(capabilities: object = {}) {
  const folder = join(aFolder(), 'my-policy');
  mkdirSync(folder);
  const file = join(folder, 'policy.yaml');
  const uri = pathToFileURL(file).href;
  const editor = Editor.start();
  await editor.initialize(capabilities);
  const actions = async (text: string, range = anywhere): Promise<readonly Action[]> => {
    editor.open(file, text);
    return (await editor.ask('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    })) as readonly Action[];
  };
  const applied = (text: string, { edit }: Action): string => edited(text, edit.changes?.[uri] ?? []);
  return { editor, folder, file, uri, actions, applied };
}

test('the name that is meant, and a guard in each kind of scalar, mend what they are for', async () => {
  const { actions, applied, file } = await aSession();
  const first = async (text: string, title: string): Promise<string> => {
    const found = (await actions(text)).find((it) => it.title === title);
    return found === undefined ? `no ${title}` : applied(text, found);
  };
  expect(await first(policyText('trail.isLoging'), 'Write isLogging')).toBe(policyText('trail.isLogging'));
  const absent = 'trail.kmsKeyId';
  const holds = `Guard: it holds where ${absent} is absent`;
  for (const [expr, mended] of [
    [`${absent} != ''`, `(!has(${absent}) || (${absent} != ''))`],
    [`"trail.isLogging && ${absent} != ''"`, `"trail.isLogging && (!has(${absent}) || (${absent} != ''))"`],
    [
      `|\n      trail.isLogging\n        && ${absent} != ''`,
      `|\n      trail.isLogging\n        && (!has(${absent}) || (${absent} != ''))`,
    ],
  ] as const) {
    expect(await first(policyText(expr), holds)).toBe(policyText(mended));
    expect(await first(policyText(mended), holds), 'nothing is left to mend').toBe(`no ${holds}`);
  }
  const fails = await first(policyText(`${absent} != ''`), `Guard: it fails where ${absent} is absent`);
  writeFileSync(file, fails);
  expect((await runCli(['policies', 'lint', file], { cwd: join(file, '..') })).stdout).toBe('1 file: 1 warning\n');
});

test('a fix is offered where its problem is, and for what the message names', async () => {
  const { actions } = await aSession();
  const line = (number: number) => ({ start: { line: number, character: 0 }, end: { line: number, character: 0 } });
  const text = policyText('trail.isLoging');
  expect((await actions(text, line(11))).map((it) => it.title)).toEqual(['Write isLogging']);
  expect(await actions(text, line(5))).toEqual([]);
  // This editor makes no files: tests are not offered.
  expect(await actions(policyText('trail.isLogging'))).toEqual([]);
  expect((await actions(text.replace('low', 'lowe'))).map((it) => it.title)).toContain('Write low');
});

test('missing tests are a new file beside the policy, which lints, where the editor makes files', async () => {
  const { actions, folder, file } = await aSession(makesFiles);
  const text = policyText('trail.isLogging');
  const add = (await actions(text)).find((it) => it.title === 'Add tests');
  const [create, change] = add?.edit.documentChanges ?? [];
  expect(create?.uri).toBe(pathToFileURL(join(folder, 'tests.yaml')).href);
  writeFileSync(file, text);
  writeFileSync(join(folder, 'tests.yaml'), edited('', change?.edits ?? []));
  expect(readFileSync(join(folder, 'tests.yaml'), 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/schema\/tests/,
  );
  const { stdout } = await runCli(['policies', 'lint', file, join(folder, 'tests.yaml')], { cwd: folder });
  expect(stdout).toContain('no problems found');
  expect((await actions(text)).map((it) => it.title)).toEqual([]);
});

test('formatting gives what `policies fmt` writes, and nothing for a file in style or half written', async () => {
  const { editor, file, uri } = await aSession();
  const format = async (text: string): Promise<readonly EditorEdit[]> => {
    editor.open(file, text);
    return (await editor.ask('textDocument/formatting', { textDocument: { uri }, options: {} })) as EditorEdit[];
  };
  const text = policyText('trail.isLogging');
  const formatted = edited(text, await format(text));
  writeFileSync(file, text);
  await runCli(['policies', 'fmt', file], { cwd: join(file, '..') });
  expect(formatted).toBe(readFileSync(file, 'utf8'));
  expect(formatted).not.toBe(text);
  expect(await format(formatted)).toEqual([]);
  expect(await format('version: [1\nid: {')).toEqual([]);
});
