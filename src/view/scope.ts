import { resourceKinds } from '../model/resource-kinds.js';
import { accountShape } from './account.js';
import { PartObject } from './object.js';
import type { Target } from './targets.js';
import { Unknown, type Timestamp, type Value, type ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** The names that an expression on a target knows. */
export function scopeOf(target: Target, world: World, now: Timestamp): ReadonlyMap<string, Value> {
  const { organization } = world.inventory;
  const scope = new Map<string, Value>([['now', now]]);
  if (organization !== null) scope.set('organization', world.organization(organization));
  if (target.type !== 'organization' && target.type !== 'account') scope.set('account', ownerOf(target, world));
  return scope.set(resourceKinds[target.type].variable, target.object);
}

/** The account that owns the target. Nothing but the id is known of one outside what is evaluated. */
function ownerOf(target: Target, world: World): ViewObject {
  const account = world.lookup.account(target.accountId);
  if (account !== undefined && account.outOfScope === undefined) return world.account(account);
  const owner = target.object.get('accountId');
  const why = owner instanceof Unknown ? owner : new Unknown([world.note(outside(target, account?.outOfScope))]);
  const values = [...accountShape.fields.keys()].map((field) => [field, field === 'id' ? owner : why] as const);
  return new PartObject('Account', Object.fromEntries(values), target.object, 'accountId');
}

function outside({ accountId }: Target, reason: string | undefined): Parameters<World['note']>[0] {
  return {
    call: 'organizations:ListAccounts',
    accountId,
    region: 'global',
    reason: 'not-collected',
    message:
      reason === undefined
        ? `Account ${accountId} is outside of what this run read.`
        : `Account ${accountId} is out of the scope of this run: ${reason}.`,
  };
}
