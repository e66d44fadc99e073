import type { Inventory } from '../../model/inventory.js';
import { countedInThousands } from '../../text/plural.js';

/** True when an account in scope could not be entered, or its trails not be listed. */
export function isUnreadable(account: Inventory['accounts'][number]): boolean {
  const { outOfScope, elsewhere, ownTrails } = account;
  return outOfScope === undefined && elsewhere === undefined && ownTrails.state !== 'known';
}

/** `Read 12 of 14 accounts (1 out of scope) in 61 calls: 3 trails, 2 buckets, 1 key, 1 log group.` */
export function describeInventory({
  accounts,
  trails,
  buckets,
  keys,
  logGroups,
  apiCalls,
  interrupted,
}: Inventory): string {
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
  const found = [
    countedInThousands(trails.length, 'trail'),
    countedInThousands(buckets.length, 'log bucket'),
    countedInThousands(keys.length, 'key'),
    countedInThousands(logGroups.length, 'log group'),
  ].join(', ');
  const start = interrupted ? 'Interrupted: read' : 'Read';
  return `${start} ${read} of ${countedInThousands(accounts.length, 'account')}${asides === '' ? '' : ` (${asides})`} in ${countedInThousands(apiCalls.total, 'call')}: ${found}.`;
}
