import { planRun } from '../../../collect/index.js';
import { jsonLines, type Format } from '../../../report/index.js';
import { accountsHeldWhole, checkResumable, loadInventory } from '../../../storage/index.js';
import { UsageError } from '../../../model/errors.js';
import { exitCodes } from '../../process/exit-codes.js';
import { withProgress } from '../../source/progress.js';
import type { SourceChoice } from '../../source/source-choice.js';
import { parseSourceOptions, type SourceOptions } from '../../source/source-options.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { planText } from './plan-text.js';
import { writeLines } from '../../process/write-lines.js';

interface PlanOptions {
  /** The only calls that the scan would make; undefined: all. */
  readonly calls: ReadonlySet<string> | undefined;
  /** Bindings name tags of accounts. */
  readonly accountTags: boolean;
  readonly formats: readonly Format[];
}

/**
 * `trailproof scan --plan`: which calls the same command without it would make. As JSON where that is the only format.
 *
 * @throws UsageError for a source that is not live AWS.
 */
export async function planScan(
  { source: name, sample, quiet }: SourceChoice & { readonly quiet?: true },
  options: unknown,
  { calls, accountTags, formats }: PlanOptions,
  terminal: Terminal,
): Promise<number> {
  if (name !== 'live' || sample === true) {
    throw new UsageError(
      `--plan is for a scan of live AWS, and ${sample === true ? '--sample' : `--source ${name}`} reads no account.`,
      'Leave one of the two out.',
    );
  }
  const source = parseSourceOptions(options, terminal.environment);
  const part = await partOf(source);
  const plan = await withProgress(
    terminal.stderr,
    quiet !== true,
    async (onProgress) =>
      await planRun({
        ...source,
        ...part,
        // A run that resumes reads everything, as the inventory is for any policy.
        calls: source.resume === undefined ? calls : undefined,
        accountTags,
        version: version(),
        signal: terminal.signal,
        onProgress,
      }),
  );
  const isJson = formats.length === 1 && formats[0] === 'json';
  const lines = isJson ? jsonLines({ schemaVersion: '1', ...plan }) : planText(plan, source.concurrency);
  writeLines(terminal.stdout, lines);
  return exitCodes.ok;
}

async function partOf({ resume, shard }: SourceOptions): Promise<Pick<Parameters<typeof planRun>[0], 'part'>> {
  if (resume === undefined) return shard === undefined ? {} : { part: { shard } };
  const inventory = await loadInventory(resume);
  checkResumable({ file: resume, inventory }, shard, new Date());
  return { part: { shard, alreadyRead: accountsHeldWhole(inventory) } };
}
