import { join } from 'node:path';
import { summarize } from '../../../evaluate/index.js';
import {
  fileNameOf,
  leastBytes,
  render,
  sarifWarnings,
  splitResults,
  type Format,
  type ReportOptions,
  type SplitBy,
} from '../../../report/index.js';
import { counted } from '../../../text/plural.js';
import { UsageError } from '../../../model/errors.js';
import type { History } from '../../../model/history.js';
import type { Verification } from '../../../model/verification.js';
import type { Results } from '../../../model/results.js';
import type { FlagsGiven } from '../../source/flags-given.js';
import { columnsOf, wantsColor, type Terminal } from '../../process/terminal.js';
import { checkWritable, checkWritableFolder, writeFileWhole } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';
import { checkUploadSize } from './upload-size.js';

interface Places {
  readonly output: string;
  readonly saveInventory?: string;
  readonly shard?: string;
}

interface ReportPlaces extends Places {
  readonly productArn?: string;
  readonly splitBy?: string;
  readonly maxBytes?: string;
  readonly history?: History | undefined;
  readonly verifications?: readonly Verification[];
  readonly quiet?: true;
  readonly verbose?: true;
}

/** @throws UsageError for a place that cannot be written to, and for several reports to standard output */
export async function checkPlaces(
  { saveInventory: inventoryFile, output, shard }: Places,
  formats: readonly Format[],
): Promise<void> {
  if (inventoryFile !== undefined) await checkWritable(inventoryFile);
  const names = formats.map(fileNameOf).filter((it) => it !== undefined);
  if (output !== '-') {
    // A shard is evaluated with all others only.
    if (names.length > 0 && shard === undefined) await checkWritableFolder(output, names);
    return;
  }
  if (formats.length === 1) return;
  // They would run into each other.
  throw new UsageError('--output - prints one report, and several are asked for.', 'Name it: --format json --output -');
}

/** Writes every report, SARIF last, and gives back the names of the files. */
export async function writeReports(
  results: Results,
  formats: readonly Format[],
  scan: ReportPlaces,
  terminal: Terminal,
): Promise<string[]> {
  const options = {
    columns: columnsOf(terminal),
    color: wantsColor(terminal),
    verbose: scan.verbose === true,
    policySet: results.run.scan?.packs.join('+'),
    productArn: scan.productArn,
    maxBytes: parseMaxBytes(scan.maxBytes),
    history: scan.history,
    verifications: scan.verifications,
  };
  const written: string[] = [];
  // SARIF is refused where GitHub would refuse it; the others are written all the same.
  const inOrder = [...formats.filter((it) => it !== 'sarif'), ...formats.filter((it) => it === 'sarif')];
  for (const format of inOrder) {
    const name = scan.output === '-' ? undefined : fileNameOf(format);
    if (name === undefined) {
      if (scan.quiet !== true || scan.output === '-')
        for (const chunk of render(format, results, options)) terminal.stdout.write(chunk);
      continue;
    }
    if (format === 'sarif') {
      writeLines(
        terminal.stderr,
        sarifWarnings(results).map((it) => `warning: ${it}`),
      );
    }
    const file = join(scan.output, name);
    await writeFileWhole(file, render(format, results, options));
    if (format === 'sarif') await checkUploadSize(file);
    written.push(file);
  }
  return [...written, ...(await writeParts(results, formats, scan, options))];
}

/** The reports of each owner; SARIF is of the whole, as an upload of a part would close the alerts of all else. */
async function writeParts(
  results: Results,
  formats: readonly Format[],
  { splitBy, output }: ReportPlaces,
  whole: ReportOptions,
): Promise<readonly string[]> {
  if (splitBy === undefined) return [];
  // They tell of all accounts.
  const options = { ...whole, history: undefined, verifications: undefined };
  const by = parseSplitBy(splitBy);
  const folder = join(output, `by-${by}`);
  let count = 0;
  for (const { name, results: part } of splitResults(results, by, summarize)) {
    count += 1;
    for (const format of formats) {
      const file = fileNameOf(format);
      if (file === undefined || !isOfParts(format)) continue;
      await writeFileWhole(join(folder, name, file), render(format, part, options));
    }
  }
  return [`${folder} (${counted(count, 'folder')})`];
}

/** @throws UsageError for what is not a way to split, for a size that no report has, and for what changes no report */
export function checkReportFlags(
  { splitBy, maxBytes, output, flagsGiven = [] }: Pick<ReportPlaces, 'splitBy' | 'maxBytes' | 'output'> & FlagsGiven,
  formats: readonly Format[],
): void {
  parseMaxBytes(maxBytes);
  refuseWithout('--max-bytes', ['markdown'], flagsGiven.includes('maxBytes'), formats);
  refuseWithout('--product-arn', ['asff'], flagsGiven.includes('productArn'), formats);
  refuseWithout('--history', ['html', 'markdown'], flagsGiven.includes('history'), formats);
  if (splitBy === undefined) return;
  parseSplitBy(splitBy);
  if (output === '-')
    throw new UsageError('--split-by writes a folder for each owner, and --output - prints one report.');
  if (!formats.some(isOfParts)) {
    throw new UsageError(
      `--split-by has no effect with --format ${formats.join(',')}: there is no report to write for each owner.`,
      'Add one that is a file for its readers: html, markdown, json or csv.',
    );
  }
}

function refuseWithout(flag: string, needed: readonly Format[], isGiven: boolean, formats: readonly Format[]): void {
  if (!isGiven || needed.some((it) => formats.includes(it))) return;
  throw new UsageError(
    `${flag} has no effect without --format ${needed.join(' or ')}.`,
    `Add ${needed.join(' or ')} to --format, or leave it out.`,
  );
}

/** Reports that are written for each owner: SARIF is of the whole. */
function isOfParts(format: Format): boolean {
  return format !== 'sarif' && fileNameOf(format) !== undefined;
}

function parseSplitBy(text: string): SplitBy {
  if (text === 'account' || text === 'ou') return text;
  throw new UsageError(`--split-by '${text}' is not a way to split reports.`, 'account or ou.');
}

function parseMaxBytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (bytes >= leastBytes) return bytes;
  throw new UsageError(
    `--max-bytes '${text}' is not a size that a report can have.`,
    `A number of at least ${leastBytes}.`,
  );
}
