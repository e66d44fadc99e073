import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder } from './run-cli.js';

/** The exit code of a command whose reader went away before it said anything, as in `| true`. */
async function runUnread(args: readonly string[], unread: readonly ('stdout' | 'stderr')[], cwd: string) {
  const child = spawn(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const it of ['stdout', 'stderr'] as const) {
    if (unread.includes(it)) child[it].destroy();
    else child[it].resume();
  }
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
}

test.each([[['stdout']], [['stderr']], [['stdout', 'stderr']]] as const)(
  'a scan writes its reports and says its verdict though nobody reads %j',
  async (unread) => {
    const cwd = aFolder();
    expect(await runUnread(['scan', '--sample', '--allow-incomplete'], unread, cwd)).toBe(1);
    for (const name of ['results.json', 'results.sarif', 'report.md']) {
      expect(existsSync(join(cwd, 'reports', name))).toBe(true);
    }
  },
);

test('a report to standard output that nobody reads to its end says its verdict', async () => {
  const args = ['scan', '--sample', '--format', 'json', '--output', '-'];
  expect(await runUnread(args, ['stdout'], aFolder())).toBe(3);
});
