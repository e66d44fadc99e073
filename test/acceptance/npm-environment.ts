import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { madeOnce } from './made-once.js';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/trailproof', import.meta.url));

/** A package without dependencies, by its contents. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As `npm view NAME@VERSION dist.integrity` says it. */
  readonly integrity: string;
}

/**
 * The folder of a package, installed once in the project's cache. It is no dependency of the project: tests alone need
 * it. None of its scripts is run.
 *
 * @throws Error when npm cannot install it.
 */
export async function prepareNpmPackage({ name, version, integrity }: PinnedPackage): Promise<string> {
  const folder = join(cache, `npm-${name}-${version}`);
  const installed = join(folder, 'node_modules', name);
  if (existsSync(installed)) return installed;
  try {
    await madeOnce(folder, async (building) => {
      const dependencies = { [name]: version };
      await write(join(building, 'package.json'), { private: true, dependencies });
      await write(join(building, 'package-lock.json'), {
        lockfileVersion: 3,
        packages: { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } },
      });
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: building });
    });
  } catch (error) {
    throw new Error(`${name} could not be installed with npm.`, { cause: error });
  }
  return installed;
}

async function write(file: string, content: unknown): Promise<void> {
  await writeFile(file, JSON.stringify(content));
}
