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
  principalsOfAccount,
  type Requests,
  service,
} from '../iam/index.js';
import { roleDocuments } from '../log-group-role/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import type { RuleTarget } from './sources.js';

/** What decides whether a rule may send events to another event bus. */
export interface BusAccess {
  /** The resource-based policy of that event bus, as text; undefined: it has none. */
  readonly policy: string | undefined;
  /** The role that the target names, as it was read. */
  readonly role: Known<Role>;
  /** Of the account with the rule; undefined: not known, or none. */
  readonly organizationId: string | undefined;
  /** Notes what cannot be decided; returns the gap's id. */
  readonly note: (resource: string, message: string) => string;
}

const eventBridge = 'events.amazonaws.com';
const putEvents = 'events:PutEvents';

/**
 * Why a rule may not send events to another event bus, as a sentence; undefined: it may. With a role, that has to let
 * EventBridge assume it and to allow events:PutEvents, and between accounts the policy of the event bus has to admit it,
 * too. Without one, that policy has to name the account itself, not just its organization.
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function busRefusal(
  { arn: bus, roleArn }: RuleTarget,
  ruleArn: string,
  access: BusAccess,
): Tri<string | undefined> {
  return roleArn === undefined ? withoutRole(bus, ruleArn, access) : withRole(bus, roleArn, ruleArn, access);
}

function withoutRole(bus: string, ruleArn: string, { policy, note }: BusAccess): Tri<string | undefined> {
  const { accountId = '', partition = 'aws' } = parseArn(ruleArn) ?? {};
  const names = `Rule ${ruleArn} names no role to send events to event bus ${bus}`;
  if (parseArn(bus)?.accountId === accountId) {
    const why = `${names} of its own account; whether it then may is not documented.`;
    return doubt([note(ruleArn, why)]);
  }
  if (policy === undefined) return sure(`${names}, which has no policy that admits account ${accountId}.`);
  const requester = principalsOfAccount(accountId, { partition, organizationId: null });
  const { answer } = isAllowed(parseIamDocument(policy, 'resource'), asked(requester, bus, ruleArn));
  if (answer === 'always') return sure(undefined);
  if (answer === 'never') return sure(`${names}, whose policy does not admit account ${accountId} itself.`);
  return doubt([note(ruleArn, `${names}; whether its policy admits account ${accountId} could not be decided.`)]);
}

function withRole(bus: string, roleArn: string, ruleArn: string, access: BusAccess): Tri<string | undefined> {
  const { role } = access;
  if (role.state === 'unknown') return doubt([role.gap]);
  if (role.state === 'absent') return sure(`Role ${roleArn} of rule ${ruleArn} does not exist.`);
  const assumed = assumption(role.value, ruleArn, access);
  if (assumed.state === 'known' && assumed.value !== undefined) return assumed;
  const sent = sending(role.value, bus, ruleArn, access);
  if (assumed.state === 'known' || (sent.state === 'known' && sent.value !== undefined)) return sent;
  return doubt([...assumed.gaps, ...(sent.state === 'unknown' ? sent.gaps : [])]);
}

/** Why EventBridge may not assume a role for a rule; undefined: it may. */
function assumption({ arn, details }: Role, ruleArn: string, { note }: BusAccess): Tri<string | undefined> {
  if (details.state === 'unknown') return doubt([details.gap]);
  if (details.state === 'absent') return sure(`Role ${arn} of rule ${ruleArn} does not exist.`);
  const { accountId = '' } = parseArn(ruleArn) ?? {};
  const { answer } = isAllowed(parseIamDocument(details.value.trustPolicy, 'trust'), {
    requester: service(eventBridge, { arn: ruleArn, accountId }),
    actions: ['sts:AssumeRole'],
    resources: [arn],
  });
  if (answer === 'always') return sure(undefined);
  if (answer === 'never') return sure(`Role ${arn} does not let EventBridge assume it for rule ${ruleArn}.`);
  return doubt([note(arn, `Whether EventBridge may assume role ${arn} for rule ${ruleArn} could not be decided.`)]);
}

/** Why a role may not send events to an event bus; undefined: it may. */
function sending(role: Role, bus: string, ruleArn: string, access: BusAccess): Tri<string | undefined> {
  const { policy, organizationId, note } = access;
  const requests = asked(onePrincipal(role.arn, organizationId === undefined ? {} : { organizationId }), bus, ruleArn);
  const isElsewhere = parseArn(bus)?.accountId !== role.accountId;
  const document = policy === undefined ? undefined : parseIamDocument(policy, 'resource');
  const theirs = document === undefined ? 'never' : isAllowed(document, requests).answer;
  if (isElsewhere && theirs === 'never') {
    const what = `does not admit role ${role.arn}, with which rule ${ruleArn} sends events there.`;
    return sure(`The policy of event bus ${bus} ${what}`);
  }
  const denied = document === undefined ? 'never' : isDenied(document, requests).answer;
  if (denied === 'always') return sure(`The policy of event bus ${bus} denies what role ${role.arn} sends there.`);
  const { it, gaps } = roleDocuments(role, organizationId);
  const documents = it.boundary === undefined ? [it.policies] : [it.policies, it.boundary];
  const own = documents.map((one) => isAllowed(one, requests).answer);
  // Within an account the policy of the event bus may be enough.
  if (own.includes('never') && (isElsewhere || theirs === 'never')) {
    return sure(`Role ${role.arn} of rule ${ruleArn} may not send events to event bus ${bus}.`);
  }
  const admits = isElsewhere ? theirs === 'always' : denied === 'never';
  if (admits && own.every((one) => one === 'always')) return sure(undefined);
  const why = `Whether role ${role.arn} of rule ${ruleArn} may send events to event bus ${bus} could not be decided.`;
  return doubt(gaps.length > 0 ? gaps : [note(role.arn, why)]);
}

function asked(requester: Requests['requester'], bus: string, ruleArn: string): Requests {
  const { region = '', accountId = '' } = parseArn(bus) ?? {};
  const notSaid = 'is not documented for what EventBridge sends on';
  const perhaps = (value: string): ContextValue => isUnknown(notSaid, { state: 'any', among: [value], orAbsent: true });
  return {
    requester,
    actions: [putEvents],
    resources: [bus],
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
