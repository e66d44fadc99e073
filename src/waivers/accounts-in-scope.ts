import { isAccountId, parseArn } from '../model/identifiers.js';
import type { WaiverAccount } from './facts.js';
import type { MeantOus } from './resolve-ous.js';
import type { Waiver } from './waiver.js';

/** Accounts that a waiver may speak of: those that it names, else those of its ARNs, else all. */
export function candidatesOf(
  { accounts, resources }: Waiver,
  { ids: ous, isOpen }: MeantOus,
  all: readonly WaiverAccount[],
): readonly WaiverAccount[] {
  if (accounts !== undefined || ous !== undefined) {
    return all.filter(
      ({ id, parents }) =>
        accounts?.includes(id) === true ||
        (ous !== undefined && (isOpen || parents === undefined || parents.some((parent) => ous.includes(parent)))),
    );
  }
  const owners = (resources ?? []).map(ownerOf);
  const isSaid = owners.length > 0 && owners.every((owner) => owner !== undefined);
  return isSaid ? all.filter((it) => owners.includes(it.id)) : all;
}

/** The account that an ARN, or a pattern of one, names; a bucket's does not. */
function ownerOf(resource: string): string | undefined {
  const accountId = parseArn(resource)?.accountId;
  return accountId !== undefined && isAccountId(accountId) ? accountId : undefined;
}
