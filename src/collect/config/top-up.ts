import type { Inventory, Trail } from '../../model/inventory.js';
import type { Context } from '../live/context.js';
import { readEventSelectors, readInsights, readTrailStatus } from '../live/trails.js';

/**
 * Asks the owner of each trail for what AWS Config does not record of it: about three calls a trail. What Config did
 * record stays; the evidence says of each fact where it came from.
 */
export async function topUpTrails(context: Context, trails: Inventory['trails']): Promise<Trail[]> {
  return await context.limit(trails, async (trail) => await topUp(context, trail));
}

async function topUp(context: Context, trail: Trail): Promise<Trail> {
  const entered = await context.sessions.enter(trail.accountId);
  if ('gap' in entered) {
    const insightSelectors = trail.insightSelectors.state === 'known' ? trail.insightSelectors : entered.gap;
    return { ...trail, status: entered.gap, eventSelectors: entered.gap, insightSelectors };
  }
  const { session } = entered;
  const [status, selectors, insights] = await Promise.all([
    readTrailStatus(context, session, trail),
    readEventSelectors(context, session, trail),
    trail.insightSelectors.state === 'known' ? undefined : readInsights(context, session, trail),
  ]);
  return {
    ...trail,
    status: status.it,
    eventSelectors: selectors.it,
    ...(insights === undefined
      ? {}
      : { insightSelectors: insights.it.state === 'absent' ? { state: 'known', value: [] } : insights.it }),
    evidence: { ...trail.evidence, ...status.evidence, ...selectors.evidence, ...insights?.evidence },
  };
}
