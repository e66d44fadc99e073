import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileNameOf, type Format } from '../../../report/index.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';

interface Places {
  readonly sample?: true;
  readonly output: string;
  readonly saveInventory?: string;
  readonly evidence?: string;
  readonly shard?: string;
}

/**
 * Warns of places in a git work tree that git does not ignore: reports tell where an organization is weak, and are
 * committed too easily. The sample is nobody's; what a workflow of GitHub writes into its checkout is not committed.
 */
export async function warnOfWorkTree(
  scan: Places,
  formats: readonly Format[],
  { stderr, environment }: Terminal,
): Promise<void> {
  if (scan.sample === true || (environment['GITHUB_ACTIONS'] ?? '') !== '') return;
  const hasReports =
    scan.output !== '-' && scan.shard === undefined && formats.some((it) => fileNameOf(it) !== undefined);
  const places = [
    ...(hasReports ? [{ shown: scan.output, file: join(scan.output, 'results.json') }] : []),
    ...(scan.saveInventory === undefined ? [] : [{ shown: scan.saveInventory, file: scan.saveInventory }]),
    ...(scan.evidence === undefined ? [] : [{ shown: scan.evidence, file: join(scan.evidence, 'answers.jsonl') }]),
  ];
  for (const { shown, file } of places) {
    if (!(await isExposed(resolve(file)))) continue;
    writeLines(stderr, [
      `warning: ${shown} is in a git work tree and not ignored. What is written there tells where the organization is weak: ` +
        `add it to .gitignore, or choose a place outside.`,
    ]);
  }
}

/** True for a file in a work tree that git would let in; false where there is no git to ask, or it cannot say. */
async function isExposed(file: string): Promise<boolean> {
  const folder = nearest(dirname(file));
  if (!isInWorkTree(folder)) return false;
  return await new Promise((done) => {
    // 0: ignored, 1: not, anything else: not known.
    execFile('git', ['-C', folder, 'check-ignore', '--quiet', '--no-index', file], (error) => done(error?.code === 1));
  });
}

/** The folder itself, or the first above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function isInWorkTree(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  return dirname(folder) !== folder && isInWorkTree(dirname(folder));
}
