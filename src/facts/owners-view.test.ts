import { describe, expect, test } from 'vitest';
import {
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  trailArn,
} from '../../test/support/inventory-builders.js';
import type { Evidence, Inventory } from '../model/inventory.js';
import { FactGaps } from './fact-gaps.js';
import { withOwnersViewOnly } from './owners-view.js';

const evidence = {
  'cloudtrail:DescribeTrails': 'd',
  'cloudtrail:GetTrailStatus': 's',
  'cloudtrail:GetEventSelectors': 'e',
};

function toldTo(accountId: string, observedTrails = [] as Inventory['accounts'][number]['observedTrails']): Inventory {
  const asked = Object.entries(evidence).map(([call, id]): Evidence => ({
    id,
    call,
    accountId,
    region: 'eu-central-1',
    at: '2026-11-21T00:00:00.000Z',
  }));
  const accounts = [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, observedTrails })];
  const inventory = anInventory({ trails: [aTrail({ evidence })], accounts, evidence: asked });
  return { ...inventory, accounts };
}

describe('a trail in an inventory', () => {
  test('keeps what its owner told', () => {
    const inventory = toldTo(MANAGEMENT);
    expect(withOwnersViewOnly(inventory, new FactGaps())).toBe(inventory);
    const unproved = anInventory();
    expect(withOwnersViewOnly(unproved, new FactGaps())).toBe(unproved);
  });

  test('keeps nothing that another account was told, but its configuration', () => {
    const gaps = new FactGaps();
    const told = toldTo(MEMBER);
    const { trails, accounts } = withOwnersViewOnly(told, gaps);
    expect(trails[0]?.description).toEqual(told.trails[0]?.description);
    expect([trails[0]?.status.state, trails[0]?.eventSelectors.state]).toEqual(['unknown', 'unknown']);
    // Nobody asked for Insights: that there are none follows from the description.
    expect(trails[0]?.insightSelectors).toEqual(known([]));
    expect(
      gaps
        .all()
        .map(({ call, accountId, reason }) => `${call} ${accountId} ${reason}`)
        .toSorted(),
    ).toEqual([
      `cloudtrail:GetEventSelectors ${MANAGEMENT} not-collected`,
      `cloudtrail:GetTrailStatus ${MANAGEMENT} not-collected`,
    ]);
    expect(accounts.find(({ id }) => id === MEMBER)?.observedTrails).toEqual([
      { trailArn: trailArn(), status: told.trails[0]?.status, evidence },
    ]);
  });

  test("does not take the place of the account's own answer", () => {
    const own = anObservation({ status: known(aStatus({ isLogging: false })) });
    const { accounts } = withOwnersViewOnly(toldTo(MEMBER, [own]), new FactGaps());
    expect(accounts.find(({ id }) => id === MEMBER)?.observedTrails).toEqual([own]);
  });
});
