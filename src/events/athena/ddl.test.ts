import { expect, test } from 'vitest';
import { logTableSql } from './ddl.js';

const its = {
  database: 'db',
  table: 't',
  bucket: 'logs',
  organizationId: 'o-abcd123456',
  accounts: ['111122223333'],
  regions: ['cn-north-1'],
  since: '2020/01/01',
};

test.each([
  ["it's", String.raw`it\'s`],
  [String.raw`a\b`, String.raw`a\\b`],
  [String.raw`a\'); DROP TABLE x; --`, String.raw`a\\\'); DROP TABLE x; --`],
  [`a\\`, String.raw`a\\`],
])('a prefix %j stays within its text', (prefix, written) => {
  const sql = logTableSql({ ...its, prefix });
  expect(sql).toContain(`LOCATION 's3://logs/${written}/AWSLogs/o-abcd123456/'\n`);
  // Every text is closed where it should be: each line has its two signs, and those in it stand behind a backslash.
  const signs = sql.replaceAll(/\\[\\']/g, '').split("'").length - 1;
  expect(signs % 2).toBe(0);
});
