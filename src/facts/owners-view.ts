import type { Account, Inventory, Trail } from '../model/inventory.js';
import { unknown, type Known } from '../model/known.js';
import type { GapSink } from './fact-gaps.js';

const calls = {
  status: 'cloudtrail:GetTrailStatus',
  eventSelectors: 'cloudtrail:GetEventSelectors',
  insightSelectors: 'cloudtrail:GetInsightSelectors',
} as const;

type Facet = keyof typeof calls;

/**
 * The inventory with nothing in its trails but what their owners told. Status and selectors that another account was
 * told are that account's view: they become unknown, and a status becomes one of that account's observations. Scans
 * kept them as the trail's own once, and the evidence says who was asked.
 */
export function withOwnersViewOnly(inventory: Inventory, gaps: GapSink): Inventory {
  const named = new Set(inventory.trails.flatMap(({ evidence }) => Object.values(calls).map((call) => evidence[call])));
  const asked = new Map<string, string>();
  for (const { id, accountId } of inventory.evidence) if (named.has(id)) asked.set(id, accountId);
  const teller = (trail: Trail, facet: Facet): string | undefined => {
    const id = trail.evidence[calls[facet]];
    const accountId = id === undefined ? undefined : asked.get(id);
    return accountId === trail.accountId || trail[facet].state === 'unknown' ? undefined : accountId;
  };
  const foreign = inventory.trails.filter((trail) => teller(trail, 'status') !== undefined);
  const trails = inventory.trails.map((trail) => {
    const own = <T>(facet: Facet, it: Known<T>): Known<T> => {
      const accountId = teller(trail, facet);
      return accountId === undefined ? it : unknown(gaps.add(notTheOwners(trail, facet, accountId, inventory)));
    };
    const { status, eventSelectors, insightSelectors } = trail;
    const isOwnersAlone = (Object.keys(calls) as Facet[]).every((facet) => teller(trail, facet) === undefined);
    if (isOwnersAlone) return trail;
    return {
      ...trail,
      status: own('status', status),
      eventSelectors: own('eventSelectors', eventSelectors),
      insightSelectors: own('insightSelectors', insightSelectors),
    };
  });
  if (trails.every((trail, index) => trail === inventory.trails[index])) return inventory;
  return {
    ...inventory,
    trails,
    accounts: inventory.accounts.map((account) => withObservations(account, foreign, teller)),
  };
}

function withObservations(
  account: Account,
  foreign: readonly Trail[],
  teller: (trail: Trail, facet: Facet) => string | undefined,
): Account {
  const known = new Set(account.observedTrails.map((it) => it.trailArn));
  const told = foreign.filter((trail) => teller(trail, 'status') === account.id && !known.has(trail.arn));
  if (told.length === 0) return account;
  const observed = told.map(({ arn, status, evidence }) => ({ trailArn: arn, status, evidence }));
  return { ...account, observedTrails: [...account.observedTrails, ...observed] };
}

function notTheOwners({ arn, accountId, homeRegion }: Trail, facet: Facet, teller: string, { capturedAt }: Inventory) {
  return {
    call: calls[facet],
    accountId,
    region: homeRegion,
    resource: arn,
    reason: 'not-collected',
    message: `Account ${accountId}, which owns trail ${arn}, was not asked. What account ${teller} was told is its own view of the trail.`,
    at: capturedAt,
  } as const;
}
