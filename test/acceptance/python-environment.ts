import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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
  await install(python, folder, requirements, name);
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

/** Built under a name of its own and then renamed: two test files may do so at once, and none sees it half made. */
async function install(python: string, folder: string, requirements: string, name: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, 'building-'));
  try {
    await run(python, ['-m', 'venv', building]);
    const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
    await run(pythonIn(building), ['-m', 'pip', 'install', ...quiet, '--requirement', requirements]);
    await rename(building, folder);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`${name} could not be installed with pip.`, { cause: error });
  }
}

/** The scripts beside it name the folder that they were installed to; the interpreter finds its own. */
function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
