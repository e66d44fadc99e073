import { type Denial, denialOf } from './denial.js';
import { answerOf } from './evaluate.js';
import { glob } from './pattern.js';
import { ownedBy } from './owned-by.js';
import type { Requester } from './request.js';
import { type AccountOptions, principalsOfAccount } from './requesters.js';
import { type ControlPolicy, statementsOf } from './with-controls.js';

export interface Member extends AccountOptions {
  readonly accountId: string;
  /** Control policies do not bind the management account. */
  readonly isManagementAccount?: boolean;
  /** The account that owns what the action is used on, and whether it is of the same organization. */
  readonly resource?: { readonly ownerAccountId: string; readonly accountIds: readonly string[] };
}

/** Service-linked roles are bound by no service control policy. */
const serviceLinked = glob('arn:*:iam::*:role/aws-service-role/*');

/**
 * To whom the service control policies on an account's path deny an action: a Deny at any level, or a level at which
 * nothing allows it. They bind every principal of the account, the root user too, but not the management account.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 *
 * @param path what is attached to the root, to each OU on the way and to the account, in this order
 * @param resources what the action would be used on: an account may protect one trail and leave others open
 */
export function deniesForMember(
  path: readonly (readonly ControlPolicy[])[],
  { accountId, isManagementAccount = false, resource, ...options }: Member,
  action: string,
  resources: readonly string[] = ['*'],
): Denial {
  if (isManagementAccount) {
    const because = ['Service control policies do not bind the management account.'];
    return { scope: 'nobody', exceptPrincipals: [], statements: [], conditions: [], because };
  }
  const levels = path.map((policies) => policies.flatMap(statementsOf));
  const requester = bound(principalsOfAccount(accountId, options));
  const { organizationId } = options;
  const context =
    resource === undefined ? {} : ownedBy({ ...resource, organizationId: organizationId ?? undefined }, [action]);
  return denialOf(levels.flat(), requester, (it) =>
    answerOf(levels, { requester: it, actions: [action], resources, context }, 'blocked'),
  );
}

function bound({ name, kinds }: Requester): Requester {
  return {
    name,
    kinds: kinds.map(({ identity, context }) => ({
      identity: identity.type === 'account' ? { ...identity, among: { unlike: [serviceLinked] } } : identity,
      context,
    })),
  };
}
