import type { EventCoverage } from '../facts/index.js';
import type { Account } from '../model/inventory.js';
import { allEvidenceOf, evidenceOf } from './fields.js';
import type { World } from './world.js';

/** Evidence of the calls, those of the organization included, as some tell of all accounts at once. */
export function evidenceOfCalls(account: Account, { inventory }: World, calls: readonly string[]): readonly string[] {
  const { organization } = inventory;
  return [...evidenceOf(account, calls), ...(organization === null ? [] : evidenceOf(organization, calls))];
}

export function evidenceOfTrails(account: Account, world: World): readonly (readonly string[])[] {
  const credited = world.creditsOf(account).flatMap(({ trailArn }) => world.lookup.trail(trailArn) ?? []);
  return [
    evidenceOf(account, ['cloudtrail:ListTrails']),
    ...[...world.lookup.trailsOf(account.id), ...credited].map((trail) =>
      evidenceOf(trail, ['cloudtrail:DescribeTrails']),
    ),
    ...account.observedTrails.map(allEvidenceOf),
  ];
}

export function evidenceOfStores(account: Account, { lookup }: World): readonly (readonly string[])[] {
  return [
    evidenceOf(account, ['cloudtrail:ListEventDataStores']),
    ...lookup.eventDataStores.map((store) => evidenceOf(store, ['cloudtrail:GetEventDataStore'])),
  ];
}

/** Everything that was asked of what records there. */
export function evidenceOfCoverage(
  account: Account,
  { sinks: arns }: EventCoverage,
  { lookup }: World,
): readonly (readonly string[])[] {
  const recorders = new Set(arns);
  const stores = lookup.eventDataStores.filter((store) => recorders.has(store.arn));
  return [
    allEvidenceOf(account),
    ...account.observedTrails.filter(({ trailArn }) => recorders.has(trailArn)).map(allEvidenceOf),
    ...arns.flatMap((arn) => lookup.trail(arn) ?? []).map(allEvidenceOf),
    ...stores.map(allEvidenceOf),
  ];
}
