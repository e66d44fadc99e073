import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Editor, type EditorDiagnostic } from './editor.js';
import { aFolder, runCli } from './run-cli.js';

const head = `version: 1
id: my-policy
title: T
severity: low
description: D
rationale: R
remediation: { text: T }
target: trail
params:
  minDays: { type: integer, default: 30, description: How long. }
`;

const aPolicy = (expr: string, message = 'no ${params.minDays}'): string =>
  `${head}assert:\n  - id: x\n    expr: |\n      ${expr}\n    message: "${message}"\n`;

const tests = `version: 1
fixtures:
  good:
    now: "2026-11-21T00:00:00Z"
    trail: { isLogging: true }
tests:
  - { name: logs, from: good, expect: COMPLIANT }
`;

async function anEditor(): Promise<{ editor: Editor; folder: string; policy: string }> {
  const folder = join(aFolder(), 'my-policy');
  mkdirSync(folder);
  const editor = Editor.start();
  await editor.initialize();
  return { editor, folder, policy: join(folder, 'policy.yaml') };
}

const told = (found: readonly EditorDiagnostic[]): readonly string[] =>
  found.map(({ range: { start }, severity, code, message }) =>
    [start.line + 1, start.character + 1, severity, code, message].join(' '),
  );

/** A function that gives the labels of the completions at a mark; one server for all. */
async function completing(): Promise<(marked: string) => Promise<readonly string[]>> {
  const { editor, policy } = await anEditor();
  return async (marked) => {
    const items = (await editor.askAt('textDocument/completion', policy, marked)) as readonly { label: string }[];
    return items.map((it) => it.label);
  };
}

/** A function that gives the hover text at a mark. */
async function hovering(): Promise<(marked: string) => Promise<string | undefined>> {
  const { editor, policy } = await anEditor();
  return async (marked) => {
    const answer = (await editor.askAt('textDocument/hover', policy, marked)) as { contents: { value: string } } | null;
    return answer?.contents.value;
  };
}

describe('diagnostics', () => {
  test('come while typing, as `policies lint` gives them, and go', async () => {
    const { editor, folder, policy } = await anEditor();
    const text = aPolicy('trail.isLoging');
    writeFileSync(policy, text);
    editor.open(policy, text);
    expect(told(await editor.diagnostics(policy))).toEqual([
      expect.stringMatching(/^2 5 2 no-tests the policy 'my-policy' has no tests\n/),
      "14 13 1 unknown-field Trail has no field 'isLoging'\ndid you mean 'isLogging'?",
    ]);
    const { stderr } = await runCli(['policies', 'lint', '--policies', resolve(folder, '..')], { cwd: folder });
    expect(stderr).toContain("policy.yaml:14:13: error[unknown-field]: Trail has no field 'isLoging'");
    editor.change(policy, aPolicy('trail.isLogging'));
    expect(told(await editor.diagnostics(policy))).toEqual([expect.stringContaining('no-tests')]);
    writeFileSync(join(folder, 'tests.yaml'), tests);
    editor.change(policy, aPolicy('(trail.isLogging)'));
    expect(await editor.diagnostics(policy)).toEqual([]);
  });

  test('follow a change of a part of the text', async () => {
    const { editor, policy } = await anEditor();
    const text = aPolicy('trail.isLoging');
    editor.open(policy, text);
    expect((await editor.diagnostics(policy)).map((it) => it.code)).toContain('unknown-field');
    const line = text.slice(0, text.indexOf('isLoging')).split('\n').length - 1;
    const [start, end] = [16, 17].map((character) => ({ line, character }));
    editor.tell('textDocument/didChange', {
      textDocument: { uri: pathToFileURL(policy).href, version: 2 },
      contentChanges: [{ range: { start, end }, text: 'gg' }],
    });
    expect((await editor.diagnostics(policy)).map((it) => it.code)).not.toContain('unknown-field');
  });

  test('of tests follow the policy that is open beside them', async () => {
    const { editor, folder, policy } = await anEditor();
    const file = join(folder, 'tests.yaml');
    editor.open(policy, aPolicy('trail.isLogging'));
    editor.open(file, tests.replace('COMPLIANT', '{ NON_COMPLIANT: [y] }'));
    expect(await editor.diagnostics(policy)).toEqual([]);
    expect(told(await editor.diagnostics(file))).toEqual([expect.stringContaining("'y'")]);
    editor.change(policy, aPolicy('trail.isLogging').replace('id: x', 'id: y'));
    expect(await editor.diagnostics(file)).toEqual([]);
  });

  test('of a pack name the policies that there are', async () => {
    const { editor, folder } = await anEditor();
    writeFileSync(join(folder, 'policy.yaml'), aPolicy('trail.isLogging'));
    const pack = join(folder, '../packs/mine.yaml');
    editor.open(pack, 'version: 1\nid: mine\ntitle: T\npolicies: [my-policy, trail-is-logging, trail-is-loging]\n');
    expect(told(await editor.diagnostics(pack))).toEqual([
      "4 41 1 unknown-policy there is no policy 'trail-is-loging'\ndid you mean 'trail-is-logging'?",
    ]);
  });

  test('of a shipped policy take it for itself, not for a second one', async () => {
    const { editor } = await anEditor();
    const shipped = resolve('dist/lib/../../policies/trail-is-logging/policy.yaml');
    editor.open(shipped, `${head.replace('my-policy', 'trail-is-logging')}assert: []\n`);
    expect(told(await editor.diagnostics(shipped))).toEqual([expect.stringMatching(/^11 9 1 empty /)]);
  });

  test('of other YAML files there are none', async () => {
    const { editor, folder } = await anEditor();
    const file = join(folder, 'compose.yaml');
    editor.open(file, 'services: [a, b\n');
    expect(await editor.diagnostics(file)).toEqual([]);
    editor.change(file, `# yaml-language-server: $schema=x/schema/policy.v1.json\nservices: [a, b\n`);
    expect((await editor.diagnostics(file)).length).toBeGreaterThan(0);
  });
});

describe('completion', () => {
  test('gives the fields of what stands before the dot, and what can be done with it', async () => {
    const labels = await completing();
    const fields = await labels(aPolicy('trail.isLogging && trail.|>'));
    expect(fields).toEqual(expect.arrayContaining(['arn', 'isLogging', 'eventSelectors', 'kmsKeyId']));
    expect(fields).not.toContain('startsWith');
    expect(await labels(aPolicy('trail.name.|>'))).toEqual(expect.arrayContaining(['startsWith', 'matches', 'size']));
    expect(await labels(aPolicy('trail.?|>'))).not.toContain('isLogging');
    expect(await labels(aPolicy('trail.?|>'))).toContain('kmsKeyId');
    expect(await labels(aPolicy('params.|>'))).toEqual(['minDays']);
  });

  test('knows the members of lists, in macros in macros', async () => {
    const labels = await completing();
    expect(await labels(aPolicy('trail.eventSelectors.exists(s, s.|>'))).toContain('readWriteType');
    expect(await labels(aPolicy('trail.eventSelectors.filter(s, s.readWriteType == "x").exists(t, t.|>)'))).toContain(
      'readWriteType',
    );
    expect(await labels(aPolicy('account.trails.exists(t, t.eventSelectors.all(s, |>))'))).toEqual(
      expect.arrayContaining(['t', 's', 'trail', 'now', 'covers', 'has']),
    );
  });

  test('gives the values of an enum, with quotes where there are none', async () => {
    const labels = await completing();
    const started = "trail.eventSelectors.exists(s, s.readWriteType == '|>')";
    expect(await labels(aPolicy(started))).toEqual(['ReadOnly', 'WriteOnly', 'All']);
    const listed = "trail.eventSelectors.exists(s, s.readWriteType in ['All', '|>";
    expect(await labels(aPolicy(listed))).toEqual(['ReadOnly', 'WriteOnly', 'All']);
    const bare = 'trail.eventSelectors.exists(s, s.readWriteType == |>)';
    expect((await labels(aPolicy(bare))).slice(0, 3)).toEqual(["'ReadOnly'", "'WriteOnly'", "'All'"]);
  });

  test('works in every style of YAML, and in messages', async () => {
    const labels = await completing();
    expect(await labels(`${head}when: trail.|>\n`)).toContain('isLogging');
    expect(await labels(`${head}when: |>\n`)).toContain('trail');
    expect(await labels(`${head}when: 'trail.name == ''a'' && trail.|>'\n`)).toContain('isLogging');
    expect(await labels(`${head}when: >-\n  trail.isLogging &&\n  trail.|>\nassert: []\n`)).toContain('isLogging');
    expect(await labels(aPolicy('true', 'Trail ${trail.|>}'))).toContain('arn');
    expect(await labels(aPolicy('true', 'Trail trail.|>'))).toEqual([]);
    expect(await labels(head.replace('title: T', 'title: trail.|>'))).toEqual([]);
  });

  test('replaces the word that is being typed', async () => {
    const { editor, policy } = await anEditor();
    const [item] = (await editor.askAt('textDocument/completion', policy, aPolicy('trail.isLo|>'))) as readonly {
      textEdit: unknown;
    }[];
    expect(item?.textEdit).toMatchObject({
      range: { start: { line: 13, character: 12 }, end: { line: 13, character: 16 } },
    });
  });
});

describe('hover', () => {
  test('says what a field is, whether it may be absent, and which call reads it', async () => {
    const hover = await hovering();
    expect(await hover(aPolicy('has(trail.s3Key|>Prefix)'))).toBe(
      [
        '```\ns3KeyPrefix: string\n```',
        'before AWSLogs/',
        'May be absent: ask `has(…)` first, or use `.?` with `.orValue(…)`.',
        'Read by `cloudtrail:DescribeTrails`.',
      ].join('\n\n'),
    );
  });

  test('says what parameters, variables and functions are', async () => {
    const hover = await hovering();
    expect(await hover(aPolicy('params.min|>Days > 1'))).toBe('```\nminDays: int\n```\n\nHow long.');
    expect(await hover(aPolicy('trail.eventSelectors.exists(s, s|>.readWriteType == "All")'))).toContain(
      's: EventSelector',
    );
    expect(await hover(aPolicy('trail.eventSelectors.ex|>ists(s, true)'))).toContain('list.exists(x, condition)');
    expect(await hover(aPolicy('trail.name.starts|>With("a")'))).toContain('string.startsWith(string): bool');
    expect(await hover(aPolicy('trail.nam|> == "a"'))).toBeUndefined();
  });
});

describe('definition', () => {
  test('of a parameter is its declaration', async () => {
    const { editor, policy } = await anEditor();
    expect(await editor.askAt('textDocument/definition', policy, aPolicy('params.min|>Days > 1'))).toEqual({
      uri: pathToFileURL(policy).href,
      range: { start: { line: 9, character: 2 }, end: { line: 9, character: 9 } },
    });
    expect(await editor.askAt('textDocument/definition', policy, aPolicy('trail.is|>Logging'))).toBeNull();
  });

  test('of a fixture is where the tests write it', async () => {
    const { editor, folder } = await anEditor();
    const marked = tests.replace('from: good', 'from: go|>od');
    expect(await editor.askAt('textDocument/definition', join(folder, 'tests.yaml'), marked)).toMatchObject({
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 6 } },
    });
  });
});

describe('the protocol', () => {
  test('says what it can do, and ends as it was asked to', async () => {
    const editor = Editor.start();
    expect(await editor.initialize()).toMatchObject({
      capabilities: { hoverProvider: true, definitionProvider: true, textDocumentSync: { change: 2 } },
      serverInfo: { name: 'trailproof' },
    });
    expect(await editor.ask('shutdown', undefined)).toBeNull();
    editor.tell('exit', undefined);
    expect(await editor.ended).toBe(0);
    expect(editor.stderr).toBe('');
  });

  test('ends with 1 when the editor hangs up, or goes without a word', async () => {
    const [gone, rude] = [Editor.start(), Editor.start()];
    gone.hangUp();
    rude.tell('exit', undefined);
    expect([await gone.ended, await rude.ended]).toEqual([1, 1]);
  });

  test('takes messages in pieces and several at once', async () => {
    const { editor } = await anEditor();
    const framed = (id: string): Buffer => {
      const message = `{"jsonrpc":"2.0","id":"${id}","method":"textDocument/formatting"}`;
      return Buffer.from(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
    };
    const both = Buffer.concat([framed('ä'), framed('ö')]);
    for (let at = 0; at < both.length; at += 7) editor.raw(both.subarray(at, at + 7));
    const answered = async (id: unknown) => await editor.next((it: { readonly id?: unknown }) => it.id === id);
    expect(await answered('ä')).toMatchObject({ result: null });
    expect(await answered('ö')).toMatchObject({ result: null });
  });

  test('refuses what it does not know, and goes on', async () => {
    const { editor, policy } = await anEditor();
    expect(await editor.askRaw('textDocument/rename', {})).toMatchObject({ error: { code: -32_601 } });
    expect(await editor.askRaw('toString', {})).toMatchObject({ error: { code: -32_601 } });
    expect(await editor.askRaw('textDocument/hover', { position: 1 })).toMatchObject({ error: { code: -32_602 } });
    editor.raw('Content-Length: 5\r\n\r\n{"a":');
    editor.tell('textDocument/didOpen', { textDocument: { uri: 'untitled:1', text: 'a' } });
    editor.tell('textDocument/didOpen', { textDocument: { uri: 'file:///a%2Fb', text: 'a' } });
    editor.tell('$/setTrace', { value: 'off' });
    editor.tell('textDocument/didChange', null);
    editor.tell('textDocument/didChange', { textDocument: { uri: pathToFileURL(policy).href }, contentChanges: 'no' });
    editor.open(policy, '['.repeat(20_000));
    expect(told(await editor.diagnostics(policy))).toEqual([expect.stringContaining('too-deep')]);
    expect(await editor.askAt('textDocument/hover', policy, '|>')).toBeNull();
  });

  test('asks for initialize first, and answers nothing behind shutdown', async () => {
    const { editor, policy } = await anEditor();
    const early = Editor.start();
    early.open(policy, aPolicy('trail.isLoging'));
    expect(await early.askRaw('shutdown', undefined)).toMatchObject({ error: { code: -32_002 } });
    expect(await early.askRaw('textDocument/formatting', {})).toMatchObject({ error: { code: -32_002 } });
    await early.initialize();
    expect(await early.askAt('textDocument/completion', `${policy}x`, 'tar|>')).not.toBeNull();
    const of = { textDocument: { uri: pathToFileURL(policy).href } };
    expect(await early.ask('textDocument/formatting', of), 'what was opened too early is not').toBeNull();
    expect(await editor.askRaw('initialize', {})).toMatchObject({ error: { code: -32_600 } });
    await editor.ask('shutdown', undefined);
    expect(await editor.askRaw('shutdown', undefined)).toMatchObject({ error: { code: -32_600 } });
    expect(await editor.askRaw('textDocument/formatting', of)).toMatchObject({ error: { code: -32_600 } });
  });

  test('says what is no JSON, and goes on; where no message begins any more, it says so and ends', async () => {
    const { editor } = await anEditor();
    editor.raw('Content-Length: 5\r\n\r\n{"a":');
    expect(await editor.next((it) => it.id === null)).toMatchObject({ error: { code: -32_700 } });
    expect(await editor.ask('textDocument/formatting', { textDocument: { uri: 'file:///%zz' } })).toBeNull();
    editor.raw('Content-Length: 2\r\n\r\n{"jsonrpc":"2.0"}\r\n\r\n');
    expect(await editor.ended).toBe(2);
    expect(editor.stderr).toContain('no longer the Language Server Protocol: Header must provide a Content-Length');
  });

  test('tells a person at a terminal that this is for editors', async () => {
    const editor = Editor.start();
    editor.raw('help\n');
    expect(await editor.ended).toBe(2);
    expect(editor.stderr).toContain('docs/editors.md');
  });
});
