import { fullAccessPolicies } from '../../model/full-access.js';
import type { AttachedPolicy, FullAccess, GroupMembers, PolicyEntities } from '../../model/inventory.js';
import { mapKnown, type Unknown } from '../../model/known.js';
import { normalizePolicyEntities, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

/** Who holds AWS's policies of full access in an account: a call for each policy, and one for each group that holds one. */
export async function readFullAccess(context: Context, session: Session): Promise<FullAccess> {
  const policies = await Promise.all(
    fullAccessPolicies.map(async (name) => await readEntities(context, session, policyArn(context, name))),
  );
  const groups = new Set(policies.flatMap(({ entities: it }) => (it.state === 'known' ? it.value.groups : [])));
  return {
    policies,
    groups: await Promise.all([...groups].toSorted().map(async (name) => await readMembers(context, session, name))),
  };
}

/** The same of an account that could not be entered. */
export function unreadFullAccess(context: Context, gap: Unknown): FullAccess {
  return {
    policies: fullAccessPolicies.map((name) => ({ arn: policyArn(context, name), entities: gap, evidence: {} })),
    groups: [],
  };
}

function policyArn({ partition }: Context, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/**
 * Only attachments that give permissions: as a permissions boundary, a policy gives none.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
 */
async function readEntities({ aws, region }: Context, session: Session, arn: string): Promise<AttachedPolicy> {
  const input = { PolicyArn: arn, PolicyUsageFilter: 'PermissionsPolicy' } as const;
  const { it, evidence } = await aws.askAll(
    session,
    'iam:ListEntitiesForPolicy',
    input,
    { region, resource: arn },
    {
      token: (output) => (output.IsTruncated === true ? required(output.Marker, 'Marker') : undefined),
      next: (Marker) => ({ ...input, Marker }),
      items: (output) => [normalizePolicyEntities(output)],
    },
  );
  return { arn, entities: mapKnown(it, joined), evidence };
}

function joined(pages: readonly PolicyEntities[]): PolicyEntities {
  const all = (kind: keyof PolicyEntities): readonly string[] =>
    [...new Set(pages.flatMap((it) => it[kind]))].toSorted();
  return { roles: all('roles'), users: all('users'), groups: all('groups') };
}

async function readMembers({ aws, region }: Context, session: Session, name: string): Promise<GroupMembers> {
  const input = { GroupName: name };
  const resource = `group/${name}`;
  const { it, evidence } = await aws.askAll(
    session,
    'iam:GetGroup',
    input,
    { region, resource },
    {
      token: (output) => (output.IsTruncated === true ? required(output.Marker, 'Marker') : undefined),
      next: (Marker) => ({ ...input, Marker }),
      items: ({ Users: users }) => required(users, 'Users').map((user) => required(user.UserName, 'UserName')),
    },
  );
  return { name, users: mapKnown(it, (users) => [...new Set(users)].toSorted()), evidence };
}
