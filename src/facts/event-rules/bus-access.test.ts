import { expect, test } from 'vitest';
import type { Role } from '../../model/inventory.js';
import { absent, known, unknown, type Known } from '../../model/known.js';
import { busRefusal } from './bus-access.js';

const own = '111122223333';
const theirs = '444455556666';
const rule = `arn:aws:events:eu-west-1:${own}:rule/changes`;
const central = `arn:aws:events:eu-west-1:${theirs}:event-bus/central`;
const elsewhere = `arn:aws:events:us-east-1:${own}:event-bus/default`;
const roleArn = `arn:aws:iam::${own}:role/send-on`;

type Statement = Readonly<Record<string, unknown>>;

const documentOf = (...statements: Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (more: Statement): Statement => ({ Effect: 'Allow', ...more });
const trust = (more: Statement = {}): string =>
  documentOf(allow({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole', ...more }));
const policy = (more: Statement = {}): string =>
  documentOf(
    allow({ Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: 'events:PutEvents', Resource: central, ...more }),
  );
const identity = (more: Statement = {}): string =>
  documentOf(allow({ Action: 'events:PutEvents', Resource: '*', ...more }));

function aRole(trustPolicy = trust(), ...documents: Known<string>[]): Known<Role> {
  return known({
    arn: roleArn,
    name: 'send-on',
    accountId: own,
    details: known({ trustPolicy }),
    inlinePolicies: known(documents.map((document, index) => ({ name: `policy-${index}`, document }))),
    attachedPolicies: known([]),
    evidence: {},
  });
}

interface Setting {
  readonly bus?: string;
  readonly policy?: string;
  readonly role?: Known<Role> | null;
  readonly organizationId?: string;
}

/** `may`, the sentence that says why not, or the gaps. */
function access({
  bus = central,
  role = aRole(trust(), known(identity())),
  ...it
}: Setting): string | readonly string[] {
  const target = role === null ? { arn: bus } : { arn: bus, roleArn };
  const found = busRefusal(target, rule, {
    policy: it.policy,
    role: role ?? absent,
    organizationId: it.organizationId,
    note: () => 'unsupported',
  });
  return found.state === 'unknown' ? found.gaps : (found.value ?? 'may');
}

const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } };
const everyone = { Principal: '*', Condition: inOrganization };

test.each<[string, Setting]>([
  ['a role, admitted by its account', { policy: policy() }],
  ['a role, admitted by its name', { policy: policy({ Principal: { AWS: roleArn } }) }],
  ['a role, admitted with its organization', { policy: policy(everyone), organizationId: 'o-example' }],
  [
    'a role for just this event bus',
    { policy: policy(), role: aRole(trust(), known(identity({ Resource: central }))) },
  ],
  [
    'a role that EventBridge assumes for this rule',
    {
      policy: policy(),
      role: aRole(trust({ Condition: { ArnEquals: { 'aws:SourceArn': rule } } }), known(identity())),
    },
  ],
  ['in its own account, where the event bus needs no policy', { bus: elsewhere }],
  ['no role, admitted by its account', { policy: policy(), role: null }],
])('it may: %s', (_, it) => {
  expect(access(it)).toBe('may');
});

test.each<[string, Setting, string]>([
  ['no policy', {}, 'The policy of arn:aws:events'],
  ['of another account', { policy: policy({ Principal: { AWS: 'arn:aws:iam::999988887777:root' } }) }, 'The policy of'],
  ['of another organization', { policy: policy(everyone), organizationId: 'o-other' }, 'The policy of arn:aws:events'],
  ['for other calls', { policy: policy({ Action: 'events:PutRule' }) }, 'The policy of arn:aws:events'],
  ['the role is gone', { policy: policy(), role: absent }, `Role ${roleArn} of rule ${rule} does not exist.`],
  ['the role may do nothing', { policy: policy(), role: aRole() }, `Role ${roleArn} of rule ${rule} may not send`],
  [
    'the role may send elsewhere',
    { policy: policy(), role: aRole(trust(), known(identity({ Resource: elsewhere }))) },
    `Role ${roleArn} of rule ${rule} may not send`,
  ],
  [
    'another service has the role',
    { policy: policy(), role: aRole(trust({ Principal: { Service: 'lambda.amazonaws.com' } }), known(identity())) },
    `Role ${roleArn} does not let EventBridge assume it`,
  ],
  [
    'the role is for another rule',
    {
      policy: policy(),
      role: aRole(trust({ Condition: { ArnEquals: { 'aws:SourceArn': `${rule}-2` } } }), known(identity())),
    },
    `Role ${roleArn} does not let EventBridge assume it`,
  ],
  [
    'in its own account, denied',
    { bus: elsewhere, policy: documentOf({ Effect: 'Deny', Principal: '*', Action: 'events:*', Resource: '*' }) },
    'The policy of arn:aws:events',
  ],
  ['no role, and no policy', { role: null }, `Rule ${rule} names no role`],
  [
    'no role, where only the organization is admitted',
    { role: null, policy: policy(everyone), organizationId: 'o-example' },
    `Rule ${rule} names no role`,
  ],
])('it may not: %s', (_, it, why) => {
  expect(access(it)).toContain(why);
});

test.each<[string, Setting, readonly string[]]>([
  ['the role could not be read', { policy: policy(), role: unknown('role') }, ['role']],
  ['a policy of it could not be read', { policy: policy(), role: aRole(trust(), unknown('policy')) }, ['policy']],
  ['the organization is not known', { policy: policy(everyone) }, ['unsupported']],
  [
    'only some sources',
    { policy: policy({ Condition: { StringEquals: { 'events:source': 'aws.cloudtrail' } } }) },
    ['unsupported'],
  ],
  ['only this rule', { policy: policy({ Condition: { ArnEquals: { 'aws:SourceArn': rule } } }) }, ['unsupported']],
  ['the policy is no JSON', { policy: '{' }, ['unsupported']],
  [
    'in its own account, where the event bus alone admits the role',
    { bus: elsewhere, policy: policy({ Resource: elsewhere, Principal: { AWS: roleArn } }), role: aRole() },
    ['unsupported'],
  ],
  ['no role, in its own account', { bus: elsewhere, role: null }, ['unsupported']],
])('it is not known: %s', (_, it, gaps) => {
  expect(access(it)).toEqual(gaps);
});
