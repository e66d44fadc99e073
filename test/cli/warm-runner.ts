import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Ran } from './ran.js';

interface Run {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

let child: ChildProcess | undefined;
let isBusy = false;

/**
 * Runs the built command line in the process of this worker's earlier runs.
 *
 * @returns undefined while that process is at another run
 */
export async function runWarm(run: Run): Promise<Ran | undefined> {
  if (isBusy) return undefined;
  isBusy = true;
  try {
    child ??= start(run);
    return await ask(child, run);
  } finally {
    isBusy = false;
  }
}

function start({ environment }: Run): ChildProcess {
  const started = fork(resolve('test/cli/warm-cli.mjs'), [], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.unref();
  started.channel?.unref();
  return started;
}

/** What is written past the streams of a run, such as a warning of Node's, is its output as well. */
async function ask(running: ChildProcess, run: Run): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const onStdout = (bytes: Buffer) => (stdout += bytes.toString('utf8'));
  const onStderr = (bytes: Buffer) => (stderr += bytes.toString('utf8'));
  running.stdout?.on('data', onStdout);
  running.stderr?.on('data', onStderr);
  running.ref();
  running.channel?.ref();
  const ended = new AbortController();
  try {
    running.send(run);
    const { signal } = ended;
    const [ran] = (await Promise.race([
      once(running, 'message', { signal }),
      once(running, 'exit', { signal }).then(([status]) => {
        child = undefined;
        return [{ status: status as number | null, stdout: '', stderr: '' }];
      }),
    ])) as [Ran];
    return { status: ran.status, stdout: stdout + ran.stdout, stderr: stderr + ran.stderr };
  } finally {
    ended.abort();
    running.unref();
    running.channel?.unref();
    running.stdout?.off('data', onStdout);
    running.stderr?.off('data', onStderr);
  }
}
