import { expect, test } from 'vitest';
import { PreparedFiles } from '../../src/policy/prepared/prepared-files.js';
import { readPolicyFiles } from '../../src/policy/read-files.js';

test('the command line that was built has every shipped policy and pack ready', () => {
  const prepared = new PreparedFiles('dist/cli/policies.json');
  const { files } = readPolicyFiles('policies', true);
  expect(files.map((it) => it.kind)).toContain('pack');
  const missing = files.filter(({ kind, file, text }) => prepared.find(kind, file, text) === undefined);
  expect(missing.map((it) => it.file)).toEqual([]);
});
