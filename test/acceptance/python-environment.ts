import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { madeOnce } from './made-once.js';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/trailproof', import.meta.url));

/** A Python that has what was asked for, or why there is none. */
export type PreparedPython = { readonly python: string } | { readonly missing: string };

/**
 * Makes a Python virtual environment with a package in the project's cache, once for each set of pinned versions.
 *
 * @param file beside this one: pins the package and all that it needs.
 */
export async function preparePython(name: string, file: string): Promise<PreparedPython> {
  const requirements = fileURLToPath(new URL(file, import.meta.url));
  const pins = await readFile(requirements, 'utf8');
  const version = new RegExp(`^${name}==(\\S+)$`, 'm').exec(pins)?.[1];
  if (version === undefined) throw new Error(`${requirements} does not pin ${name}.`);
  const digest = createHash('sha256').update(pins).digest('hex').slice(0, 8);
  const folder = join(cache, `${name}-${version}-${digest}`);
  if (existsSync(folder)) return { python: pythonIn(folder) };
  const python = await findPython();
  if (python === undefined) return { missing: 'Python 3 with its venv module was not found.' };
  try {
    await madeOnce(folder, async (building) => await install(python, building, requirements));
  } catch (error) {
    throw new Error(`${name} could not be installed with pip.`, { cause: error });
  }
  return { python: pythonIn(folder) };
}

async function findPython(): Promise<string | undefined> {
  for (const name of ['python3', 'python']) {
    try {
      await run(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
      return name;
    } catch {
      // Not this one: not installed, too old, or without what makes environments.
    }
  }
  return undefined;
}

/**
 * All that is needed is pinned, so nothing is resolved. What is imported is compiled then: most of it never is. An
 * environment gets a pip of its own, which takes a while, only where the machine's cannot install into another's.
 */
async function install(python: string, folder: string, requirements: string): Promise<void> {
  const isEnough = await canInstallElsewhere(python);
  await run(python, ['-m', 'venv', ...(isEnough ? ['--without-pip'] : []), folder]);
  const pip = isEnough ? [python, '-m', 'pip', '--python', pythonIn(folder)] : [pythonIn(folder), '-m', 'pip'];
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  const [program = python, ...args] = pip;
  await run(program, [...args, 'install', ...quiet, '--no-compile', '--no-deps', '--requirement', requirements]);
}

/** pip has had its option `--python` since 22.3. */
async function canInstallElsewhere(python: string): Promise<boolean> {
  try {
    const { stdout } = await run(python, ['-m', 'pip', '--version']);
    const [, major = 0, minor = 0] = (/^pip (\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
    return major > 22 || (major === 22 && minor >= 3);
  } catch {
    // Python has been installed without it.
    return false;
  }
}

/** The scripts beside it name the folder that they were installed to; the interpreter finds its own. */
function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
