import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { constructs, policiesOf, type Construct } from '../../test/support/query/constructs.js';
import { print } from '../expression/index.js';
import { trinoPredicate, type LeftOut } from './index.js';

interface Said {
  readonly text: string;
  readonly leftOut: readonly LeftOut[];
}

/** Each engine, and how it says what a construct asks. */
const engines: Readonly<Record<string, (construct: Construct) => Said>> = {
  athena: ({ activity, params }) => {
    const { sql, leftOut } = trinoPredicate(activity, params);
    return { text: sql, leftOut };
  },
};

/** `UPDATE_GOLDEN=1 npx vitest run --project unit src/query` rewrites them; the change is reviewed in the diff. */
test.each(Object.keys(engines))('each construct in the words of %s', (engine) => {
  const written = policiesOf(constructs).map((construct) => {
    const said = engines[engine]?.(construct);
    const without = (said?.leftOut ?? []).map((it) => `left out: ${print(it.origin.node)}\n  because ${it.because}\n`);
    return `== ${construct.name}\n${construct.where}\n--\n${said?.text ?? ''}\n${without.join('')}`;
  });
  const file = `test/golden/query/${engine}.txt`;
  const actual = `Written by src/query/golden.test.ts (UPDATE_GOLDEN=1).\n\n${written.join('\n')}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
});
