import { expect, test } from 'vitest';
import { parseYaml } from './parse-yaml.js';

/** What the first diagnostic says, and what to write instead. */
function told(text: string): readonly (string | undefined)[] {
  const [it] = parseYaml('x.yaml', text).diagnostics;
  return [it?.message, it?.help];
}

const block = (key: string): string =>
  `start with \`${key}: |\` and write the value on the next line, indented: YAML then reads it as written`;

test.each([
  ['expr: !has(x)', "YAML takes a value that starts with '!' for a tag, and loses it", block('expr')],
  [
    "when: 'a' == x",
    "YAML gives a value that starts with ' a meaning of its own, and cannot read this one",
    block('when'),
  ],
  ['expr: a ? 1 : 2', "a colon followed by a blank in the value of 'expr': YAML reads a key there", block('expr')],
  [
    'message: note: x',
    "a colon followed by a blank in the value of 'message': YAML reads a key there",
    block('message'),
  ],
  ['title: note: x', "a colon followed by a blank in the value of 'title': YAML reads a key there", 'quote the value'],
  [
    'set: { account.trails[0].isLogging: false }',
    "a '[' inside { … } starts a list, so 'account.trails[0].isLogging' is not read as a path",
    'quote it: "account.trails[0].isLogging"',
  ],
  [
    '- { expr: a == [1], id: c }',
    "inside { … } YAML gives commas, colons, brackets and quotes a meaning of their own, so 'expr' is not read as written",
    `leave out the braces: give each key a line of its own, and ${block('expr')}`,
  ],
  ['expr: a\n&& b', 'an expression goes on here, but YAML has ended its value in a line before', block('expr')],
  ['expr: &x == 2', "YAML takes '&x' for an anchor, and loses it", block('expr')],
])('a trap says what YAML does, and what to write instead: %j', (text, message, help) => {
  expect(told(text)).toEqual([message, help]);
});
