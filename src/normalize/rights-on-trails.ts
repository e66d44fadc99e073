import type { IdentityPolicy, PrincipalRights, RightsOnTrails } from '../model/inventory.js';
import { byArn, byText } from '../text/order.js';
import type {
  AuthorizationPart,
  GroupPart,
  PolicyPart,
  PrincipalPart,
  SpeakingPolicy,
} from './authorization-details.js';

/**
 * Who may be able to change a trail, from all pages: whoever has a policy that may allow it, and no permissions boundary
 * that says nothing of it. Policies come in any order, and after those who have them.
 */
export function rightsOnTrails(parts: readonly AuthorizationPart[]): RightsOnTrails {
  const groups = new Map(parts.flatMap((it) => (it.kind === 'group' ? [[it.name, it]] : [])));
  const managed = new Map(parts.flatMap((it) => (it.kind === 'policy' ? [[it.name, it]] : [])));
  const documents = new Map<string, IdentityPolicy>();
  const principals: PrincipalRights[] = [];
  for (const part of parts) {
    if (part.kind !== 'principal') continue;
    const found = rightsOf(part, groups, managed);
    if (found === undefined) continue;
    for (const { name, document } of found.policies) {
      documents.set(name, { name, ...(document === undefined ? {} : { document }) });
    }
    principals.push(found.principal);
  }
  return {
    documents: [...documents.values()].toSorted((a, b) => byText(a.name, b.name)),
    principals: principals.toSorted(byArn),
  };
}

function rightsOf(
  part: PrincipalPart,
  groups: ReadonlyMap<string, GroupPart>,
  managed: ReadonlyMap<string, PolicyPart>,
) {
  const { arn, id, boundary, tags } = part;
  const named = (name: string): SpeakingPolicy => managed.get(name) ?? { name, speaks: 'allows' };
  const holders = [part, ...part.groups.map((name) => groups.get(name) ?? unreadGroup(name))];
  const policies = distinct(holders.flatMap((it) => it.inline.concat(it.attached.map(named))));
  const limits = boundary === undefined ? [] : [named(boundary)];
  if ([policies, ...limits.map((it) => [it])].some((all) => !all.some((it) => it.speaks === 'allows')))
    return undefined;
  const names = policies.map((it) => it.name).toSorted();
  return {
    policies: [...policies, ...limits],
    principal: { arn, id, policies: names, ...(boundary === undefined ? {} : { boundary }), tags },
  };
}

/** A group that AWS names and does not tell of: it may have any policy. */
function unreadGroup(name: string): GroupPart {
  return { kind: 'group', name, attached: [], inline: [{ name: `group/${name}`, speaks: 'allows' }] };
}

function distinct(all: readonly SpeakingPolicy[]): readonly SpeakingPolicy[] {
  const speaking = all.filter((it) => it.speaks !== 'nothing');
  return [...new Map(speaking.map((it) => [it.name, it])).values()];
}
