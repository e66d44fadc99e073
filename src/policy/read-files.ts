import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { aboutFile, type Diagnostic } from './diagnostic.js';
import { helpOn, readText, reasonOf } from './read-text.js';
import { byText } from '../text/order.js';
import { isFolder } from './is-folder.js';

/** A file of policies, as text. */
export interface PolicyFile {
  readonly kind: 'policy' | 'tests' | 'pack';
  readonly file: string;
  readonly text: string;
  /** What the id in it must be: the name of its folder, or of a pack's file. Undefined for a policy in a file of its own. */
  readonly name: string | undefined;
  /** What ties a policy to its tests: the folder, or the path without its suffix. */
  readonly stem: string;
}

interface FilesOfFolder {
  readonly files: readonly PolicyFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Files that are there and have no text: nothing that stands beside them is to be told that they are missing. */
  readonly unread?: readonly Omit<PolicyFile, 'text'>[];
}

/** Reads a folder of policies, all or without their tests. It throws for no file: what cannot be read is a diagnostic. */
export type ReadFiles = (folder: string, withoutTests?: boolean) => FilesOfFolder;

/**
 * Reads `<id>/policy.yaml` with its `tests.yaml`, `packs/<id>.yaml`, and policies in files of their own, `<any>.yaml`
 * with `<any>.tests.yaml`. Hidden names are left out, and symbolic links to folders are not followed.
 */
export const readPolicyFiles: ReadFiles = (folder, withoutTests) => {
  const reading = new Reading(withoutTests);
  reading.readFolder(folder);
  return reading;
};

/** Reads one file by itself: a pack, or a configuration. Its name may be any. */
export const readOneFile = (file: string): FilesOfFolder => {
  const reading = new Reading();
  reading.readPack(file, undefined);
  return reading;
};
/** The same for a path of any kind: one file, the folder of one policy, the packs, or a whole folder of policies. */
export function readPolicyPath(path: string): FilesOfFolder {
  const reading = new Reading();
  reading.readPath(path);
  return reading;
}

class Reading {
  readonly files: PolicyFile[] = [];
  readonly unread: Omit<PolicyFile, 'text'>[] = [];
  readonly diagnostics: Diagnostic[] = [];

  constructor(private readonly withoutTests = false) {}

  readFolder(folder: string): void {
    for (const entry of this.list(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name === 'packs') this.readPacks(path);
        else this.readPolicyFolder(path, entry.name);
      } else if (isYaml(entry.name)) {
        const stem = path.replace(/(?:\.tests)?\.ya?ml$/, '');
        this.read(path, { kind: /\.tests\.ya?ml$/.test(entry.name) ? 'tests' : 'policy', name: undefined, stem });
      } else if (/\.ya?ml$/i.test(entry.name)) {
        this.add(path, 'warning', 'unknown-file', 'this file is not read: policies end in .yaml or .yml', 'rename it');
      }
    }
  }

  readPath(path: string): void {
    const name = basename(resolve(path));
    if (!isFolder(path)) {
      if (!isYaml(name) && existsSync(path)) {
        this.add(path, 'error', 'unknown-file', 'this is not a YAML file', 'policies end in .yaml or .yml');
        return;
      }
      const isTests = /(?:^|\.)tests\.ya?ml$/.test(name);
      const isPack = basename(dirname(resolve(path))) === 'packs';
      const kind = isTests ? 'tests' : isPack ? 'pack' : 'policy';
      this.read(path, { kind, name: undefined, stem: path.replace(/(?:\.tests)?\.ya?ml$/, '') });
    } else if (name === 'packs') this.readPacks(path);
    else if (existsSync(join(path, 'policy.yaml'))) this.readPolicyFolder(path, name);
    else this.readFolder(path);
  }

  private readPacks(folder: string): void {
    for (const { name } of this.list(folder)) {
      if (isYaml(name)) this.readPack(join(folder, name), name.replace(/\.ya?ml$/, ''));
    }
  }

  readPack(file: string, name: string | undefined): void {
    this.read(file, { kind: 'pack', name, stem: name ?? file });
  }

  private readPolicyFolder(folder: string, name: string): void {
    const names = this.list(folder).map((it) => it.name);
    const yaml = names.filter(isYaml);
    for (const found of yaml) {
      const path = join(folder, found);
      if (found === 'policy.yaml') this.read(path, { kind: 'policy', name, stem: folder });
      else if (found === 'tests.yaml') this.read(path, { kind: 'tests', name, stem: folder });
      else {
        const message = 'this file is not read: a policy folder holds policy.yaml and tests.yaml';
        this.add(path, 'error', 'unknown-file', message, 'rename it, or move it out of the folder');
      }
    }
    if (yaml.includes('policy.yaml')) return;
    if (yaml.length > 0)
      this.add(folder, 'error', 'no-policy', 'the folder holds no policy.yaml', 'trailproof policies new writes one');
    else this.add(folder, 'warning', 'no-policy', 'the folder holds no policy.yaml, so nothing in it is read');
  }

  /** Names in an order that no file system changes, without hidden ones and links to folders. */
  private list(folder: string): readonly Dirent[] {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.add(folder, 'error', 'unreadable', `the folder cannot be read: ${reasonOf(error)}`, helpOn(error));
      return [];
    }
    return entries
      .filter((it) => !it.name.startsWith('.') && it.name !== 'node_modules')
      .filter((it) => !this.isLinkToFolder(folder, it))
      .toSorted((a, b) => byText(a.name, b.name));
  }

  private isLinkToFolder(folder: string, entry: Dirent): boolean {
    if (!entry.isSymbolicLink()) return false;
    const path = join(folder, entry.name);
    try {
      if (!statSync(path).isDirectory()) return false;
    } catch (error) {
      // A file that is wanted and leads nowhere is told of when it is read.
      if (isYaml(entry.name)) return false;
      this.add(path, 'warning', 'unreadable', `the link leads nowhere: ${reasonOf(error)}`);
      return true;
    }
    const message = 'a symbolic link to a folder: links are not followed, so nothing in it is read';
    this.add(path, 'warning', 'link', message, 'name the folder itself with --policies');
    return true;
  }

  private read(path: string, file: Omit<PolicyFile, 'file' | 'text'>): void {
    if (file.kind === 'tests' && this.withoutTests) return;
    const read = readText(path);
    if ('text' in read) this.files.push({ ...file, file: path, text: read.text });
    else {
      this.diagnostics.push(read.diagnostic);
      this.unread.push({ ...file, file: path });
    }
  }

  private add(file: string, severity: Diagnostic['severity'], code: string, message: string, help?: string): void {
    this.diagnostics.push(aboutFile(file, severity, code, message, help));
  }
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/.test(name);
}
