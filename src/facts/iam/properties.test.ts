import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constantFrom,
  oneof,
  property,
  record,
  tuple,
  uniqueArray,
} from 'fast-check';
import { expect, test } from 'vitest';
import { aDocument, type Statement } from '../../../test/support/iam-builders.js';
import {
  type Answer,
  anonymous,
  type ContextValue,
  deniesPlainHttp,
  evaluateIam,
  type ExampleRequest,
  is,
  isAbsent,
  isPublic,
  onePrincipal,
  principalsOfAccount,
  principalsOfAnyAccount,
  type Requests,
} from './index.js';

const account = '111122223333';
const actions = ['*', 's3:*', 's3:Get*', 's3:GetObject', 's3:Put*', 's3:PutObject'];
const resources = [
  '*',
  'arn:aws:s3:::logs',
  'arn:aws:s3:::logs/*',
  'arn:aws:s3:::logs/a*',
  'arn:aws:s3:::logs/${aws:userid}',
];
const principals = [
  '*',
  { AWS: '*' },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:role/x` },
  { AWS: [`arn:aws:iam::${account}:user/u`, '444455556666'] },
  { Service: 'cloudtrail.amazonaws.com' },
];
const conditions = [
  {},
  { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
  { StringLike: { 'aws:SourceVpc': 'vpc-*' } },
  { StringNotEqualsIfExists: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x*' } },
  { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-aaaaaaaaaa/r-ab12/' } },
  { Frobnicate: { a: 'b' } },
];

const oneOrMore = (all: readonly string[]) =>
  oneof(constantFrom(...all), uniqueArray(constantFrom(...all), { minLength: 1, maxLength: 3 }));
const statement: Arbitrary<Statement> = record({
  Effect: constantFrom('Allow', 'Deny'),
  principal: tuple(boolean(), constantFrom(...principals)),
  action: tuple(boolean(), oneOrMore(actions)),
  resource: tuple(boolean(), oneOrMore(resources)),
  Condition: constantFrom(...conditions),
}).map(({ Effect, principal, action, resource, Condition }) => ({
  Effect,
  [principal[0] ? 'NotPrincipal' : 'Principal']: principal[1],
  [action[0] ? 'NotAction' : 'Action']: action[1],
  [resource[0] ? 'NotResource' : 'Resource']: resource[1],
  Condition,
}));
const statements = array(statement, { maxLength: 4 });
const requests: Arbitrary<Requests> = record({
  requester: constantFrom(
    anonymous(),
    principalsOfAccount(account),
    principalsOfAnyAccount(),
    onePrincipal(`arn:aws:iam::${account}:role/x`),
  ),
  actions: constantFrom(['s3:GetObject'], ['s3:*']),
  resources: constantFrom(['arn:aws:s3:::logs/a'], ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/?*']),
});

/** Of two answers that are known, the one that allows more is the greater. */
const order: Record<Answer['answer'], number> = { never: 0, when: 1, always: 2, unknown: Number.NaN };

function allowed(all: readonly Statement[], asked: Requests): Answer {
  return evaluateIam(aDocument(...all), asked).allowed;
}

function isMore(after: Answer, before: Answer): boolean {
  return order[after.answer] > order[before.answer];
}

test('one more Deny, or one Allow less, never allows more', () => {
  assert(
    property(statements, statement, requests, (all, extra, asked) => {
      const without = allowed(all, asked);
      const withExtra = allowed([...all, extra], asked);
      expect(extra['Effect'] === 'Deny' ? isMore(withExtra, without) : isMore(without, withExtra)).toBe(false);
    }),
  );
});

test('one more statement never opens what is denied, and never makes a public policy private but by a Deny', () => {
  assert(
    property(statements, statement, (all, extra) => {
      const [before, after] = [aDocument(...all), aDocument(...all, extra)];
      const denials = [before, after].map((it) => deniesPlainHttp(it, 'arn:aws:s3:::logs').verdict);
      expect([
        ['yes', 'no'],
        ['yes', 'unknown'],
      ]).not.toContainEqual(denials);
      const impossible = extra['Effect'] === 'Allow' ? ['yes', 'no'] : ['no', 'yes'];
      expect([before, after].map((it) => isPublic(it).verdict)).not.toEqual(impossible);
    }),
    { numRuns: 40 },
  );
});

test('the order of statements does not matter', () => {
  assert(
    property(statements, requests, (all, asked) => {
      const [one, other] = [all, all.toReversed()].map((it) => evaluateIam(aDocument(...it), asked));
      expect(other?.allowed.answer).toBe(one?.allowed.answer);
      expect(other?.denied.answer).toBe(one?.denied.answer);
    }),
  );
});

test('a text and a list of one text are the same, and so is a statement alone', () => {
  const listed = ({ Action, Resource, NotAction, NotResource, ...rest }: Statement): Statement => ({
    ...rest,
    ...Object.fromEntries(
      Object.entries({ Action, Resource, NotAction, NotResource }).map(([key, value]) => [
        key,
        typeof value === 'string' ? [value] : value,
      ]),
    ),
  });
  assert(
    property(statement, requests, (one, asked) => {
      expect(allowed([listed(one)], asked)).toEqual(allowed([one], asked));
    }),
  );
});

const concrete = record({
  'aws:SourceVpc': constantFrom('vpc-1', 'vpc-2', 'vpc-3', 'x', undefined),
  'aws:SecureTransport': constantFrom('true', 'false'),
  'aws:SourceIp': constantFrom('10.0.0.1', '10.1.0.1', '192.0.2.1', '2001:db8::1', undefined),
  'aws:PrincipalOrgPaths': constantFrom('o-aaaaaaaaaa/r-ab12/', 'o-bbbbbbbbbb/r-cd34/', undefined),
});

/** A request whose keys are all known. */
function exactly(values: Readonly<Record<string, string | undefined>>): Record<string, ContextValue> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === undefined ? isAbsent : is(...value.split(', '))]),
  );
}

test('what holds of a kind of request holds of each of its requests', () => {
  assert(
    property(statements, concrete, constantFrom('a', 'ab', 'b', 'anonymous'), (all, values, key) => {
      const asked = { requester: principalsOfAnyAccount(), actions: ['s3:*'], resources: ['arn:aws:s3:::logs/?*'] };
      const wide = allowed(all, asked).answer;
      const [vpc, address] = [values['aws:SourceVpc'], values['aws:SourceIp']];
      const context = exactly({ ...values, 'aws:SourceIp': vpc === undefined ? address : undefined });
      const one = { ...asked, actions: ['s3:GetObject'], resources: [`arn:aws:s3:::logs/${key}`], context };
      const narrow = allowed(all, one).answer;
      expect(wide === 'when' || wide === 'unknown' || narrow === wide || narrow === 'unknown').toBe(true);
      expect(narrow !== 'when' || wide === 'when').toBe(true);
    }),
  );
});

test('the requests that are shown are as it is said of them', () => {
  const asked = { requester: principalsOfAccount(account), actions: ['s3:*'], resources: ['arn:aws:s3:::logs/?*'] };
  const replay = (all: readonly Statement[], example: ExampleRequest): string => {
    const { principal, action, resource, context } = example;
    const request = { requester: onePrincipal(principal), actions: [action], resources: [resource] };
    return allowed(all, { ...request, context: exactly(context) }).answer;
  };
  assert(
    property(statements, (all) => {
      const { holdsFor, failsFor } = allowed(all, asked);
      expect(holdsFor === undefined ? 'always' : replay(all, holdsFor)).toBe('always');
      expect(failsFor === undefined ? 'never' : replay(all, failsFor)).toBe('never');
    }),
  );
});
