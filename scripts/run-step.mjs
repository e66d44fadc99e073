import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

/** Runs a command line with the project's own tools, shows what it prints, and ends this process where it fails. */
export function runStep(command, { isQuiet = false } = {}) {
  const path = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const stdio = ['inherit', isQuiet ? 'ignore' : 'inherit', 'inherit'];
  const { status, error } = spawnSync(command, { shell: true, stdio, env: { ...process.env, PATH: path } });
  if (error !== undefined) throw error;
  if (status === 0) return;
  console.error(`\nThis failed: ${command}`);
  process.exit(status ?? 1);
}
