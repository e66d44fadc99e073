import type { AttachedPolicy, FullAccess, GroupMembers } from '../../model/inventory.js';
import { doubt, fromKnown, listOf, mapTri, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';

/** A role or user that holds a policy of full access. */
export interface FullAccessHolder {
  /** `role/NAME` or `user/NAME`. */
  readonly name: string;
  readonly kind: 'user' | 'role' | 'permission-set-role' | 'service-linked-role';
  /** Names of the policies that it holds, itself or by a group. */
  readonly policies: OpenList<string>;
  /** Names of the groups by which it holds them. */
  readonly groups: OpenList<string>;
}

/**
 * Who holds AWS's policies of full access: users and roles to which they are attached, and the users of groups to which
 * they are. An attachment that could not be read may be anyone's, and so may the membership of a group.
 */
export function fullAccessHolders({ policies, groups }: FullAccess): OpenList<FullAccessHolder> {
  const unread = doubt([...policies.map((it) => it.entities), ...groups.map((it) => it.users)].flatMap(gapOf));
  const names = [...new Set([...policies.flatMap(rolesAndUsers), ...groups.flatMap(membersOf)])].toSorted();
  const members = names.map((name): FullAccessHolder => ({
    name,
    kind: kindOf(name),
    policies: policiesOf(name, policies, groups),
    groups: groupsOf(name, policies, groups),
  }));
  return { members, doubtful: [], ...(unread.gaps.length === 0 ? {} : { rest: unread }) };
}

function gapOf(it: AttachedPolicy['entities'] | GroupMembers['users']): readonly string[] {
  return it.state === 'unknown' ? [it.gap] : [];
}

function rolesAndUsers({ entities: it }: AttachedPolicy): readonly string[] {
  if (it.state !== 'known') return [];
  return [...it.value.roles.map((role) => `role/${role}`), ...it.value.users.map(userNamed)];
}

function membersOf({ users: it }: GroupMembers): readonly string[] {
  return it.state === 'known' ? it.value.map(userNamed) : [];
}

function userNamed(name: string): string {
  return `user/${name}`;
}

/**
 * Names that AWS's services give their roles. Anyone may name a role so: nothing is allowed because of a name.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
function kindOf(name: string): FullAccessHolder['kind'] {
  if (name.startsWith('user/')) return 'user';
  if (name.startsWith('role/AWSReservedSSO_')) return 'permission-set-role';
  return name.startsWith('role/AWSServiceRoleFor') ? 'service-linked-role' : 'role';
}

function policiesOf(
  name: string,
  policies: readonly AttachedPolicy[],
  groups: readonly GroupMembers[],
): OpenList<string> {
  return listOf(
    policies.map((policy) => ({
      value: policy.arn.slice(policy.arn.lastIndexOf('/') + 1),
      isMember: someHold([
        fromKnown(policy.entities, false, () => rolesAndUsers(policy).includes(name)),
        ...groups.map((group) => holdsBy(name, group, policy)),
      ]),
    })),
  );
}

/** Whether someone holds a policy by a group. */
function holdsBy(name: string, group: GroupMembers, { entities }: AttachedPolicy): Tri<boolean> {
  const isAttached = fromKnown(entities, false, (it) => it.groups.includes(group.name));
  if (isAttached.state === 'known' && !isAttached.value) return isAttached;
  const isIn = isMember(name, group);
  if (isIn.state === 'known' && !isIn.value) return isIn;
  return isAttached.state === 'unknown' ? isAttached : isIn;
}

function isMember(name: string, group: GroupMembers): Tri<boolean> {
  // A role is in no group.
  if (!name.startsWith('user/')) return sure(false);
  return mapTri(
    fromKnown(group.users, [] as readonly string[], (users) => users),
    (users) => users.some((user) => userNamed(user) === name),
  );
}

/** Groups that were asked for hold a policy each; where attachments could not be read there may be others. */
function groupsOf(
  name: string,
  policies: readonly AttachedPolicy[],
  groups: readonly GroupMembers[],
): OpenList<string> {
  const found = listOf(groups.map((group) => ({ value: group.name, isMember: isMember(name, group) })));
  const unread = doubt(policies.flatMap(({ entities: it }) => gapOf(it)));
  return unread.gaps.length === 0 || !name.startsWith('user/') ? found : { ...found, rest: unread };
}
