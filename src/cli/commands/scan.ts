import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadInventory, saveInventory } from '../../collect/inventory/index.js';
import { evaluate } from '../../evaluate/index.js';
import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import type { Results } from '../../model/results.js';
import { packageFile } from '../../package-file.js';
import { fileNameOf, parseFormat, render, sarifWarnings, type Format } from '../../report/index.js';
import { exitCodeOf, exitCodes, isFailOn, type FailOn } from '../exit-codes.js';
import { callsOf, chosenPacks, readPolicies, reportDiagnostics, type PolicyOptions } from '../load-policies.js';
import { notBuiltYet } from '../not-built.js';
import { visible } from '../print-error.js';
import { parseSourceOptions } from '../source-options.js';
import { splitList } from '../split-list.js';
import { columnsOf, wantsColor, type Terminal } from '../terminal.js';
import { version } from '../version.js';
import { checkWritable, writeFileWhole } from '../write-file.js';
import { describeInventory } from '../describe-inventory.js';

/** As commander gives them: each declared in program.ts. */
interface ScanOptions extends PolicyOptions {
  readonly source: string;
  readonly sample?: true;
  readonly format: string;
  readonly output: string;
  readonly failOn: string;
  readonly saveInventory?: string;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

const unbuilt = ['waivers', 'config', 'aggregator', 'asOf', 'previous', 'shard'] as const;

/** `trailproof scan`: reads the state, evaluates the policies on it, writes the reports. */
export async function scanCommand(options: unknown, terminal: Terminal): Promise<number> {
  const scan = options as ScanOptions;
  refuseUnbuilt(options as Readonly<Record<string, unknown>>);
  const formats = [...new Set(splitList(scan.format).map(parseFormat))];
  const failOn = failOnOf(scan.failOn);
  const sourceOptions = parseSourceOptions(options);
  const policies = readPolicies(scan, true);
  if (!reportDiagnostics(policies, terminal)) return exitCodes.usage;

  if (scan.saveInventory !== undefined) await checkWritable(scan.saveInventory);

  const startedAt = new Date();
  const inventory = await read(scan, async () => {
    // The AWS SDK takes half a second to load: who evaluates a file does not wait for it.
    const { collectLive } = await import('./collect.js');
    // A saved inventory is for other policies, too: it holds everything.
    const calls = scan.saveInventory === undefined ? callsOf(policies.policies) : undefined;
    return await collectLive(sourceOptions, terminal, scan.quiet === true, calls);
  });
  if (scan.saveInventory !== undefined) await saveInventory(inventory, scan.saveInventory);
  if (inventory.interrupted && isLive(scan)) return interrupted(inventory, scan.saveInventory, terminal);

  const results = evaluate(inventory, policies.policies, {
    ...runTimes(scan, inventory, startedAt),
    version: version(),
  });
  const written = await writeReports(results, formats, scan, terminal);
  if (scan.quiet !== true) {
    if (written.length > 0) terminal.stderr.write(`Wrote ${written.join(', ')}\n`);
    if (scan.saveInventory !== undefined) terminal.stderr.write(`Saved the inventory to ${scan.saveInventory}\n`);
  }
  if (scan.verbose === true) terminal.stderr.write(details(results));
  if (isUnreadable(results)) {
    const [first] = results.coverage.accounts.unreadable;
    throw new UsageError(
      `Not one account could be read: ${first?.id ?? ''}: ${first?.reason ?? ''}`,
      'trailproof permissions shows the role that each account needs.',
    );
  }
  return exitCodeOf(results, failOn, scan.allowIncomplete === true);
}

function refuseUnbuilt(options: Readonly<Record<string, unknown>>): void {
  for (const name of unbuilt) {
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (options[name] !== undefined) throw notBuiltYet(`--${flag}`);
  }
  if (existsSync('trailproof.yaml')) {
    throw new UsageError(
      'There is a trailproof.yaml here, but configuration files are not built yet in this version.',
      'Say the same with flags, and run from another folder or rename the file, so that nothing in it is passed over.',
    );
  }
}

function failOnOf(text: string): FailOn {
  if (isFailOn(text)) return text;
  throw new UsageError(
    `--fail-on '${text}' is no severity.`,
    'One of critical, high, medium, low, informational, or none.',
  );
}

const isLive = ({ source, sample }: ScanOptions): boolean => sample !== true && source === 'live';

async function read(scan: ScanOptions, collect: () => Promise<Inventory>): Promise<Inventory> {
  if (scan.sample === true) {
    if (scan.source !== 'live') throw new UsageError('--sample and --source exclude each other.');
    return await loadInventory(packageFile('src/sample/inventory.json'));
  }
  if (isLive(scan)) return await collect();
  if (scan.source === 'config' || scan.source === 'config+live') throw notBuiltYet(`--source ${scan.source}`);
  return await loadInventory(scan.source);
}

/** A live run began when it read; the sample is the same to the byte each time. */
function runTimes(
  scan: ScanOptions,
  inventory: Inventory,
  startedAt: Date,
): { readonly startedAt: string; readonly finishedAt: string } {
  if (scan.sample === true) return { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt };
  return {
    startedAt: isLive(scan) ? inventory.capturedAt : startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
  };
}

function interrupted(inventory: Inventory, saved: string | undefined, terminal: Terminal): number {
  const kept =
    saved === undefined ? 'Nothing was kept; --save-inventory keeps what was read.' : `What was read is in ${saved}.`;
  terminal.stderr.write(
    `${describeInventory(inventory)}\nNothing was evaluated: half an organization proves nothing. ${kept}\n`,
  );
  return exitCodes.interrupted;
}

async function writeReports(
  results: Results,
  formats: readonly Format[],
  scan: ScanOptions,
  terminal: Terminal,
): Promise<string[]> {
  const options = {
    policySet: chosenPacks(scan).join('+'),
    columns: columnsOf(terminal),
    color: wantsColor(terminal),
  };
  const written: string[] = [];
  for (const format of formats) {
    const name = fileNameOf(format);
    if (name === undefined) {
      if (scan.quiet !== true) for (const chunk of render(format, results, options)) terminal.stdout.write(chunk);
      continue;
    }
    if (format === 'sarif')
      for (const warning of sarifWarnings(results)) terminal.stderr.write(`warning: ${warning}\n`);
    const file = join(scan.output, name);
    await writeFileWhole(file, render(format, results, options));
    written.push(file);
  }
  return written;
}

/** Every call and every gap, one a line. */
function details({ coverage: { apiCalls }, gaps }: Results): string {
  const calls = Object.entries(apiCalls.byOperation).map(([name, count]) => `call ${name} ${count}`);
  const unread = gaps.map(
    (gap) =>
      `gap ${gap.call} ${gap.accountId} ${gap.region} ${gap.resource ?? '-'} ${gap.reason}: ${visible(gap.message)}`,
  );
  return `${[...calls, ...unread].join('\n')}\n`;
}

function isUnreadable({ coverage: { accounts } }: Results): boolean {
  return accounts.evaluated === 0 && accounts.unreadable.length > 0;
}
