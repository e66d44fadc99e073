import { assert, pre, property, string, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPolicyPath } from '../../policy/read-files.js';
import { formatFile } from './format-file.js';

function formatted(text: string, kind: 'policy' | 'tests' | 'pack' = 'policy'): string {
  const result = formatFile(kind, 'x.yaml', text);
  if ('diagnostics' in result) throw new Error(result.diagnostics.map((it) => it.message).join('; '));
  return result.text;
}

describe('the style', () => {
  test('keys come in the order of the schema, and the comments go with them', () => {
    const text = `# yaml-language-server: $schema=policy.v1.json
target: trail # the kind of thing
# names it
id: a-b

version: 1
# all that must hold
assert:
  - message: No
    # in short
    id: x # an id
    expr: trail.isLogging
`;
    expect(formatted(text)).toBe(`# yaml-language-server: $schema=policy.v1.json
version: 1
# names it
id: a-b
target: trail # the kind of thing
# all that must hold
assert:
  # in short
  - id: x # an id
    expr: |
      trail.isLogging
    message: No
`);
  });

  test.each([
    ['plain', 'expr: trail.isLogging && true'],
    ['double quotes', 'expr: "trail.isLogging && true"'],
    ['single quotes', "expr: 'trail.isLogging && true'"],
    ['folded', 'expr: >-\n      trail.isLogging\n      && true'],
    ['in braces', undefined],
  ])('an expression in %s becomes a block', (_, expr) => {
    const text =
      expr === undefined
        ? 'assert: [{ id: x, expr: "trail.isLogging && true", message: No }]\n'
        : `assert:\n  - id: x\n    ${expr}\n    message: No\n`;
    expect(formatted(text)).toBe('assert:\n  - id: x\n    expr: |\n      trail.isLogging && true\n    message: No\n');
  });

  test('an expression of many lines keeps them', () => {
    const text = 'when: |\n  a\n    && b\n';
    expect(formatted(text)).toBe(text);
  });

  test('a comment behind an expression stays', () => {
    expect(formatted('when: trail.isLogging # always asked\n')).toBe('when: | # always asked\n  trail.isLogging\n');
  });

  test('a long sentence is folded, a long command is not', () => {
    const words = 'word '.repeat(30).trim();
    const text = formatted(`description: ${words}\nremediation:\n  text: ${words}\n  cli: aws ${words}\n`);
    expect(text).toContain('description: >-\n  word');
    expect(text).toContain(`  cli: |\n    aws ${words}\n`);
    expect(
      Math.max(
        ...text
          .split('\n')
          .filter((it) => !it.includes('aws'))
          .map((it) => it.length),
      ),
    ).toBeLessThan(121);
  });

  test('braces that no line can hold are opened, others stay', () => {
    const name = 'x'.repeat(90);
    const text = `tests:\n  - { from: a, name: b, expect: COMPLIANT }\n  - { name: ${name}, from: a, expect: { NON_COMPLIANT: [ y ] } }\n`;
    expect(formatted(text, 'tests')).toBe(
      `tests:\n  - { name: b, from: a, expect: COMPLIANT }\n  - name: ${name}\n    from: a\n    expect: { NON_COMPLIANT: [y] }\n`,
    );
  });

  test('names of the user keep their order', () => {
    const text = 'params:\n  zebra: { type: boolean, default: true }\n  ant: { type: boolean, default: true }\n';
    expect(formatted(text)).toBe(text);
  });

  test('nothing moves where an alias must stand behind its anchor', () => {
    const text = 'target: &t trail\nid: *t\n';
    expect(formatted(text)).toBe(text);
  });
});

test.each(['', '# only a comment\n', 'a   text\n', '[a,   b]\n'])('%j holds no keys and stays as it is', (text) => {
  expect(formatted(text)).toBe(text);
});

test('a file that YAML cannot read is not formatted', () => {
  const result = formatFile('policy', 'x.yaml', 'id: a\nwhen: !has(x)\n');
  expect(result).toMatchObject({ diagnostics: [{ line: 2, code: 'yaml-tag' }] });
});

const { files } = readPolicyPath(new URL('../../../policies', import.meta.url).pathname);

test.each(files.map((it) => [it.file.replace(/^.*\/policies\//, ''), it] as const))(
  '%s means the same, and formatting it twice changes nothing',
  (_, { kind, text }) => {
    const once = formatted(text, kind);
    expect(formatted(once, kind)).toBe(once);
    const trimmed = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(/\\n"/g, '"')) as unknown;
    expect(trimmed(parse(once))).toEqual(trimmed(parse(text)));
  },
);

test('any texts and comments come through', () => {
  const line = string({ unit: 'grapheme-ascii', maxLength: 150 });
  const comment = stringMatching(/^[a-z :#'"-]{0,40}$/);
  assert(
    property(line, line, comment, (description, expr, remark) => {
      pre(expr.trim() !== '' && !/^\s|[ \t]$/.test(expr));
      const text = `# ${remark}\ndescription: ${JSON.stringify(description)}\nassert:\n  # ${remark}x\n  - expr: ${JSON.stringify(expr)}\n`;
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
      const read = parse(once) as {
        readonly description: string;
        readonly assert: readonly [{ readonly expr: string }];
      };
      expect(read.description).toBe(description);
      expect(read.assert[0].expr).toBe(`${expr}\n`);
      expect(once).toContain(`# ${remark}x`.trimEnd());
    }),
  );
});
