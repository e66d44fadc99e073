// Documents and requests for tests of IAM: all elements, operators and variables, mixed.
import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  oneof,
  option,
  record,
  tuple,
  uniqueArray,
} from 'fast-check';
import type { OracleRequest } from './iam-oracle.js';

const [account, other] = ['111122223333', '444455556666'];
export const user = `arn:aws:iam::${account}:user/u`;
const role = `arn:aws:iam::${account}:role/x`;
const stranger = `arn:aws:iam::${other}:user/v`;

const anyOf = (all: readonly string[]) =>
  oneof(constantFrom(...all), uniqueArray(constantFrom(...all), { minLength: 1, maxLength: 3 }));
const actions = anyOf(['*', 's3:*', 's3:Get*', 's3:getobject', 's3:?etObject', 's3:Put*', 's3:PutObject', 'sns:*']);
const resources = anyOf([
  '*',
  'arn:aws:s3:::logs',
  'arn:aws:s3:::logs/*',
  'arn:aws:s3:::logs/a?',
  'arn:aws:s3:::logs/${aws:username}',
  "arn:aws:s3:::logs/${aws:PrincipalTag/team, 'a'}*",
  'arn:aws:s3:::logs/${*}',
  'arn:aws:s3:::l*/b',
]);
const principals = constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: account },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: [user, stranger] },
  { AWS: [role, account] },
  { AWS: [user, account] },
  { Service: 'cloudtrail.amazonaws.com' },
);

const strings = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const likes = ['StringLike', 'StringNotLike'];
const comparisons = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

/** Keys, how they are compared, with what, and what requests have. */
interface Compared {
  readonly key: string;
  readonly operators: readonly string[];
  readonly wanted: readonly string[];
  readonly actual: readonly string[];
  readonly isSet?: true;
}

const compared: readonly Compared[] = [
  {
    key: 'aws:PrincipalTag/team',
    operators: [...strings, ...likes],
    wanted: ['a', 'A', 'ab', 'a*', '?b', '*', '${*}', '${aws:username}', '${aws:username}*', "${aws:none, 'ab'}", ''],
    actual: ['a', 'A', 'ab', 'u', 'ux', '*'],
  },
  {
    key: 'aws:SourceVpc',
    operators: [...strings, ...likes],
    wanted: ['vpc-1', 'VPC-1', 'vpc-*', '*'],
    actual: ['vpc-1', 'vpc-2', 'x'],
  },
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    wanted: ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.1', '0.0.0.0/0'],
    actual: ['10.0.0.1', '10.1.2.3', '192.0.2.1'],
  },
  {
    key: 'aws:SecureTransport',
    operators: ['Bool'],
    wanted: ['true', 'false', 'True'],
    actual: ['true', 'false'],
  },
  {
    key: 'aws:CurrentTime',
    operators: comparisons.map((it) => `Date${it}`),
    wanted: ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'],
    actual: ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  },
  {
    key: 's3:max-keys',
    operators: comparisons.map((it) => `Numeric${it}`),
    wanted: ['1', '10', '2.5', '-1'],
    actual: ['0', '1', '2.5', '10', '100'],
  },
  {
    key: 'aws:PrincipalArn',
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', ...likes],
    wanted: [user, `arn:aws:iam::${account}:role/*`, 'arn:aws:iam::*:user/?', `arn:aws:iam::*:*/x`],
    actual: [],
  },
  {
    key: 'app:blob',
    operators: ['BinaryEquals'],
    wanted: ['AAEC', 'AAE=', ''],
    actual: ['AAEC', 'AAE='],
  },
  {
    key: 'aws:TagKeys',
    operators: [...strings, ...likes].flatMap((it) => [`ForAnyValue:${it}`, `ForAllValues:${it}`]),
    wanted: ['a', 'B', 'a*', '${aws:username}'],
    actual: ['a', 'b', 'ab', 'u'],
    isSet: true,
  },
];

const oneTest = oneof(
  ...compared.map(({ key, operators, wanted, isSet = false }) =>
    tuple(constantFrom(...operators), boolean(), anyOf(wanted)).map(([operator, ifExists, values]) => ({
      // What ForAnyValue with IfExists makes of an absent key, AWS's pages leave open.
      [`${operator}${ifExists && !isSet ? 'IfExists' : ''}`]: { [key]: values },
    })),
  ),
  tuple(constantFrom(...compared.map(({ key }) => key.toUpperCase())), constantFrom('true', 'false')).map(
    ([key, value]) => ({ Null: { [key]: value } }),
  ),
);
const conditions = array(oneTest, { maxLength: 3 }).map(
  (all) => Object.assign({}, ...all.map((it) => it as Record<string, unknown>)) as Record<string, unknown>,
);

const statement: Arbitrary<Readonly<Record<string, unknown>>> = record({
  Effect: constantFrom('Allow', 'Deny'),
  principal: tuple(boolean(), principals),
  action: tuple(boolean(), actions),
  resource: tuple(boolean(), resources),
  Condition: conditions,
}).map(({ Effect, principal, action, resource, Condition }) => ({
  Effect,
  [principal[0] ? 'Principal' : 'NotPrincipal']: principal[1],
  [action[0] ? 'Action' : 'NotAction']: action[1],
  [resource[0] ? 'Resource' : 'NotResource']: resource[1],
  Condition,
}));
/** One that lets most requests through. */
const wideAllow: typeof statement = record({
  Effect: constant('Allow'),
  Principal: constantFrom('*', { AWS: account }),
  Action: constantFrom('*', 's3:*'),
  Resource: constant('*'),
  Condition: conditions,
});
/** Documents of a resource. */
export const iamDocuments = record({
  Version: oneof(constant('2012-10-17'), constant('2012-10-17'), constant('2008-10-17')),
  Statement: array(oneof(statement, wideAllow), { minLength: 1, maxLength: 4 }),
});

/** What each request has. */
export const always = { 'aws:SecureTransport': ['true'], 'aws:CurrentTime': ['2026-03-01T00:00:00Z'] };

/** Requests that AWS could get, and all that it would know of them. */
export const iamRequests: Arbitrary<OracleRequest> = record({
  principal: constantFrom(user, role, stranger, 'anonymous'),
  action: constantFrom('s3:GetObject', 's3:PutObject', 'sns:Publish'),
  resource: constantFrom('', '/a', '/ab', '/b', '/u').map((it) => `arn:aws:s3:::logs${it}`),
  values: tuple(
    ...compared.map(({ key, actual, isSet = false }) =>
      (actual.length === 0
        ? constant<string[] | null>(null)
        : option(uniqueArray(constantFrom(...actual), { minLength: 1, maxLength: isSet ? 3 : 1 }))
      ).map((values) => [key, values] as const),
    ),
  ),
}).map(({ principal, action, resource, values }) => {
  const context = new Map<string, readonly string[]>(Object.entries(always));
  for (const [key, all] of values) if (all !== null) context.set(key, all);
  // Who comes through a VPC has no public address, and who has no credentials no tags.
  if (context.has('aws:SourceVpc')) context.delete('aws:SourceIp');
  else if (!context.has('aws:SourceIp')) context.set('aws:SourceIp', ['192.0.2.1']);
  if (principal === 'anonymous') context.delete('aws:PrincipalTag/team');
  for (const [key, all] of Object.entries(ofPrincipal(principal))) context.set(key, all);
  return { principal, action, resource, context: Object.fromEntries(context) };
});

function ofPrincipal(principal: string): Readonly<Record<string, readonly string[]>> {
  if (principal === 'anonymous') return {};
  const name = principal.endsWith(':user/u') ? { 'aws:username': ['u'] } : {};
  return { 'aws:PrincipalArn': [principal], ...name };
}

/** The condition keys of documents and requests. */
export const conditionKeys = [...compared.map(({ key }) => key), 'aws:username', 'aws:none'];
