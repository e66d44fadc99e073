import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { schemaCheck, type ErrorObject } from '../json-schema.js';
import { listedKinds, listedTypes, resourcesOf, targetOf } from '../model/resource-kinds.js';

/** Each error after the first few says the same of a file that is not an inventory. */
const shownErrors = 5;

/**
 * The value as an inventory, after it has been held against the published schema and its own references.
 *
 * @throws UsageError that names the file, the place and what is wrong there.
 */
export function checkInventory(value: unknown, file: string): Inventory {
  if (typeof value === 'object' && value !== null && 'evaluations' in value) {
    throw new UsageError(
      `${file} holds results, not an inventory.`,
      'Evaluate an inventory: trailproof collect, or scan --save-inventory FILE, writes one.',
    );
  }
  const version = versionOf(value);
  if (version !== '1') throw notThisVersion(value, version, file);
  const validate = schemaCheck<Inventory>('schema/inventory.v1.json');
  if (!validate(value)) {
    const details = (validate.errors ?? []).slice(0, shownErrors).map(describe);
    throw new UsageError(`${file} is not a valid inventory:`, 'Collect it again: trailproof collect', { details });
  }
  checkReferences(value, file);
  return value;
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
}

function notThisVersion(value: unknown, version: unknown, file: string): UsageError {
  if (typeof version === 'string') {
    return new UsageError(
      `${file} is an inventory of version ${version.slice(0, 20)}; this Trailproof reads version 1.`,
      'Update Trailproof, or collect the inventory again.',
    );
  }
  const what =
    typeof value === 'object' && value !== null && 'configurationItems' in value ? ": it looks like AWS Config's" : '';
  return new UsageError(`${file} is not an inventory${what}.`, 'trailproof collect writes one.');
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const extra: unknown = params['additionalProperty'];
  const where = instancePath === '' ? 'the top level' : instancePath;
  return `${where}: ${message ?? 'is wrong'}${typeof extra === 'string' ? ` ('${extra.slice(0, 60)}')` : ''}`;
}

/** What points into another part of the file must find it there. */
function checkReferences(inventory: Inventory, file: string): void {
  const gaps = new Set(inventory.gaps.map((gap) => gap.id));
  const missing = findMissingGap(inventory, gaps);
  if (missing !== undefined)
    throw new UsageError(`${file} refers to gap '${missing.slice(0, 60)}', which it does not hold.`);
  for (const kind of listedTypes) {
    const twice = findTwice(resourcesOf(kind, inventory).map((it) => targetOf(kind, it).id));
    const { list } = listedKinds[kind];
    if (twice !== undefined) throw new UsageError(`${file} holds '${twice.slice(0, 200)}' twice in ${list}.`);
  }
  for (const { id, recorders = [] } of inventory.accounts) {
    const twice = findTwice(recorders.map((it) => it.region));
    if (twice !== undefined)
      throw new UsageError(`${file} holds the recorder of account ${id} in '${twice.slice(0, 60)}' twice.`);
  }
}

function findTwice(ids: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return ids.find((id) => seen.size === seen.add(id).size);
}

function findMissingGap(value: unknown, gaps: ReadonlySet<string>): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('state' in value && value.state === 'unknown' && 'gap' in value && typeof value.gap === 'string') {
    return gaps.has(value.gap) ? undefined : value.gap;
  }
  for (const child of Object.values(value)) {
    const missing = findMissingGap(child, gaps);
    if (missing !== undefined) return missing;
  }
  return undefined;
}
