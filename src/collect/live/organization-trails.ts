import type { Known, Unknown } from '../../model/known.js';
import type { Answer } from '../aws/aws-call.js';
import type { OwnTrails } from './account.js';
import type { Accounts } from './accounts.js';
import type { Context } from '../run/context.js';
import { describeForeignTrails, findOrganizationTrails, listTrails, type ListedTrail } from '../resources/trails.js';
import { byArn } from '../../text/order.js';

/** The organization's trails, as far as they were told. */
export interface OrganizationTrails {
  readonly trails: readonly ListedTrail[];
  /** Why there may be more. */
  readonly gap?: Unknown;
}

/**
 * The organization's trails: from the management account, else as a delegated administrator sees them, as shadow
 * trails: how they are configured, never what their owner is told of them. That it finds none proves nothing.
 */
export async function findTrails(
  context: Context,
  managementAccountId: string,
  administrators: () => Promise<Answer<readonly string[]>>,
  accounts: Accounts,
): Promise<OrganizationTrails> {
  const own = await accounts.ownTrails(managementAccountId, context.region);
  if (!('gap' in own) && own.listed.it.state === 'known') return { trails: mayBeOrganizationTrails(own) };
  const gap = 'gap' in own ? own.gap : unknownOf(own.listed.it);
  const { it } = await administrators();
  const caller = context.sessions.base.accountId;
  for (const accountId of new Set([caller, ...(it.state === 'known' ? it.value : [])])) {
    if (accountId === managementAccountId) continue;
    const { trails, isWhole } = await findTrailsFrom(context, accountId, managementAccountId, gap, accounts);
    if (trails.length > 0) return isWhole ? { trails } : { trails, gap };
  }
  return { trails: [], gap };
}

function unknownOf(it: Known<unknown>): Unknown {
  if (it.state !== 'unknown') throw new Error('cloudtrail:ListTrails has no answer that means "absent".');
  return it;
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
): Promise<{ readonly trails: readonly ListedTrail[]; readonly isWhole: boolean }> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { trails: [], isWhole: false };
  const { session } = entered;
  const [listed, visible] = await Promise.all([
    listTrails(context, session, context.region),
    findOrganizationTrails(context, session, context.region),
  ]);
  const theirs = ({ it }: Answer<readonly ListedTrail[]>): readonly ListedTrail[] =>
    it.state === 'known' ? it.value.filter((trail) => trail.accountId === managementAccountId) : [];
  const once = new Map([...theirs(listed), ...theirs(visible)].map((it) => [it.arn, it]));
  const trails = [...once.values()].toSorted(byArn);
  accounts.addTrails(await describeForeignTrails(context, session, trails, () => unread));
  // ListTrails tells the trails of all Regions, if it tells an administrator of such trails at all; the other call
  // tells those of one Region.
  return { trails, isWhole: theirs(listed).length > 0 };
}
