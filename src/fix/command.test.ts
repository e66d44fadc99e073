import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { obeyedCommands } from '../../test/action/runner-commands.js';
import { hostileTexts } from '../../test/golden/scenarios.js';
import {
  commandLine,
  isPlainName,
  jsonWord,
  partsOf,
  placeholdersIn,
  quoted,
  type Command,
  type Word,
} from './command.js';

/** The words that a shell makes of lines, with `aws` a function that tells them. */
function wordsOf(lines: readonly string[], environment: NodeJS.ProcessEnv = {}): string[][] {
  const script = ['set -eu', String.raw`aws() { printf '%s\0' "$@"; printf '\1\0'; }`, ...lines].join('\n');
  const out = execFileSync('bash', ['-c', script], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  return out
    .split('\u0001\0')
    .slice(0, -1)
    .map((it) => it.split('\0').slice(0, -1));
}

const withoutNul = hostileTexts.map((it) => it.replaceAll(/[\0\p{Cs}]/gu, ''));

describe('a shell reads each word as it was', () => {
  test('hostile texts', () => {
    const lines = withoutNul.map((it) => commandLine({ words: ['s3api', 'x', '--name', ['a', it]] }));
    expect(wordsOf(lines)).toEqual(withoutNul.map((it) => ['s3api', 'x', '--name', `a${it}`]));
  });

  test('what a runner would obey in its log', () => {
    const texts = ['##[add-mask]x', "a'##[b]'", '::error::x', 'a\n  ::add-mask::x', '###[[##['];
    const document = jsonWord({ Sid: '##[add-mask]x' });
    const lines = [...texts, document].map((it) => commandLine({ words: ['x', '--name', it] }));
    expect(obeyedCommands(lines.join('\n'))).toEqual([]);
    const read = wordsOf(lines).map((it) => it[2]);
    expect(read.slice(0, -1)).toEqual(texts);
    expect(JSON.parse(read.at(-1) ?? '')).toEqual({ Sid: '##[add-mask]x' });
  });

  test('any text', () => {
    const word = fc.string({ unit: 'binary' }).filter((it) => !it.includes('\0') && !it.includes('\u0001'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        const read = wordsOf([`aws ${words.map((it) => quoted(['-', it])).join(' ')}`]);
        expect(read).toEqual([words.map((it) => `-${it}`)]);
      }),
      { numRuns: 30 },
    );
  });

  test('a placeholder is a variable that must be set, also within a document', () => {
    const topic = { placeholder: 'TOPIC_ARN', meaning: 'the topic' };
    const document: Word = jsonWord({ a: "it's", to: [topic, '{{TOPIC_ARN}}', '{{NO}}'] });
    const command: Command = { words: ['x', '--doc', document] };
    const value = `"$(id)'`;
    const [[, , read = ''] = []] = wordsOf([commandLine(command)], { TOPIC_ARN: value });
    expect(read).toBe(`{"a":"it's","to":["${value}","${value}","{{NO}}"]}`);
    expect(placeholdersIn([command])).toEqual([topic, topic].slice(0, 1));
    expect(() => wordsOf([commandLine(command)])).toThrow('the topic');
  });
});

test('a value that looks like a flag is joined to its own', () => {
  expect(commandLine({ words: ['logs', 'x', '--log-group-name', '-danger'] })).toBe(
    'aws logs x --log-group-name=-danger',
  );
});

test('what a command keeps is no placeholder of a later one', () => {
  const key = { placeholder: 'KEY', meaning: 'the key' };
  const made: Command = { keeps: 'KEY', words: ['kms', 'create-key'] };
  expect(placeholdersIn([made, { words: ['x', '--key-id', key] }])).toEqual([]);
  expect(commandLine(made)).toBe('KEY="$(aws kms create-key)"');
});

test('a document has no character that a terminal obeys', () => {
  expect(partsOf(jsonWord({ a: '\u202e\u009b' }))).toEqual([String.raw`{"a":"\u202e\u009b"}`]);
});

test.each(['file:///etc/passwd', 'fileb://x', 'https://x', 'a b', '', '$(id)', 'a\nb', '\u202e', 'x'.repeat(2049)])(
  '%j is no name that a command is given',
  (name) => {
    expect(isPlainName(name)).toBe(false);
  },
);
