import { hash } from 'node:crypto';
import { UsageError } from '../model/errors.js';
import type { Results, Scan } from '../model/results.js';
import { plural } from '../text/plural.js';

/** The role that a scan assumes when nothing else is said. */
const usualRole = 'TrailproofAudit';

/** What a scan is, as far as it sets it apart from others of the same organization. */
export interface ScanDescription {
  /** What `--scan-id` says. */
  readonly named?: string | undefined;
  /** The chosen packs, in whatever order. */
  readonly packs: readonly string[];
  readonly scope: {
    readonly accounts: readonly string[];
    readonly excludedAccounts: readonly string[];
    readonly organizationalUnits: readonly string[];
  };
  readonly roleName?: string | undefined;
}

/**
 * The identity of a scan: as it is named, else made of the set of packs and, where it is not of the whole organization
 * with the usual role, of a digest of its scope. The order of packs, accounts and OUs makes no difference.
 *
 * @throws UsageError for a name that could not stand in a path
 */
export function scanOf({ named, packs: chosen, scope, roleName }: ScanDescription): Scan {
  if (named !== undefined) checkName(named);
  const packs = sortedSet(chosen);
  const parts = sortedSet([
    ...scope.accounts.map((id) => `account:${id}`),
    ...scope.excludedAccounts.map((id) => `not:${id}`),
    ...scope.organizationalUnits.map((id) => `ou:${id}`),
    ...(roleName === undefined || roleName === usualRole ? [] : [`role:${roleName}`]),
  ]);
  const ofScope = parts.length === 0 ? '' : `.${hash('sha256', parts.join('\n'), 'hex').slice(0, 8)}`;
  return { id: named ?? `${packs.join('+')}${ofScope}`, isNamed: named !== undefined, packs, scope: parts };
}

/**
 * The identity of a run that follows on earlier results by name of the user: another choice of packs goes on under the
 * earlier id, so that the alerts go on.
 *
 * @throws UsageError where the earlier results are another scan's: following on them would close its alerts.
 */
export function continuedScan(scan: Scan, previous: Results): Scan {
  const before = previous.run.scan;
  if (before === undefined || before.id === scan.id) return scan;
  const hasSameScope = before.scope.join(' ') === scan.scope.join(' ');
  if (!before.isNamed && !scan.isNamed && hasSameScope) return { ...scan, id: before.id };
  throw new UsageError(
    `--previous holds the results of the scan '${before.id}' (${described(before)}), and this is '${scan.id}' (${described(scan)}).`,
    `To go on with that scan's alerts: --scan-id ${before.id}. For a scan of its own: --previous none, or its own last results.`,
  );
}

/** What a scan is of, in a few words. */
function described({ packs, scope }: Scan): string {
  const parts = scope.length > 3 ? [...scope.slice(0, 3), `${scope.length - 3} more`] : scope;
  return `${plural(packs.length, 'pack')} ${packs.join(', ')}; ${parts.length === 0 ? 'the whole organization' : parts.join(', ')}`;
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9][\w.+:@/-]{0,99}$/.test(name)) return;
  throw new UsageError(
    `--scan-id '${name}' cannot be part of a path.`,
    'Use up to 100 letters, digits, dots, hyphens and underscores: --scan-id production.',
  );
}

function sortedSet(all: readonly string[]): readonly string[] {
  return [...new Set(all)].toSorted();
}
