import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sends SIGINT as soon as this holds. */
  readonly interruptWhen?: () => boolean;
}

const main = resolve('dist/lib/cli/main.js');

/** The command line as a user runs it: the built one, in a process of its own, without the settings of the machine. */
export async function runCli(
  args: readonly string[],
  { cwd, environment = {}, interruptWhen }: RunOptions,
): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer =
    interruptWhen === undefined
      ? undefined
      : setInterval(() => {
          if (!interruptWhen()) return;
          clearInterval(timer);
          child.kill('SIGINT');
        }, 10);
  const [status] = (await once(child, 'close')) as [number | null];
  clearInterval(timer);
  return { status, stdout, stderr };
}

/** A folder for one test, taken away behind it. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
