import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/golden/scenarios.js';
import { prose, visible } from '../../text/printable.js';
import { code, escapedName, escapedProse, fenced } from './escape.js';

const special = fc.string({ unit: fc.constantFrom(...'\\`*_[]<>()#+-.!|&~:@=$ \n1aw/;'.split('')) });
const anyText = fc.oneof(special, fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));

/** What a Markdown renderer shows for a text without markup. */
function shown(markdown: string): string {
  return markdown.replaceAll(/<!-- -->|\\([!-/:-@[-`{-~])|&(?:#(\d+)|(amp|lt|gt));/g, (all, plain, number, name) => {
    if (plain !== undefined) return String(plain);
    if (number !== undefined) return String.fromCodePoint(Number(number));
    return name === undefined ? '' : ({ amp: '&', lt: '<', gt: '>' }[String(name)] ?? all);
  });
}

describe('escaped text', () => {
  test.each([
    ['[click](http://x)', String.raw`\[click\](http&#58;//x)`],
    ['::error::x', '&#58;:error&#58;:x'],
    ['=cmd|x', '&#61;cmd&#124;x'],
    ['-1', '&#45;1'],
    ['1. list', '1&#46; list'],
    ['0.1.0', '0.1.0'],
    ['<img onerror>', '&lt;img onerror&gt;'],
    ['@octocat', '&#64;<!-- -->octocat'],
    ['a@b.example', 'a&#64;<!-- -->b.example'],
    ['www.x.example', 'www&#46;x.example'],
    ['#12', '&#35;<!-- -->12'],
    ['a_b*c`d~e', String.raw`a\_b\*c\`d\~e`],
    ['&lt;', '&amp;lt;'],
    ['trail/main in eu-central-1', 'trail/main in eu-central-1'],
  ])('%s is written as %s', (text, markdown) => {
    expect(escapedProse(text)).toBe(markdown);
  });

  test('shows exactly the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shown(escapedName(text))).toBe(visible(text));
        expect(shown(escapedProse(text))).toBe(prose(text));
      }),
    );
  });

  test('holds no markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const markdown = escapedName(text);
        expect(markdown).not.toMatch(
          /[\n|]|^[=+\-@ #>]|^\d+[.)] |(?<!\\)[`*_[\]~]|<(?!!-- -->)|(?<!--)>|::|:\/\/|@|\bwww\.|\$/,
        );
      }),
    );
  });
});

describe('code', () => {
  test.each([
    ['arn:aws:s3:::acme-logs', '`arn:aws:s3:::acme-logs`'],
    [
      'arn:aws:sts::111111111111:assumed-role/Audit/me@example.com',
      '`arn:aws:sts::111111111111:assumed-role/Audit/me@example.com`',
    ],
    ['cloudtrail:GetTrail', '`cloudtrail:GetTrail`'],
    ['a`b', String.raw`a\`b`],
    ['a|b', 'a&#124;b'],
    ['arn:aws:s3:::x::error::', 'arn:aws:s3&#58;&#58;:x&#58;:error&#58;:'],
    ['', ''],
  ])('%s is written as %s', (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });
});

describe('a fenced block', () => {
  test('keeps its lines', () => {
    expect(fenced('sh', 'aws x \\\n  --y\n')).toBe('```sh\naws x \\\n  --y\n```');
  });

  test('cannot be left from within', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom('`', '\n', '~') })), (text) => {
        const lines = fenced('', text).split('\n');
        const fence = lines[0] ?? '';
        expect(lines.at(-1)).toBe(fence);
        expect(lines.slice(1, -1).some((line) => line.includes(fence))).toBe(false);
      }),
    );
  });
});
