import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The file of each format that the action tells of. */
const fileNames = { json: 'results.json', markdown: 'report.md', sarif: 'results.sarif' } as const;

export type FileFormat = keyof typeof fileNames;

/** Tells what a run has written: an earlier step, or an earlier run on the same machine, may have left files there. */
export interface WrittenFiles {
  /** The path of a report; undefined where this run did not write it. */
  readonly file: (format: FileFormat) => string | undefined;
}

/** Looks at a folder before a run, which replaces each file that it writes by another one. */
export function watchFolder(folder: string): WrittenFiles {
  const before = new Map(Object.values(fileNames).map((name) => [name, identity(join(folder, name))]));
  return {
    file: (format) => {
      const name = fileNames[format];
      const path = join(folder, name);
      const now = identity(path);
      return now === undefined || now === before.get(name) ? undefined : path;
    },
  };
}

function identity(path: string): string | undefined {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return file === undefined ? undefined : `${file.ino} ${file.mtimeNs} ${file.size}`;
}
