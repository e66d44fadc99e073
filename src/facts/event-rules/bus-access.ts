import { parseArn } from '../../model/identifiers.js';
import { isAllowed, parseIamDocument, principalsOfAccount } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { requestsOf, roleRefusal, type RoleAccess, type Sending } from './role-access.js';
import type { RuleTarget } from './sources.js';

/** What decides whether a rule may send events to another event bus. */
export interface BusAccess extends RoleAccess {
  /** The resource-based policy of that event bus, as text; undefined: it has none. */
  readonly policy: string | undefined;
}

/**
 * Why a rule may not send events to another event bus, as a sentence; undefined: it may. Without a role, the policy of an
 * event bus of another account has to name the account itself, not just its organization.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function busRefusal(
  { arn: resource, roleArn }: RuleTarget,
  ruleArn: string,
  access: BusAccess,
): Tri<string | undefined> {
  const sending = { ruleArn, action: 'events:PutEvents', resource, policy: access.policy };
  return roleArn === undefined ? withoutRole(sending, access) : roleRefusal(roleArn, sending, access);
}

function withoutRole(sending: Sending, { note }: BusAccess): Tri<string | undefined> {
  const { ruleArn, resource, policy } = sending;
  const { accountId = '', partition = 'aws' } = parseArn(ruleArn) ?? {};
  const names = `Rule ${ruleArn} names no role to send events to event bus ${resource}`;
  if (parseArn(resource)?.accountId === accountId) {
    const why = `${names} of its own account; whether it then may is not documented.`;
    return doubt([note(ruleArn, why)]);
  }
  if (policy === undefined) return sure(`${names}, which has no policy that admits account ${accountId}.`);
  const requester = principalsOfAccount(accountId, { partition, organizationId: null });
  const { answer } = isAllowed(parseIamDocument(policy, 'resource'), requestsOf(requester, sending));
  if (answer === 'always') return sure(undefined);
  if (answer === 'never') return sure(`${names}, whose policy does not admit account ${accountId} itself.`);
  return doubt([note(ruleArn, `${names}; whether its policy admits account ${accountId} could not be decided.`)]);
}
