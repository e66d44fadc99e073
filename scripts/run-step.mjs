import { spawn, spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/** The project's own tools come first. */
const environment = () => ({
  ...process.env,
  PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
});

/** Runs a command line with the project's own tools, shows what it prints, and ends this process where it fails. */
export function runStep(command, { isQuiet = false } = {}) {
  const stdio = ['inherit', isQuiet ? 'ignore' : 'inherit', 'inherit'];
  const { status, error } = spawnSync(command, { shell: true, stdio, env: environment() });
  if (error !== undefined) throw error;
  if (status === 0) return;
  console.error(`\nThis failed: ${command}`);
  process.exit(status ?? 1);
}

/**
 * Runs command lines one after the other, and keeps what they print: they may run beside others.
 *
 * @returns what they printed, in order, and which one failed; after it, no other is run
 */
export async function keepSteps(commands) {
  const printed = [];
  for (const command of commands) {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
    const status = await new Promise((settle, reject) => {
      child.on('error', reject);
      child.on('close', settle);
    });
    if (status !== 0) return { output: Buffer.concat(printed), failed: command, status: status ?? 1 };
  }
  return { output: Buffer.concat(printed), failed: undefined, status: 0 };
}
