import { describe, expect, test } from 'vitest';
import {
  absent,
  aRole,
  known,
  MANAGEMENT,
  MEMBER,
  roleArn,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Role } from '../../model/inventory.js';
import { roleWriting, type RoleSetting } from './index.js';

const trail = {
  arn: `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/main`,
  accountId: MANAGEMENT,
  homeRegion: 'eu-central-1',
};
const logGroup = `arn:aws:logs:eu-central-1:${MANAGEMENT}:log-group:trail`;
const ownStreams = `${logGroup}:log-stream:${MANAGEMENT}_CloudTrail_eu-central-1*`;
const setting: RoleSetting = { organizationId: 'o-example123', note: ({ reason, message }) => `${reason}: ${message}` };

type Statement = Readonly<Record<string, unknown>>;

function text(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const both = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function lets(Resource: unknown = ownStreams, more: Statement = {}): Statement {
  return { Effect: 'Allow', Action: both, Resource, ...more };
}

function inline(...statements: readonly Statement[]): Partial<Role> {
  return { inlinePolicies: known([{ name: 'write', document: known(text(...statements)) }]) };
}

function trust(more: Statement = {}, boundary?: string): Partial<Role> {
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const trustPolicy = text({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
  return {
    details: known({ trustPolicy, ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }) }),
  };
}

/** `may`, the sentence, or why it is not known. */
function said(role: Partial<Role>, of: 'own' | 'member' = 'own', it = setting): string {
  const writing = roleWriting(aRole(role), trail, `${logGroup}:*`, it);
  const found = of === 'own' ? writing.own() : writing.member(MEMBER);
  return found.state === 'known' ? (found.value ?? 'may') : `not known: ${found.gaps.join('; ')}`;
}

test('the role of the documentation may write the streams of its account, and none of members', () => {
  expect(said(inline(lets()))).toBe('may');
  expect(said(inline(lets()), 'member')).toBe(
    `Role ${roleArn()} may not create and write ${logGroup}:log-stream:o-example123_*: no policy allows it.`,
  );
});

test.each<[what: string, role: Partial<Role>]>([
  ['all streams of the organization', inline(lets([ownStreams, `${logGroup}:log-stream:o-example123_*`]))],
  ['every stream of the group', inline(lets(`${logGroup}:*`))],
  ["AWS's policy for Control Tower", inline(lets('arn:aws:logs:*:*:log-group:trail*:*'))],
  ['this member by its id', inline(lets([ownStreams, `${logGroup}:log-stream:o-example123_${MEMBER}_CloudTrail_*`]))],
])('members: %s', (_, role) => {
  expect(said(role)).toBe('may');
  expect(said(role, 'member')).toBe('may');
});

describe('a role that may not', () => {
  test.each<[what: string, role: Partial<Role>, said: RegExp]>([
    ['is gone', { details: absent, inlinePolicies: absent, attachedPolicies: absent }, /does not exist\.$/],
    ['has no policy', {}, /may not use logs:CreateLogStream on .* no policy allows it\.$/],
    [
      'may make streams, and not write',
      inline(lets(ownStreams, { Action: both[0] })),
      /logs:PutLogEvents .* no policy/,
    ],
    [
      'may write, and make no streams',
      inline(lets(ownStreams, { Action: both[1] })),
      /logs:CreateLogStream .* no policy/,
    ],
    ['names another log group', inline(lets(ownStreams.replace(':trail:', ':other:'))), /no policy allows it/],
    ['names the group without its streams', inline(lets(logGroup)), /logs:PutLogEvents .* no policy allows it/],
    ['names another Region', inline(lets(ownStreams.replaceAll('eu-central-1', 'us-east-1'))), /no policy allows it/],
    ['is denied it', inline(lets(), lets('*', { Sid: 'No', Effect: 'Deny' })), /denied by write: No\.$/],
    [
      'is denied it by one policy among others that cannot be read',
      {
        ...inline(lets('*', { Effect: 'Deny' })),
        attachedPolicies: unknown('attached'),
      },
      /denied by write: statement 1\.$/,
    ],
    [
      'has a boundary without CloudWatch Logs',
      {
        ...inline(lets()),
        ...trust({}, 'arn:aws:iam::aws:policy/limits'),
        permissionsBoundary: { name: 'limits', document: known(text(lets('*', { Action: 's3:*' }))) },
      },
      /no policy allows it/,
    ],
    [
      'is for another service',
      { ...inline(lets()), ...trust({ Principal: { Service: 'lambda.amazonaws.com' } }) },
      /^The trust policy/,
    ],
    [
      'is for the trail of another account',
      { ...inline(lets()), ...trust({ Condition: { StringEquals: { 'aws:SourceAccount': MEMBER } } }) },
      /^The trust policy/,
    ],
    [
      'is for another trail',
      { ...inline(lets()), ...trust({ Condition: { ArnLike: { 'aws:SourceArn': `${trail.arn}-other` } } }) },
      /^The trust policy/,
    ],
    ['has a Deny in its trust policy', { ...inline(lets()), ...trust({ Effect: 'Deny' }) }, /^The trust policy/],
  ])('%s', (_, role, sentence) => {
    expect(said(role)).toMatch(sentence);
  });
});

describe('what cannot be decided', () => {
  test.each<[what: string, role: Partial<Role>, said: RegExp]>([
    ['the role was refused', { details: unknown('role'), inlinePolicies: unknown('role') }, /^not known: role$/],
    [
      'a list was refused, and what was read allows it',
      { ...inline(lets()), attachedPolicies: unknown('attached') },
      /attached$/,
    ],
    [
      'one policy was refused, and the others do not allow it',
      { inlinePolicies: known([{ name: 'write', document: unknown('inline') }]) },
      /^not known: inline$/,
    ],
    [
      'the boundary was refused',
      { ...inline(lets()), permissionsBoundary: { name: 'limits', document: unknown('limits') } },
      /limits$/,
    ],
    [
      'the trust policy wants this very trail: whether CloudTrail tells it is not documented',
      { ...inline(lets()), ...trust({ Condition: { ArnLike: { 'aws:SourceArn': trail.arn } } }) },
      /^not known: unsupported: Whether the trust policy .* not documented/,
    ],
    [
      'a condition on an address',
      inline(lets(ownStreams, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })),
      /not known of CloudTrail/,
    ],
    [
      'streams are made on the log group',
      inline(lets(logGroup, { Action: both[0] }), lets(ownStreams, { Action: both[1] })),
      /on the log group, and not/,
    ],
    [
      'a policy that is none',
      { inlinePolicies: known([{ name: 'write', document: known('{"Statement": 1}') }]) },
      /could not be decided/,
    ],
  ])('%s', (_, role, sentence) => {
    expect(said(role)).toMatch(sentence);
  });

  test('members whose streams are named in an unusual way, or whose organization is not known', () => {
    const odd = inline(lets([ownStreams, `${logGroup}:log-stream:o-example123_${MEMBER}_trail`]));
    expect(said(odd, 'member')).toMatch(/^not known: .*could not be decided/);
    const alone = { ...setting, organizationId: undefined };
    expect(said(inline(lets(`${logGroup}:*`)), 'own', alone)).toBe('may');
    expect(said(inline(lets()), 'member', alone)).toMatch(/organization, whose id .* was not read/);
  });
});

test('a managed policy does as well, and a Region that a policy demands is the log group’s', () => {
  const document = known(text(lets('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } } })));
  expect(said({ attachedPolicies: known([{ name: 'arn:aws:iam::aws:policy/logs', document }]) })).toBe('may');
});
