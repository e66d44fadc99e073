import {
  compareInventories,
  compareResults,
  type ChangedValue,
  type ResultsDifference,
} from '../../../evaluate/index.js';
import { loadInventory, checkResults, readJson } from '../../../storage/index.js';
import { UsageError } from '../../../model/errors.js';
import { isObject } from '../../../model/is-object.js';
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
    refuseOthers(before, after, first.it.organization?.id, second.it.organization?.id);
    const difference = compareResults(first.it, second.it);
    writeLines(terminal.stderr, otherPolicies(first.it, second.it));
    write(terminal, asJson, difference, () => describeVerdicts(difference));
    return codeOf(difference.changed.length + difference.onlyBefore.length + difference.onlyAfter.length);
  }
  if (first.kind === 'inventory' && second.kind === 'inventory') {
    refuseOthers(before, after, first.it.organization?.id, second.it.organization?.id);
    const changed = compareInventories(first.it, second.it);
    write(terminal, asJson, { changed }, () => describeValues(changed));
    return codeOf(changed.length);
  }
  throw new UsageError(
    `${before} is ${nameOf(first)} and ${after} is ${nameOf(second)}: they cannot be compared.`,
    'Give two results.json, or two inventories that trailproof collect wrote.',
  );
}

/** @throws UsageError for two organizations: nothing of one is anything of the other */
function refuseOthers(before: string, after: string, first: string | undefined, second: string | undefined): void {
  if (first === second) return;
  const [a, b] = [first, second].map((it) => (it === undefined ? 'no organization' : `organization ${it}`));
  throw new UsageError(
    `${before} is of ${a ?? ''} and ${after} is of ${b ?? ''}: they cannot be compared.`,
    'Give two of one organization.',
  );
}

/** Verdicts of policies that one run did not ask are no change of the state. */
function otherPolicies(first: Results, second: Results): readonly string[] {
  const lines = [
    ['first', second, first],
    ['second', first, second],
  ] as const;
  return lines.flatMap(([which, has, lacks]) => {
    const asked = new Set(lacks.policies.map(({ id }) => id));
    const missing = has.policies.filter(({ id }) => !asked.has(id)).map(({ id }) => id);
    if (missing.length === 0) return [];
    return [
      `note: ${counted(missing.length, 'policy', 'policies')} not asked in the ${which} run: ${missing.join(', ')}`,
    ];
  });
}

const nameOf = ({ kind }: Document): string => (kind === 'results' ? 'a results file' : 'an inventory');
const codeOf = (differences: number): number => (differences === 0 ? exitCodes.ok : exitCodes.findings);

/** Results say evaluations; all else is for the reader of inventories, which knows what is wrong with it. */
async function read(file: string): Promise<Document> {
  const document = await readJson(file);
  if (isObject(document) && 'evaluations' in document) return { kind: 'results', it: checkResults(document, file) };
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
