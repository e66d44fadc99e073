import type { Remark, Path } from '../policy/index.js';
import type { MeantOus } from './resolve-ous.js';
import type { Waiver } from './waiver.js';

/**
 * Tells of accounts and OUs that a waiver names and the organization does not have, or has several of. Warnings and no
 * errors: an account that leaves must not stop the scans of all others.
 *
 * @param known ids of all accounts of the organization; undefined where these could not be listed
 * @returns true where nothing of what it names is left: it speaks of no account at all
 */
export function sayMissing(
  waiver: Waiver,
  ous: MeantOus,
  known: ReadonlySet<string> | undefined,
  say: (path: Path, remark: Remark) => void,
): boolean {
  const named = [...(waiver.accounts ?? []), ...(waiver.ous ?? [])].length;
  const accounts = (waiver.accounts ?? [])
    .map((text, index) => ({ text, index }))
    .filter(({ text }) => known?.has(text) === false);
  const isAll = named > 0 && accounts.length + ous.missing.length === named;
  const gone = (what: string, path: Path, help: string): void => {
    const message = `${what} is not, or no longer, in the organization, so waiver ${waiver.id} accepts nothing there`;
    say(path, { severity: 'warning', code: 'waiver-stale', message, help });
  };
  const remove = isAll ? 'if it is written as it was meant, remove the waiver' : 'check it, or remove it';
  for (const { text, index } of accounts) gone(`account ${text}`, ['accounts', index], remove);
  for (const { text, index, help } of ous.missing) gone(`OU ${text}`, ['ous', index], help ?? remove);
  for (const { text, index, candidates } of ous.ambiguous) {
    say(['ous', index], {
      severity: 'warning',
      code: 'waiver-ambiguous',
      message: `'${text}' may be ${candidates.join(', or ')}, so waiver ${waiver.id} accepts nothing there`,
      help: 'write the path from the root on, as in Root/Workloads/Prod, or the id',
    });
  }
  return isAll;
}
