import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * Makes a folder of the cache where it is not there yet. It is built under a name of its own and then renamed, so that
 * nobody sees it half made. Test files that need it at the same time wait for the one that makes it.
 */
export async function madeOnce(folder: string, make: (building: string) => Promise<void>): Promise<void> {
  const lock = `${folder}.lock`;
  const cache = dirname(folder);
  await mkdir(cache, { recursive: true });
  while (!existsSync(folder)) {
    if (!(await isTaken(lock))) {
      await setTimeout(50);
      continue;
    }
    const building = await mkdtemp(join(cache, 'building-'));
    try {
      await make(building);
      await rename(building, folder);
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    } finally {
      await rm(lock, { force: true });
    }
  }
}

/** The lock is a link to the number of the process that has it: one that is gone has it no more. */
async function isTaken(lock: string): Promise<boolean> {
  try {
    await symlink(String(process.pid), lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = await readlink(lock).catch(() => undefined);
  if (holder !== undefined && !isAlive(Number(holder))) await rm(lock, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
