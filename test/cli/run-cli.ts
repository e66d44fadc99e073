import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Ran } from './ran.js';
import { runWarm } from './warm-runner.js';

export type { Ran };

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sends SIGINT as soon as this holds. */
  readonly interruptWhen?: () => boolean;
}

const main = resolve('dist/cli/main.js');

/** The test files, by their paths, that have run it. The first run of each is a process of its own, as a user's is. */
const haveRun = new Set<string>();

/**
 * The built command line, without the settings of the machine. Loading it takes longer than most runs: from the second
 * run of a file on, one that this worker keeps for all of its files is used, but for runs that are interrupted or overlap.
 */
export async function runCli(args: readonly string[], options: RunOptions): Promise<Ran> {
  const { cwd, interruptWhen } = options;
  const environment = {
    PATH: process.env['PATH'],
    HOME: cwd,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...options.environment,
  };
  const isForNode = Object.keys(environment).some((name) => name.startsWith('NODE_'));
  const file = expect.getState().testPath ?? '';
  if (haveRun.has(file) && interruptWhen === undefined && !isForNode) {
    const ran = await runWarm({ args, cwd, environment });
    if (ran !== undefined) return ran;
  }
  haveRun.add(file);
  return runInAProcess(args, cwd, environment, interruptWhen);
}

async function runInAProcess(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  interruptWhen: RunOptions['interruptWhen'],
): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
