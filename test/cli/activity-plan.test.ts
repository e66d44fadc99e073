import { expect, test } from 'vitest';
import { aRecord, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { aFolder, runCli } from './run-cli.js';

test('activity --plan says what would be read, and reads nothing', async () => {
  const cwd = aFolder();
  const body = logFile([aRecord(1)]);
  await writeFiles(cwd, {
    [logKey({ delivered: '2026-11-20T10:10' })]: body,
    [logKey({ delivered: '2026-11-20T10:20' })]: Buffer.from('broken'),
  });
  const { status, stdout, stderr } = await runCli(
    ['activity', '--source', '.', '--from', '2026-11-20', '--to', '2026-11-21', '--plan'],
    { cwd },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^This reading would take\n {2}Log files {5}2, 0\.0 MB as they are stored\n$/);
});
