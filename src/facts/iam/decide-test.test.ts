import { expect, test } from 'vitest';
import { aDocument, anAllow } from '../../../test/support/iam-builders.js';
import { anonymous, type ContextValue, evaluateIam, is, isAbsent, isUnknown } from './index.js';

const role = 'arn:aws:iam::111122223333:role/x';
const trail = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main';

function answerTo(operator: string, values: unknown, value: ContextValue, key = 'x:key'): string {
  const document = aDocument(anAllow({ Condition: { [operator]: { [key]: values } } }));
  const requests = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::logs/a'], context: { [key]: value } };
  return evaluateIam(document, { ...requests, requester: anonymous() }).allowed.answer;
}

const holds = 'always';
const fails = 'never';

test.each<[operator: string, values: unknown, value: ContextValue, expected: string]>([
  ['StringEquals', 'a', is('a'), holds],
  ['StringEquals', 'a', is('A'), fails],
  ['StringEquals', ['a', 'b'], is('b'), holds],
  ['StringEquals', 'a*', is('ab'), fails],
  ['StringEquals', 'a*', is('a*'), holds],
  ['StringEquals', 'a', isAbsent, fails],
  ['StringEquals', 5, is('5'), holds],
  ['StringEquals', true, is('true'), holds],
  ['StringNotEquals', ['a', 'b'], is('b'), fails],
  ['StringNotEquals', ['a', 'b'], is('c'), holds],
  ['StringNotEquals', 'a', isAbsent, holds],
  ['StringEqualsIgnoreCase', 'aB', is('Ab'), holds],
  ['StringNotEqualsIgnoreCase', 'aB', is('Ab'), fails],
  ['StringLike', 'a*c?', is('abbbcd'), holds],
  ['StringLike', 'a*c?', is('abbbc'), fails],
  ['StringLike', 'A*', is('ab'), fails],
  ['StringLike', '*', is('anything at all:/'), holds],
  ['StringNotLike', 'a*', is('ab'), fails],
  ['StringNotLike', 'a*', isAbsent, holds],
  ['StringLike', 'a${*}', is('ab'), fails],
  ['StringLike', 'a${*}', is('a*'), holds],
  ['StringEquals', 'a${$}', is('a$'), holds],

  ['NumericEquals', '10', is('10.0'), holds],
  ['NumericEquals', 10, is('10'), holds],
  ['NumericNotEquals', '10', is('11'), holds],
  ['NumericLessThan', '10', is('9.99'), holds],
  ['NumericLessThan', '10', is('10'), fails],
  ['NumericLessThanEquals', '10', is('10'), holds],
  ['NumericGreaterThan', '10', is('10'), fails],
  ['NumericGreaterThanEquals', '10', is('1e1'), holds],
  ['NumericLessThan', '10', isAbsent, fails],
  ['NumericLessThanIfExists', '10', isAbsent, holds],
  ['NumericEquals', 'ten', is('10'), 'unknown'],
  ['NumericEquals', '10', is('ten'), fails],

  ['DateEquals', '2026-01-01T00:00:00Z', is('2026-01-01T01:00:00+01:00'), holds],
  ['DateNotEquals', '2026-01-01T00:00:00Z', is('2026-01-01T00:00:01Z'), holds],
  ['DateLessThan', '2026-01-01', is('2025-12-31T23:59:59Z'), holds],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', is('2026-01-01T00:00:00Z'), holds],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', is('1767225601'), holds],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', is('2025-06-01T00:00:00Z'), fails],
  ['DateLessThan', '99999999999999999', { state: 'any', orAbsent: false }, 'unknown'],
  ['NumericLessThan', '1e999', { state: 'any', orAbsent: false }, 'unknown'],
  ['DateLessThan', 'tomorrow', is('2026-01-01T00:00:00Z'), 'unknown'],

  ['Bool', 'true', is('true'), holds],
  ['Bool', false, is('true'), fails],
  ['Bool', 'true', isAbsent, fails],
  ['BoolIfExists', 'true', isAbsent, holds],
  ['Bool', 'yes', is('true'), 'unknown'],

  ['BinaryEquals', 'QmluYXJ5', is('QmluYXJ5'), holds],
  ['BinaryEquals', 'QmluYXJ5', is('AAAA'), fails],

  ['IpAddress', '203.0.113.0/24', is('203.0.113.255'), holds],
  ['IpAddress', '203.0.113.0/24', is('203.0.114.0'), fails],
  ['IpAddress', '203.0.113.7', is('203.0.113.7'), holds],
  ['IpAddress', '2001:db8::/32', is('2001:db8:ffff::1'), holds],
  ['IpAddress', '2001:db8::/32', is('203.0.113.7'), fails],
  ['IpAddress', '0.0.0.0/0', is('2001:db8::1'), fails],
  ['IpAddress', '::ffff:192.0.2.0/120', is('::ffff:c000:201'), holds],
  ['NotIpAddress', '203.0.113.0/24', is('203.0.113.7'), fails],
  ['NotIpAddress', '203.0.113.0/24', isAbsent, holds],
  ['IpAddress', '203.0.113.0/33', is('203.0.113.7'), 'unknown'],

  ['ArnEquals', 'arn:aws:iam::*:role/x', is(role), holds],
  ['ArnLike', 'arn:aws:iam::*:role/?', is(role), holds],
  ['ArnLike', 'arn:aws:cloudtrail:*:111122223333:trail/*', is(trail), holds],
  ['ArnLike', 'arn:aws:cloudtrail:*:trail/*', is(trail), 'unknown'],
  ['ArnLike', 'arn:aws:*:111122223333:*:trail/main', is(trail), fails],
  ['StringLike', 'arn:aws:*:trail/*', is(trail), holds],
  ['ArnLike', '*', is(trail), holds],
  ['ArnLike', 'arn:aws:sns:*:*:a*', is('arn:aws:sns:eu-west-1:111122223333:a:b'), holds],
  ['ArnNotEquals', 'arn:aws:iam::*:role/x', is(role), fails],
  ['ArnNotLike', 'arn:aws:iam::*:role/y*', is(role), holds],
  ['ArnNotLike', 'arn:aws:iam::*:role/y*', isAbsent, holds],
  ['ArnLikeIfExists', 'arn:aws:iam::*:role/y*', isAbsent, holds],
  ['ArnLike', 'arn:aws:iam::*:role/*', is('no arn'), fails],

  ['Null', 'true', isAbsent, holds],
  ['Null', 'true', is('a'), fails],
  ['Null', false, is('a'), holds],
  ['Null', 'false', isAbsent, fails],
  ['Null', ['true', 'false'], isAbsent, holds],
  ['Null', 'true', isUnknown('is not known'), 'unknown'],

  ['StringEqualsIfExists', 'a', isAbsent, holds],
  ['StringEqualsIfExists', 'a', is('b'), fails],
  ['StringNotEqualsIfExists', 'a', isAbsent, holds],
  ['StringNotEqualsIfExists', 'a', is('a'), fails],
  ['stringequals', 'a', is('a'), holds],

  ['ForAnyValue:StringEquals', ['a', 'b'], is('c', 'b'), holds],
  ['ForAnyValue:StringEquals', ['a', 'b'], is('c', 'd'), fails],
  ['ForAnyValue:StringEquals', 'a', isAbsent, fails],
  ['ForAnyValue:StringEqualsIfExists', 'a', isAbsent, 'unknown'],
  ['ForAnyValue:StringNotEquals', 'a', is('a', 'b'), holds],
  ['ForAnyValue:StringNotEquals', 'a', is('a'), fails],
  ['ForAnyValue:StringNotEquals', 'a', isAbsent, fails],
  ['ForAllValues:StringEquals', ['a', 'b'], is('a', 'b'), holds],
  ['ForAllValues:StringEquals', ['a', 'b'], is('a', 'c'), fails],
  ['ForAllValues:StringEquals', ['a', 'b'], isAbsent, holds],
  ['ForAllValues:StringNotLike', 'a*', is('b', 'ab'), fails],
  ['ForAllValues:StringNotLike', 'a*', is('b', 'c'), holds],
  ['StringEquals', 'a', is('a', 'b'), 'unknown'],

  ['StringEquals', 'a', isUnknown('is not known'), 'unknown'],
  ['StringLike', '*', isUnknown('is not known', { state: 'any', orAbsent: false }), holds],
  ['StringEquals', 'a', isUnknown('is not known', { state: 'any', among: ['b', 'c'], orAbsent: true }), fails],
  ['StringEquals', 'a', isUnknown('is not known', { state: 'any', among: ['a', 'c'], orAbsent: false }), 'unknown'],

  ['StringEquals', 'a', { state: 'any', orAbsent: true }, 'when'],
  ['StringLike', '*', { state: 'any', orAbsent: false }, holds],
  ['StringLike', '*', { state: 'any', orAbsent: true }, 'when'],
  ['StringNotEquals', 'a', { state: 'any', orAbsent: true }, 'when'],
  ['StringNotEquals', 'a', { state: 'any', like: ['b*'], orAbsent: true }, holds],
  ['StringLike', ['a*', 'b*'], { state: 'any', like: ['a?c', 'bc'], orAbsent: false }, holds],
  ['StringLike', 'a*', { state: 'any', like: ['*'], unlike: ['a*'], orAbsent: false }, fails],
  ['NumericLessThan', '10', { state: 'any', orAbsent: false }, 'when'],
  ['NumericLessThan', ['10', '5'], { state: 'any', orAbsent: false }, 'when'],
  ['DateLessThan', '2026-01-01T00:00:00Z', { state: 'any', orAbsent: false }, 'when'],
  ['IpAddress', ['0.0.0.0/0', '::/0'], { state: 'any', orAbsent: false }, holds],
  ['IpAddress', ['0.0.0.0/1', '128.0.0.0/1', '::/0'], { state: 'any', orAbsent: false }, holds],
  ['IpAddress', ['0.0.0.0/1', '128.0.0.0/2', '::/0'], { state: 'any', orAbsent: false }, 'when'],
  ['NotIpAddress', '10.0.0.0/8', { state: 'any', orAbsent: true }, 'when'],
  ['Bool', ['true', 'false'], { state: 'any', orAbsent: false }, holds],
  ['BinaryEquals', 'AAAA', { state: 'any', orAbsent: false }, 'when'],
  ['BinaryEquals', '', { state: 'any', orAbsent: false }, 'when'],
  ['Null', 'true', { state: 'any', orAbsent: true }, 'when'],
  ['ForAllValues:StringEquals', 'a', { state: 'any', orAbsent: true }, 'when'],
  ['ForAnyValue:StringEquals', 'a', { state: 'any', orAbsent: true }, 'when'],
])('%s %j with %j: %s', (operator, values, value, expected) => {
  expect(answerTo(operator, values, value)).toBe(expected);
});

test('a key that is compared in two ways at once is undecided rather than guessed', () => {
  const condition = { StringLike: { 'x:key': '1*' }, NumericLessThan: { 'x:key': '5' } };
  const document = aDocument(anAllow({ Condition: condition }));
  const requests = { requester: anonymous(), actions: ['s3:GetObject'], resources: ['arn:aws:s3:::logs/a'] };
  const { allowed } = evaluateIam(document, requests);
  expect(allowed).toMatchObject({
    answer: 'unknown',
    because: ['statement 1: x:key is compared as string and as numeric'],
  });
});

test.each([
  ['${aws:username}', is('alice'), holds],
  ['${AWS:UserName}', is('alice'), holds],
  ['${aws:username}', is('bob'), fails],
  ["${aws:PrincipalTag/team, 'alice'}", is('alice'), holds],
  ['${aws:PrincipalTag/team}', is('alice'), fails],
  ['${aws:FederatedProvider}', is('alice'), 'unknown'],
])('the policy variable %s against %j: %s', (text, value, expected) => {
  const document = aDocument(anAllow({ Condition: { StringEquals: { 'x:key': text } } }));
  const context = { 'x:key': value, 'aws:username': is('alice'), 'aws:PrincipalTag/team': isAbsent };
  const requests = { requester: anonymous(), actions: ['s3:GetObject'], resources: ['arn:aws:s3:::logs/a'], context };
  expect(evaluateIam(document, requests).allowed.answer).toBe(expected);
});
