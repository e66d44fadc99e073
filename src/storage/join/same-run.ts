import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';

/** An inventory and the file that it came from, for messages. */
export interface NamedInventory {
  readonly file: string;
  readonly inventory: Inventory;
}

const aDay = 24 * 60 * 60 * 1000;

/**
 * Refuses inventories that cannot be parts of one run.
 *
 * @throws UsageError that names two files and what differs between them.
 */
export function checkSameRun(first: NamedInventory, other: NamedInventory): void {
  for (const [what, tell] of compared) {
    const [a, b] = [tell(first.inventory), tell(other.inventory)];
    if (a === b) continue;
    throw new UsageError(
      `${first.file} and ${other.file} cannot be joined: ${what} differs, ${a} and ${b}.`,
      'Join only inventories of one organization that one version of Trailproof read with the same flags.',
    );
  }
  if (hoursApart(first.inventory, other.inventory) > 24) {
    throw new UsageError(
      `${first.file} (${first.inventory.capturedAt}) and ${other.file} (${other.inventory.capturedAt}) were read more than a day apart.`,
      'What held then may not hold now: read again.',
    );
  }
}

const compared: readonly (readonly [string, (it: Inventory) => string])[] = [
  ['the organization', ({ organization }) => organization?.id ?? 'none'],
  ['the partition', ({ partition }) => partition],
  ['the source', ({ source }) => source],
  ['--as-of', ({ asOf }) => asOf ?? 'none'],
  ['the caller', ({ caller }) => withoutSession(caller.arn)],
  ['the version of Trailproof', ({ tool }) => tool.version],
  [
    'the scope',
    ({ scope }) =>
      `--account [${scope.accounts.join(' ')}] --exclude-account [${scope.excludedAccounts.join(' ')}]` +
      ` --ou [${scope.organizationalUnits.join(' ')}]${scope.deep ? ' --deep' : ''}`,
  ],
];

/** Each session of a role has a name of its own. */
function withoutSession(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}

function hoursApart(a: Inventory, b: Inventory): number {
  return (Math.abs(Date.parse(a.capturedAt) - Date.parse(b.capturedAt)) / aDay) * 24;
}
