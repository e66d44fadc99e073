import { evaluate } from '../../../evaluate/index.js';
import { changesJson, changesText, verdictChanges } from '../../../report/index.js';
import { loadInventory } from '../../../storage/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Results } from '../../../model/results.js';
import { exitCodes } from '../../process/exit-codes.js';
import { readPolicies, readPolicyFolder, reportDiagnostics } from '../../policies/load-policies.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { fileOf, writeFileWhole } from '../../process/write-file.js';
import { pathKind } from '../../process/path-kind.js';

export interface DiffOptions {
  readonly inventory: string;
  readonly policies?: readonly string[];
  readonly format: string;
  readonly output?: string;
  readonly check?: true;
}

/**
 * `trailproof policies diff`: which verdicts on a saved inventory another set of policies would change.
 *
 * @throws UsageError for a set, an inventory or a format that is not there
 */
export async function diffPolicies(
  before: string,
  after: string,
  options: DiffOptions,
  terminal: Terminal,
): Promise<number> {
  const { format, inventory: file } = options;
  const output = fileOf(options.output);
  if (format !== 'text' && format !== 'json') {
    throw new UsageError(`There is no format '${format}'.`, 'Use text or json.');
  }
  const sets = [before, after].map((it) => readSet(it, options));
  // Of two sets with errors both are told.
  if (sets.map((it) => reportDiagnostics(it, terminal)).includes(false)) return exitCodes.usage;
  const inventory = await loadInventory(file);
  const { capturedAt } = inventory;
  const run = { startedAt: capturedAt, finishedAt: capturedAt, version: version() };
  const [old, now] = sets.map(({ policies }): Results => evaluate(inventory, policies, run));
  if (old === undefined || now === undefined) throw new Error('two sets of policies give two results');
  const changes = verdictChanges(old, now);
  const text =
    format === 'json' ? changesJson(changes, { before, after, capturedAt }) : changesText(changes, [old, now]);
  if (output === undefined) terminal.stdout.write(text);
  else await writeFileWhole(output, [text]);
  const isSame = changes.changed.length + changes.added.length + changes.removed.length === 0;
  return options.check === true && !isSame ? exitCodes.findings : exitCodes.ok;
}

/** A folder where there is one of that name, else a pack. */
function readSet(name: string, { policies = [] }: DiffOptions): ReturnType<typeof readPolicies> {
  if (pathKind(name) === 'folder') return readPolicyFolder(name);
  if (/[/\\]/.test(name)) {
    throw new UsageError(`There is no folder ${name}.`, 'Name two folders of policies, or two packs.');
  }
  return readPolicies({ pack: [name], policies }, true);
}
