import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test("the command line requires the SDK's packages, which takes less than to import them", () => {
  const parts = readdirSync('dist/cli', { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.js'));
  const texts = parts.map((it) => readFileSync(join('dist/cli', it), 'utf8'));
  expect(texts.filter((it) => /require\("@aws-sdk\/client-sts"\)/.test(it))).toHaveLength(1);
  expect(texts.filter((it) => /(?:from ?|import\()["']@(?:aws-sdk|smithy)\//.test(it))).toEqual([]);
});
