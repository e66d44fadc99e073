import {
  compareInventories,
  compareResults,
  type ChangedValue,
  type ResultsDifference,
} from '../../../evaluate/index.js';
import { loadInventory, checkResults, readJson } from '../../../storage/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Evaluation, Results } from '../../../model/results.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { counted } from '../../../text/plural.js';
import { jsonLines } from '../../../report/index.js';
import { writeLines } from '../../process/write-lines.js';

type Document =
  | { readonly kind: 'results'; readonly it: Results }
  | { readonly kind: 'inventory'; readonly it: Inventory };

/** `trailproof diff A B`: verdicts, or values of the state, that changed. */
export async function diffCommand(before: string, after: string, asJson: boolean, terminal: Terminal): Promise<number> {
  const [first, second] = [await read(before), await read(after)];
  if (first.kind === 'results' && second.kind === 'results') {
    const difference = compareResults(first.it, second.it);
    write(terminal, asJson, difference, () => describeVerdicts(difference));
    return codeOf(difference.changed.length + difference.onlyBefore.length + difference.onlyAfter.length);
  }
  if (first.kind === 'inventory' && second.kind === 'inventory') {
    const changed = compareInventories(first.it, second.it);
    write(terminal, asJson, { changed }, () => describeValues(changed));
    return codeOf(changed.length);
  }
  throw new UsageError(
    `${before} is ${nameOf(first)} and ${after} is ${nameOf(second)}: they cannot be compared.`,
    'Give two results.json, or two inventories that trailproof collect wrote.',
  );
}

const nameOf = ({ kind }: Document): string => (kind === 'results' ? 'a results file' : 'an inventory');
const codeOf = (differences: number): number => (differences === 0 ? exitCodes.ok : exitCodes.findings);

/** Results are JSON and say evaluations; all else is for the reader of inventories, which knows what is wrong with it. */
async function read(file: string): Promise<Document> {
  if (!file.endsWith('.gz')) {
    const document = await readJson(file);
    if (typeof document === 'object' && document !== null && 'evaluations' in document) {
      return { kind: 'results', it: checkResults(document, file) };
    }
  }
  return { kind: 'inventory', it: await loadInventory(file) };
}

function write(terminal: Terminal, asJson: boolean, difference: object, text: () => string[]): void {
  writeLines(terminal.stdout, asJson ? jsonLines(difference) : text());
}

function describeVerdicts({ changed, onlyBefore, onlyAfter }: ResultsDifference): string[] {
  const place = ({ policyId, target }: Pick<Evaluation, 'policyId' | 'target'>): string =>
    `${policyId} ${target.arn ?? target.id}`;
  const lines = [
    ...changed.flatMap((it) => [`${it.before} → ${it.after}  ${place(it)}${assertionsOf(it)}`, `    ${it.message}`]),
    ...onlyBefore.map((it) => `gone (was ${it.outcome})  ${place(it)}`),
    ...onlyAfter.map((it) => `new: ${it.outcome}  ${place(it)}`),
  ];
  const counts = `${counted(changed.length, 'verdict')} changed, ${onlyBefore.length} gone, ${onlyAfter.length} new`;
  return lines.length === 0 ? ['No verdict changed.'] : [...lines, '', counts];
}

/** Of a finding that stays one. */
function assertionsOf({ nowFail = [], noLongerFail = [] }: ResultsDifference['changed'][number]): string {
  const parts = [
    ...(nowFail.length === 0 ? [] : [`now fails: ${nowFail.join(', ')}`]),
    ...(noLongerFail.length === 0 ? [] : [`no longer fails: ${noLongerFail.join(', ')}`]),
  ];
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}

function describeValues(changed: readonly ChangedValue[]): string[] {
  const lines = changed.flatMap(({ resource, path, before, after }) => [
    resource,
    `    ${path}: ${before ?? '(not there)'} → ${after ?? '(not there)'}`,
  ]);
  return lines.length === 0 ? ['Nothing changed.'] : [...lines, '', `${counted(changed.length, 'value')} changed`];
}
