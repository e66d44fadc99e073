import type { Inventory } from '../../model/inventory.js';
import { listedTypes, resourceKinds, resourcesOf } from '../../model/resource-kinds.js';
import { callerExpired } from '../../model/expired-caller.js';
import { countedInThousands } from '../../text/plural.js';

/** True when an account in scope could not be entered, or its trails not be listed. */
export function isUnreadable(account: Inventory['accounts'][number]): boolean {
  const { outOfScope, elsewhere, ownTrails } = account;
  return outOfScope === undefined && elsewhere === undefined && ownTrails.state !== 'known';
}

/** What to do where the caller's credentials came to their end before all was read; nothing where they did not. */
export function sayExpired({ gaps }: Inventory, saved: string | undefined): readonly string[] {
  if (!gaps.some(({ message }) => message.includes(callerExpired))) return [];
  const next =
    saved === undefined
      ? 'sign in again and repeat the run; with --save-inventory FILE, --resume FILE would read only the rest.'
      : `sign in again, then read the rest: --resume ${saved} --save-inventory ${saved}`;
  return [`warning: ${callerExpired}, and what was left was not read: ${next}`];
}

/** `Read 12 of 14 accounts (1 out of scope) in 61 calls: 3 trails, 2 buckets, 1 key, 1 log group.` */
export function describeInventory(inventory: Inventory): string {
  const { accounts, apiCalls, interrupted } = inventory;
  const outOfScope = accounts.filter((account) => account.outOfScope !== undefined).length;
  const unread = accounts.filter(isUnreadable).length;
  const elsewhere = accounts.filter((account) => account.elsewhere !== undefined).length;
  const read = accounts.length - outOfScope - elsewhere - unread;
  const aside = [
    elsewhere > 0 ? `${elsewhere} in other shards` : '',
    outOfScope > 0 ? `${outOfScope} out of scope` : '',
    unread > 0 ? `${unread} could not be read` : '',
  ];
  const asides = aside.filter((text) => text !== '').join(', ');
  const found = listedTypes
    .filter((kind) => kind !== 'account')
    .map((kind) => ({ kind, count: resourcesOf(kind, inventory).length }))
    .filter(({ kind, count }) => count > 0 || kind === 'trail')
    .map(({ kind, count }) => countedInThousands(count, resourceKinds[kind].noun))
    .join(', ');
  const start = interrupted ? 'Interrupted: read' : 'Read';
  return `${start} ${read} of ${countedInThousands(accounts.length, 'account')}${asides === '' ? '' : ` (${asides})`} in ${countedInThousands(apiCalls.total, 'call')}: ${found}.`;
}
