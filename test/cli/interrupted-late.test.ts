import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder } from './run-cli.js';

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s to a run that only writes any more ends it as interrupted',
  async (signal) => {
    const args = [resolve('dist/cli/main.js'), 'scan', '--sample', '--fail-on', 'none', '--allow-incomplete'];
    const child = spawn(process.execPath, args, { cwd: aFolder(), stdio: ['ignore', 'pipe', 'ignore'] });
    // The text report is the first of the reports.
    child.stdout.once('data', () => child.kill(signal));
    child.stdout.resume();
    const [status] = (await once(child, 'close')) as [number | null];
    expect(status).toBe(130);
  },
);
