import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import { type FullAccessHolder, fullAccessHolders } from '../facts/index.js';
import type { Account } from '../model/inventory.js';
import { fromOpenList } from './convert.js';
import { allEvidenceOf } from './fields.js';
import { PartObject } from './object.js';
import { neverRecorded, type World } from './world.js';

const field = 'fullAccessHolders';

/** Who holds AWS's policies of full access in an account. */
export function fullAccessHoldersOf(account: Account, world: World, self: ViewObject): Value {
  const { id, fullAccess } = account;
  if (fullAccess !== undefined) return fromOpenList(fullAccessHolders(fullAccess), (it) => shown(it, self));
  const message =
    `Account ${id} was not asked who holds full access in it: the management account and delegated administrators of ` +
    'CloudTrail are, live, where a policy asks.';
  const call = 'iam:ListEntitiesForPolicy';
  const reason = neverRecorded(world.inventory);
  return new Unknown([world.note({ call, accountId: id, region: 'global', reason, message })]);
}

function shown({ name, kind, policies, groups }: FullAccessHolder, self: ViewObject): ViewObject {
  const values = {
    name,
    kind,
    policies: fromOpenList(policies, (it) => it),
    groups: fromOpenList(groups, (it) => it),
  };
  return new PartObject('FullAccessHolder', values, self, field);
}

export function evidenceOfFullAccess({ fullAccess }: Account): readonly (readonly string[])[] {
  return fullAccess === undefined ? [] : [...fullAccess.policies, ...fullAccess.groups].map(allEvidenceOf);
}
