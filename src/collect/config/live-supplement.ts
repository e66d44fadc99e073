import type { Account, Trail } from '../../model/inventory.js';
import type { Context } from '../run/context.js';
import { readWatched } from '../resources/destinations.js';
import { readFullAccess, unreadFullAccess } from '../resources/full-access.js';
import { withFilters } from '../resources/log-group-filters.js';
import { readRecorders } from '../resources/recorders.js';
import { listRegions } from '../resources/regions.js';
import { readTrailRights } from '../resources/trail-rights.js';
import { withTrailTags } from '../resources/trail-tags.js';
import { readEventSelectors, readInsights, readTrailStatus } from '../resources/trails.js';
import type { TopUp } from './inventory.js';

/**
 * Asks the owner of each trail for what AWS Config does not record of it: about three calls a trail. What Config did
 * record stays; the evidence says of each fact where it came from. Recorders, where they are asked for at all, are
 * asked in each account: two calls a Region. Filters of log groups, alarms, event rules and topics are asked where
 * policies read them.
 */
export function liveTopUp(context: Context): TopUp {
  return {
    trails: async (trails) => await context.limit(trails, async (trail) => await topUp(context, trail)),
    accounts: async (accounts, administering) =>
      await context.limit(accounts, async (account) => {
        const asked = administering.has(account.id) ? await withHolders(context, account) : account;
        return asked.recorders === undefined || !asksLive(context) ? asked : await withLiveRecorders(context, asked);
      }),
    watched: async (told, trails, administrators) => {
      const logGroups = await withFilters(context, told.logGroups);
      return { ...told, logGroups, ...(await readWatched(context, logGroups, trails, administrators)) };
    },
  };
}

/** What is saved for any policy holds what was recorded: nobody asked for ten times the calls. */
function asksLive({ aws }: Context): boolean {
  return aws.settings.calls !== undefined;
}

async function withLiveRecorders(context: Context, account: Account): Promise<Account> {
  const entered = await context.sessions.enter(account.id);
  if ('gap' in entered) return account;
  const regions = await listRegions(context, entered.session);
  const { recordersGap: _, ...rest } = account;
  return {
    ...rest,
    ...(await readRecorders(context, entered.session, regions.it)),
    evidence: { ...account.evidence, ...regions.evidence },
  };
}

/** Who holds full access and who may change trails, where the organization's trails can be changed. */
async function withHolders(context: Context, account: Account): Promise<Account> {
  const { asksFullAccess, asksTrailRights } = context;
  if (!(asksFullAccess || asksTrailRights) || account.outOfScope !== undefined) return account;
  const entered = await context.sessions.enter(account.id);
  if ('gap' in entered) {
    return {
      ...account,
      ...(asksFullAccess ? { fullAccess: unreadFullAccess(context, entered.gap) } : {}),
      ...(asksTrailRights ? { trailRights: { rights: entered.gap, evidence: {} } } : {}),
    };
  }
  const [fullAccess, trailRights] = await Promise.all([
    asksFullAccess ? readFullAccess(context, entered.session) : undefined,
    asksTrailRights ? readTrailRights(context, entered.session) : undefined,
  ]);
  return {
    ...account,
    ...(fullAccess === undefined ? {} : { fullAccess }),
    ...(trailRights === undefined ? {} : { trailRights }),
  };
}

async function topUp(context: Context, trail: Trail): Promise<Trail> {
  const entered = await context.sessions.enter(trail.accountId);
  if ('gap' in entered) {
    const insightSelectors = trail.insightSelectors.state === 'known' ? trail.insightSelectors : entered.gap;
    const asksTags = context.aws.isSelected('cloudtrail:ListTags');
    return {
      ...trail,
      status: entered.gap,
      eventSelectors: entered.gap,
      insightSelectors,
      ...(asksTags ? { tags: entered.gap } : {}),
    };
  }
  const { session } = entered;
  const [status, selectors, insights] = await Promise.all([
    readTrailStatus(context, session, trail),
    readEventSelectors(context, session, trail),
    trail.insightSelectors.state === 'known' ? undefined : readInsights(context, session, trail),
  ]);
  const [tagged = trail] = await withTrailTags(context, session, [trail]);
  return {
    ...tagged,
    status: status.it,
    eventSelectors: selectors.it,
    ...(insights === undefined
      ? {}
      : { insightSelectors: insights.it.state === 'absent' ? { state: 'known', value: [] } : insights.it }),
    evidence: { ...tagged.evidence, ...status.evidence, ...selectors.evidence, ...insights?.evidence },
  };
}
