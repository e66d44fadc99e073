import { closeSync, constants, fstatSync, openSync, read, statSync, type Dirent, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Unreadable, type ListedObject, type ObjectStore, type StoredObject } from '../../model/object-store.js';
import { byText } from '../../text/order.js';

/** Where a folder's objects were before they were copied. */
export interface Origin {
  readonly bucket: string;
  /** What stood before the path inside the folder: empty for a copy of a whole bucket. */
  readonly prefix: string;
}

/** A copy of a bucket, or of a prefix of it, on disk. What S3 keeps beside the objects is lost. */
export class FolderStore implements ObjectStore {
  readonly keepsMetadata = false;

  constructor(
    private readonly folder: string,
    readonly origin: Origin,
  ) {}

  async *list(bucket: string, prefix: string, after = ''): AsyncGenerator<readonly ListedObject[]> {
    this.checkBucket(bucket);
    const { prefix: before } = this.origin;
    if (!prefix.startsWith(before)) {
      if (!before.startsWith(prefix)) return;
      yield* this.walk('', after);
      return;
    }
    const path = prefix.slice(before.length);
    const parent = path.slice(0, path.lastIndexOf('/') + 1);
    for await (const page of this.walk(parent, after)) yield page.filter(({ key }) => key.startsWith(prefix));
  }

  async folders(bucket: string, prefix: string): Promise<readonly string[]> {
    this.checkBucket(bucket);
    const { prefix: before } = this.origin;
    if (before.length > prefix.length) {
      return before.startsWith(prefix) ? [before.slice(prefix.length).split('/')[0] ?? ''] : [];
    }
    if (!prefix.startsWith(before)) return [];
    const entries = await this.entries(prefix.slice(before.length));
    return entries.filter((it) => it.isFolder).map((it) => it.name);
  }

  async read(bucket: string, key: string): Promise<StoredObject | undefined> {
    this.checkBucket(bucket);
    const { prefix } = this.origin;
    if (!key.startsWith(prefix)) throw new Unreadable('error', `the copy holds only what is below ${prefix}`);
    const file = join(this.folder, ...safePath(key.slice(prefix.length)));
    // A way through Node's threads takes ten times as long as what is asked here: only bytes are waited for.
    const descriptor = unlessAbsent(() => openSync(file, constants.O_RDONLY | constants.O_NONBLOCK));
    if (descriptor === undefined) return undefined;
    return { bytes: readFrom(descriptor), metadata: undefined };
  }

  private checkBucket(bucket: string): void {
    if (bucket === this.origin.bucket) return;
    throw new Unreadable('error', `bucket ${bucket} is not part of the copy, which was made of ${this.origin.bucket}`);
  }

  /** All files below a path, in the order of their keys. */
  private async *walk(path: string, after: string): AsyncGenerator<readonly ListedObject[]> {
    const files: ListedObject[] = [];
    for (const { name, isFolder } of await this.entries(path)) {
      const key = `${this.origin.prefix}${path}${name}`;
      if (!isFolder) {
        if (key > after) files.push({ key, size: this.sizeOf(`${path}${name}`) });
        continue;
      }
      // No key inside comes behind the one that is asked for.
      if (`${key}/\u{10ffff}` <= after) continue;
      if (files.length > 0) yield files.splice(0);
      yield* this.walk(`${path}${name}/`, after);
    }
    if (files.length > 0) yield files;
  }

  private sizeOf(path: string): number {
    return statOf(join(this.folder, ...safePath(path)))?.size ?? 0;
  }

  private async entries(path: string): Promise<readonly Entry[]> {
    const folder = join(this.folder, ...safePath(path));
    const found = await entriesOf(folder);
    const entries = found.map((it) => entryOf(folder, it));
    return entries.toSorted((a, b) => byText(orderOf(a), orderOf(b)));
  }
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** As S3 orders keys: a folder by its name with the slash behind it. */
function orderOf({ name, isFolder }: Entry): string {
  return isFolder ? `${name}/` : name;
}

/** What leads nowhere or is no file is listed, too: whoever reads it hears so, and does not take it for absent. */
function entryOf(folder: string, entry: Dirent): Entry {
  const { name } = entry;
  if (!entry.isSymbolicLink()) return { name, isFolder: entry.isDirectory() };
  return { name, isFolder: statOf(join(folder, name))?.isDirectory() === true };
}

/** Undefined where nothing is there, or a link leads to itself. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isAbsence(error) || hasCode(error, 'ELOOP')) return undefined;
    throw unreadable(error);
  }
}

/** The parts of a key as names of files; what would leave the folder is no part of a copy. */
function safePath(path: string): string[] {
  const parts = path.split('/').filter((it) => it !== '');
  if (parts.some((it) => it === '.' || it === '..' || it.includes('\\') || it.includes('\0'))) {
    throw new Unreadable('error', `no file of a copy has the name ${JSON.stringify(path)}`);
  }
  return parts;
}

/** As much as is read at once. */
const partSize = 256 * 1024;

const readPart = (descriptor: number, part: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    read(descriptor, part, 0, part.length, null, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else reject(error);
    });
  });

async function* readFrom(descriptor: number): AsyncGenerator<Uint8Array> {
  try {
    const found = fstatSync(descriptor);
    // What is written into a pipe may never end.
    if (!found.isFile()) throw new Unreadable('error', 'it is not a regular file');
    const { size } = found;
    let total = 0;
    for (;;) {
      // One byte more than there should be: most files are read at once.
      const part = Buffer.allocUnsafe(Math.min(size + 1, partSize));
      const bytesRead = await readPart(descriptor, part);
      if (bytesRead === 0) return;
      total += bytesRead;
      yield part.subarray(0, bytesRead);
      if (total === size && bytesRead < part.length) return;
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : unreadable(error);
  } finally {
    closeSync(descriptor);
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsence(error)) return [];
    throw unreadable(error);
  }
}

/** What is not there is `undefined`; all else that the file system refuses is unreadable. */
function unlessAbsent<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw unreadable(error);
  }
}

function isAbsence(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function unreadable(error: unknown): Unreadable {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const reason = error.code === 'EACCES' || error.code === 'EPERM' ? 'access-denied' : 'error';
  return new Unreadable(reason, String(error.code), { cause: error });
}
