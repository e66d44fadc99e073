import { parseArn } from '../../model/identifiers.js';
import type { Role } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import {
  type ContextValue,
  is,
  isAllowed,
  isDenied,
  isUnknown,
  onePrincipal,
  parseIamDocument,
  type Requests,
  service,
} from '../iam/index.js';
import { roleDocuments } from '../log-group-role/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/** What decides whether a rule may send to a target with a role. */
export interface RoleAccess {
  /** The role that the target names, as it was read. */
  readonly role: Known<Role>;
  /** Of the account with the rule; undefined: not known, or none. */
  readonly organizationId: string | undefined;
  /** Notes what cannot be decided; returns the gap's id. */
  readonly note: (resource: string, message: string) => string;
}

/** What a rule sends, and where. */
export interface Sending {
  readonly ruleArn: string;
  /** `events:PutEvents`, `sns:Publish` */
  readonly action: string;
  readonly resource: string;
  /** The resource's own policy, as text; undefined: it has none. */
  readonly policy: string | undefined;
}

/**
 * Why a rule may not send to a target with a role, as a sentence; undefined: it may. EventBridge has to be let assume the
 * role, the role has to allow the action, and between accounts the policy of the target has to admit the role, too.
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
 */
export function roleRefusal(roleArn: string, sending: Sending, access: RoleAccess): Tri<string | undefined> {
  const { role } = access;
  if (role.state === 'unknown') return doubt([role.gap]);
  if (role.state === 'absent') return sure(`Role ${roleArn} of rule ${sending.ruleArn} does not exist.`);
  const assumed = assumption(role.value, sending.ruleArn, access);
  if (assumed.state === 'known' && assumed.value !== undefined) return assumed;
  const sent = sends(role.value, sending, access);
  if (assumed.state === 'known' || (sent.state === 'known' && sent.value !== undefined)) return sent;
  return doubt([...assumed.gaps, ...(sent.state === 'unknown' ? sent.gaps : [])]);
}

/** Why EventBridge may not assume a role for a rule; undefined: it may. */
function assumption({ arn, details }: Role, ruleArn: string, { note }: RoleAccess): Tri<string | undefined> {
  if (details.state === 'unknown') return doubt([details.gap]);
  if (details.state === 'absent') return sure(`Role ${arn} of rule ${ruleArn} does not exist.`);
  const { accountId = '' } = parseArn(ruleArn) ?? {};
  const { answer } = isAllowed(parseIamDocument(details.value.trustPolicy, 'trust'), {
    requester: service('events.amazonaws.com', { arn: ruleArn, accountId }),
    actions: ['sts:AssumeRole'],
    resources: [arn],
  });
  if (answer === 'always') return sure(undefined);
  if (answer === 'never') return sure(`Role ${arn} does not let EventBridge assume it for rule ${ruleArn}.`);
  return doubt([note(arn, `Whether EventBridge may assume role ${arn} for rule ${ruleArn} could not be decided.`)]);
}

/** Why a role may not send; undefined: it may. */
function sends(role: Role, sending: Sending, { organizationId, note }: RoleAccess): Tri<string | undefined> {
  const { resource, policy, ruleArn } = sending;
  const requests = requestsOf(onePrincipal(role.arn, organizationId === undefined ? {} : { organizationId }), sending);
  const isElsewhere = parseArn(resource)?.accountId !== role.accountId;
  const document = policy === undefined ? undefined : parseIamDocument(policy, 'resource');
  const theirs = document === undefined ? 'never' : isAllowed(document, requests).answer;
  if (isElsewhere && theirs === 'never') {
    return sure(`The policy of ${resource} does not admit role ${role.arn}, with which rule ${ruleArn} sends there.`);
  }
  const denied = document === undefined ? 'never' : isDenied(document, requests).answer;
  if (denied === 'always') return sure(`The policy of ${resource} denies what role ${role.arn} sends there.`);
  const { it, gaps } = roleDocuments(role, organizationId);
  const documents = it.boundary === undefined ? [it.policies] : [it.policies, it.boundary];
  const own = documents.map((one) => isAllowed(one, requests).answer);
  // Within an account the policy of the target may be enough.
  if (own.includes('never') && (isElsewhere || theirs === 'never')) {
    return sure(`Role ${role.arn} of rule ${ruleArn} may not send to ${resource}.`);
  }
  const admits = isElsewhere ? theirs === 'always' : denied === 'never';
  if (admits && own.every((one) => one === 'always')) return sure(undefined);
  const why = `Whether role ${role.arn} of rule ${ruleArn} may send to ${resource} could not be decided.`;
  return doubt(gaps.length > 0 ? gaps : [note(role.arn, why)]);
}

/** What is asked of the documents when a rule sends. */
export function requestsOf(requester: Requests['requester'], { action, resource, ruleArn }: Sending): Requests {
  const { region = '', accountId = '' } = parseArn(resource) ?? {};
  const notSaid = 'is not documented for what EventBridge sends';
  const perhaps = (value: string): ContextValue => isUnknown(notSaid, { state: 'any', among: [value], orAbsent: true });
  return {
    requester,
    actions: [action],
    resources: [resource],
    context: {
      '*': isUnknown(notSaid),
      'aws:SecureTransport': is('true'),
      'aws:RequestedRegion': is(region),
      'aws:ResourceAccount': is(accountId),
      'aws:SourceArn': perhaps(ruleArn),
      'aws:SourceAccount': perhaps(parseArn(ruleArn)?.accountId ?? ''),
    },
  };
}
