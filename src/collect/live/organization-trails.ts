import { known, type Known, type Unknown } from '../../model/known.js';
import type { Answer } from '../aws/aws-call.js';
import type { OwnTrails } from './account.js';
import type { Accounts } from './accounts.js';
import type { Context } from '../run/context.js';
import { findOrganizationTrails, describeForeignTrails, listTrails, type ListedTrail } from '../resources/trails.js';

/**
 * The organization's trails: from the management account, else as a delegated administrator sees them, as shadow
 * trails: how they are configured, never what their owner is told of them. That it finds none proves nothing.
 */
export async function findTrails(
  context: Context,
  managementAccountId: string,
  administrators: Promise<Answer<readonly string[]>>,
  accounts: Accounts,
): Promise<Known<readonly ListedTrail[]>> {
  const own = await accounts.ownTrails(managementAccountId, context.region);
  if (!('gap' in own) && own.listed.it.state === 'known') return known(mayBeOrganizationTrails(own));
  const unread = whyUnread(own);
  const { it } = await administrators;
  const caller = context.sessions.base.accountId;
  for (const accountId of new Set([caller, ...(it.state === 'known' ? it.value : [])])) {
    if (accountId === managementAccountId) continue;
    const found = await findTrailsFrom(context, accountId, managementAccountId, unread, accounts);
    if (found.length > 0) return known(found);
  }
  return unread;
}

function whyUnread(own: Awaited<ReturnType<Accounts['ownTrails']>>): Unknown {
  const it = 'gap' in own ? own.gap : own.listed.it;
  if (it.state === 'unknown') return it;
  throw new Error('A list that was read cannot be the reason why something is unknown.');
}

/** A trail whose description was refused may be the organization's: the members will tell. */
function mayBeOrganizationTrails(own: OwnTrails): ListedTrail[] {
  return own.trails.filter(
    ({ description: it }) => it.state === 'unknown' || (it.state === 'known' && it.value.isOrganizationTrail),
  );
}

async function findTrailsFrom(
  context: Context,
  accountId: string,
  managementAccountId: string,
  unread: Unknown,
  accounts: Accounts,
): Promise<readonly ListedTrail[]> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return [];
  const { session } = entered;
  const answers = await Promise.all([
    listTrails(context, session, context.region),
    findOrganizationTrails(context, session, context.region),
  ]);
  const seen = answers.flatMap(({ it }) => (it.state === 'known' ? it.value : []));
  const theirs = new Map(seen.filter((it) => it.accountId === managementAccountId).map((it) => [it.arn, it]));
  const trails = [...theirs.values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  accounts.addTrails(await describeForeignTrails(context, session, trails, () => unread));
  return trails;
}
