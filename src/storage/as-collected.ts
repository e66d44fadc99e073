import type { Account, Inventory, Trail, TrailStatus } from '../model/inventory.js';
import type { Known } from '../model/known.js';

/**
 * A saved inventory in the form in which it is collected, whoever wrote it: an account that is not active is out of
 * scope, as it refuses every call, and an empty text in a trail's status is none.
 */
export function asCollected(inventory: Inventory): Inventory {
  const accounts = inventory.accounts.map(accountAsCollected);
  const trails = inventory.trails.map(trailAsCollected);
  const isChanged =
    accounts.some((it, index) => it !== inventory.accounts[index]) ||
    trails.some((it, index) => it !== inventory.trails[index]);
  return isChanged ? { ...inventory, accounts, trails } : inventory;
}

function accountAsCollected(account: Account): Account {
  const { state, outOfScope, observedTrails } = account;
  const isOut = state !== 'ACTIVE' && outOfScope === undefined;
  const observed = observedTrails.map((it) => {
    const status = statusAsCollected(it.status);
    return status === it.status ? it : { ...it, status };
  });
  const isChanged = isOut || observed.some((it, index) => it !== observedTrails[index]);
  if (!isChanged) return account;
  return { ...account, observedTrails: observed, ...(isOut ? { outOfScope: `its state is ${state}` } : {}) };
}

function trailAsCollected(trail: Trail): Trail {
  const status = statusAsCollected(trail.status);
  return status === trail.status ? trail : { ...trail, status };
}

function statusAsCollected(status: Known<TrailStatus>): Known<TrailStatus> {
  if (status.state !== 'known' || Object.values(status.value).every((it) => it !== '')) return status;
  const told = Object.entries(status.value).filter(([, it]) => it !== '');
  // What is left out are optional texts: isLogging is true or false.
  return { ...status, value: Object.fromEntries(told) as unknown as TrailStatus };
}
