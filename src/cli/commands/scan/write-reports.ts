import { join } from 'node:path';
import { fileNameOf, render, sarifWarnings, type Format } from '../../../report/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Results } from '../../../model/results.js';
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
  return written;
}
