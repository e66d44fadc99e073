import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { aboutFile, type Diagnostic } from '../diagnostic.js';
import type { Loading } from '../policy-loader.js';
import { readOneFile, type ReadFiles } from '../read-files.js';
import type { Remark } from '../yaml/source.js';
import { findPackage } from './npm-package.js';
import type { PackFile, Reached } from './pack.js';
import { isYamlName, parseReference } from './reference.js';
import { isFolder } from '../is-folder.js';

/** Reads what packs and the user refer to, each folder and file once. */
export class PackLocator {
  private readonly folders = new Map<string, readonly string[]>();
  private readonly packFiles = new Map<string, Reached>();
  private readonly byFile = new Map<string, Reached>();
  /** So many of the packs are in `byFile`. */
  private indexed = 0;
  private readonly reached = new Map<PackFile, readonly Reached[]>();

  constructor(
    private readonly loading: Loading,
    private readonly readFiles: ReadFiles,
    private readonly workingFolder: string,
  ) {}

  /** Reads a folder of policies and packs; returns the ids of its policies. */
  readFolder(folder: string, isBuiltin: boolean): readonly string[] {
    const key = resolve(this.workingFolder, folder);
    const known = this.folders.get(key);
    if (known !== undefined) return known;
    const before = this.loading.readIds.length;
    const { files, diagnostics, unread = [] } = this.readFiles(folder, isBuiltin && this.loading.withoutTests);
    this.loading.diagnostics.push(...diagnostics);
    const isNothing = files.length + unread.length + diagnostics.length === 0;
    if (isNothing && !isBuiltin) this.loading.diagnostics.push(addsNothing(folder));
    for (const file of unread) this.loading.addUnread(file);
    for (const file of files) {
      if (!this.packFiles.has(resolve(this.workingFolder, file.file))) this.loading.add(file, isBuiltin);
    }
    const ids = this.loading.readIds.slice(before);
    this.folders.set(key, ids);
    return ids;
  }

  /** What a reference leads to, its files read. Paths are relative to `base`. */
  reach(text: string, base: string): Reached {
    const reference = parseReference(text);
    switch (reference.kind) {
      case 'wrong': {
        return { kind: 'nothing', remark: { code: 'wrong-reference', ...reference } };
      }
      case 'pack': {
        return reference;
      }
      case 'path': {
        const path = isAbsolute(reference.path) ? reference.path : join(base, reference.path);
        return isYamlName(path) ? this.packIn(path) : this.policiesIn(path);
      }
      case 'npm': {
        return this.inPackage(reference.package, reference.pack);
      }
    }
  }

  /** Follows the `extends` of every pack, also of those that are found on the way. */
  followAll(): void {
    for (const file of this.loading.packs) {
      const base = dirname(file.yaml.source.file);
      this.reached.set(
        file,
        (file.document.extends ?? []).map((text) => this.reach(text, base)),
      );
    }
  }

  reachedFrom(file: PackFile): readonly Reached[] {
    return this.reached.get(file) ?? [];
  }

  private policiesIn(folder: string): Reached {
    if (!isFolder(folder)) {
      const help = 'a path is relative to the file that names it; a pack of its own ends in .yaml';
      const message = existsSync(folder) ? `${folder} is neither a folder nor a pack` : `there is no folder ${folder}`;
      return { kind: 'nothing', remark: { code: 'unreadable', message, help } };
    }
    return { kind: 'policies', ids: this.readFolder(folder, false) };
  }

  private packIn(path: string): Reached {
    const key = resolve(this.workingFolder, path);
    const known = this.packAt(key) ?? this.packFiles.get(key);
    if (known !== undefined) return known;
    const found = this.readPack(path);
    this.packFiles.set(key, found);
    return found;
  }

  /** A pack that was read before, with a folder or by itself. */
  private packAt(key: string): Reached | undefined {
    const { packs } = this.loading;
    for (; this.indexed < packs.length; this.indexed += 1) {
      const pack = packs[this.indexed];
      if (pack === undefined) break;
      const { document, yaml } = pack;
      const reached: Reached = { kind: 'pack', id: document.id, isBuiltin: false };
      this.byFile.set(resolve(this.workingFolder, yaml.source.file), reached);
    }
    return this.byFile.get(key);
  }

  private readPack(path: string): Reached {
    const { files, diagnostics } = readOneFile(path);
    const unreadable = diagnostics.find((it) => it.file === path && it.code === 'unreadable');
    if (unreadable !== undefined) return { kind: 'nothing', remark: leadsNowhere(path, unreadable) };
    this.loading.diagnostics.push(...diagnostics);
    const before = this.loading.packs.length;
    for (const file of files) this.loading.add(file, false);
    const pack = this.loading.packs[before];
    return pack === undefined ? { kind: 'nothing' } : { kind: 'pack', id: pack.document.id, isBuiltin: false };
  }

  private inPackage(name: string, pack: string | undefined): Reached {
    const folder = findPackage(name, this.workingFolder);
    if (folder === undefined) {
      const message = `the npm package '${name}' is not installed here or in a folder above`;
      return { kind: 'nothing', remark: { code: 'unknown-package', message, help: `npm install --save-dev ${name}` } };
    }
    const policies = join(folder, 'policies');
    if (!isFolder(policies)) {
      const message = `the npm package '${name}' holds no folder 'policies'`;
      return { kind: 'nothing', remark: { code: 'unknown-package', message } };
    }
    const ids = this.readFolder(policies, false);
    return pack === undefined ? { kind: 'policies', ids } : { kind: 'pack', id: pack, isBuiltin: false };
  }
}

/** A folder that adds nothing is a mistake that nobody would notice. */
function addsNothing(folder: string): Diagnostic {
  const help = 'a policy is FOLDER/ID/policy.yaml, or FOLDER/ID.yaml: trailproof policies new starts one';
  return aboutFile(folder, 'warning', 'no-policy', 'the folder holds no policy and no pack, so it adds nothing', help);
}

function leadsNowhere(path: string, { message }: Diagnostic): Remark {
  return { code: 'unreadable', message: `there is no pack at ${path}: ${message}` };
}
