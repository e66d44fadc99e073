import { join } from 'node:path';
import { cloudFormationTemplates, planFixes, shellPlan, terraformPlan, type FixPlan } from '../../../fix/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Results } from '../../../model/results.js';
import { checkResults, loadInventory, readJson } from '../../../storage/index.js';
import { logText } from '../../../text/log-text.js';
import { counted } from '../../../text/plural.js';
import { visible } from '../../../text/printable.js';
import { accountIds } from '../../source/source-options.js';
import { splitList } from '../../process/split-list.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { checkWritableFolder, folderOf, writeFileWhole } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
interface FixOptions {
  readonly inventory?: string;
  readonly format: 'commands' | 'terraform' | 'cloudformation';
  readonly account?: readonly string[];
  readonly policy?: readonly string[];
  readonly output?: string;
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** `trailproof fix`: the steps for the findings of a run. It reads files, and writes files or to standard output. */
export async function fixCommand(file: string, options: object, terminal: Terminal): Promise<number> {
  const given = options as FixOptions;
  const asked = {
    ...given,
    ...(given.account === undefined ? {} : { account: accountIds('--account', given.account) }),
    ...(given.policy === undefined ? {} : { policy: given.policy.flatMap(splitList) }),
  };
  if (asked.output !== undefined) folderOf(asked.output);
  const results = checkResults(
    await readJson(file, 'Give the results.json of a scan: trailproof fix results.json'),
    file,
  );
  const inventory = asked.inventory === undefined ? undefined : await inventoryOf(asked.inventory, results, file);
  refuseUnknown(asked, results);
  const plan = planFixes(results, inventory, {
    ...(asked.account === undefined ? {} : { accounts: asked.account }),
    ...(asked.policy === undefined ? {} : { policies: asked.policy }),
  });
  // What a runner would obey is parted or escaped in commands and documents; in the comments it is written out here.
  const texts = textsOf(plan, results, asked.format).map(({ name, text }) => ({ name, text: logText(text) }));
  if (asked.output === undefined) print(texts, terminal);
  else await write(texts, asked.output, terminal);
  const { steps, byHand } = plan;
  writeLines(terminal.stderr, [
    `${counted(steps.length, 'step')}, and ${counted(byHand.length, 'finding')} for people. Nothing was changed.`,
  ]);
  return exitCodes.ok;
}

/** @throws UsageError for an inventory that the results were not made of: names of another state would be filled in */
async function inventoryOf(path: string, results: Results, file: string): Promise<Inventory> {
  const inventory = await loadInventory(path);
  const isSame =
    inventory.capturedAt === results.run.capturedAt && inventory.organization?.id === results.organization?.id;
  if (isSame) return inventory;
  throw new UsageError(
    `${path} was read ${inventory.capturedAt}, and ${file} is of what was read ${results.run.capturedAt}.`,
    'Give the inventory that the same scan saved with --save-inventory.',
  );
}

/** @throws UsageError for an account or policy of which the results know nothing */
function refuseUnknown({ account = [], policy = [] }: FixOptions, results: Results): void {
  const accounts = new Set(results.evaluations.map((it) => it.target.accountId));
  const policies = new Set(results.policies.map((it) => it.id));
  const strange = [...account.filter((it) => !accounts.has(it)), ...policy.filter((it) => !policies.has(it))];
  if (strange.length === 0) return;
  throw new UsageError(`The results do not have ${strange.join(', ')}.`, 'Check --account and --policy.');
}

function textsOf(plan: FixPlan, results: Results, format: FixOptions['format']): readonly NamedText[] {
  const label = labelsOf(results);
  switch (format) {
    case 'commands':
      return [{ name: 'fix.sh', text: shellPlan(plan, results, label) }];
    case 'terraform':
      return [{ name: 'fix.tf', text: terraformPlan(plan, results, label) }];
    case 'cloudformation':
      return cloudFormationTemplates(plan, results, label);
  }
}

/** `111122223333 (payments), Root / Workloads`: the account, and the OU of who owns it. */
function labelsOf({ accounts = [], evaluations }: Results): (id: string) => string {
  const places = new Map(accounts.map((it) => [it.id, it]));
  const names = new Map(
    evaluations.flatMap(({ target: { type, id, name } }) =>
      type === 'account' && name !== undefined ? [[id, name]] : [],
    ),
  );
  return (id) => {
    const place = places.get(id);
    const name = place?.name ?? names.get(id) ?? '';
    const path = place?.path ?? [];
    return visible(`${id}${name === '' ? '' : ` (${name})`}${path.length === 0 ? '' : `, ${path.join(' / ')}`}`);
  };
}

function print(texts: readonly NamedText[], { stdout, stderr }: Terminal): void {
  if (texts.length > 1) {
    throw new UsageError(
      `There are ${texts.length} templates, one for each account, Region and stage.`,
      'Write them to files: --output DIR',
    );
  }
  for (const { text } of texts) writeLines(stdout, text.trimEnd().split('\n'));
  if (texts.length === 0) writeLines(stderr, ['CloudFormation can make nothing of it anew: use --format commands.']);
}

async function write(texts: readonly NamedText[], folder: string, terminal: Terminal): Promise<void> {
  await checkWritableFolder(
    folder,
    texts.map((it) => it.name),
  );
  for (const { name, text } of texts) {
    const file = join(folder, name);
    await writeFileWhole(file, [text]);
    writeLines(terminal.stderr, [`Wrote ${file}`]);
  }
}
