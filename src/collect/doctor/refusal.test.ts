import { describe, expect, test } from 'vitest';
import { entryCause, readCause } from './refusal.js';

const user = 'User: arn:aws:iam::111122223333:user/auditor is not authorized to perform';
const role = 'arn:aws:iam::444455556666:role/TrailproofAudit';
const entry = `AccessDenied: ${user}: sts:AssumeRole on resource: ${role}`;
const read = `AccessDeniedException: ${user}: cloudtrail:ListTrails on resource: *`;

describe('what AWS says when a role is not given', () => {
  test.each([
    [entry, 'role-refused'],
    [`${entry} with an explicit deny in a service control policy`, 'entry-control-policy'],
    [
      `${entry} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-a/service_control_policy/p-1`,
      'entry-control-policy',
    ],
    [`${entry} because no service control policy allows the sts:AssumeRole action`, 'entry-control-policy'],
    [`${entry} with an explicit deny in a resource control policy`, 'entry-control-policy'],
    [
      `AccessDenied: ${user}: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action`,
      'trust-policy',
    ],
    [`AccessDenied: ${user}: sts:AssumeRole with an explicit deny in the role trust policy`, 'trust-policy'],
    [`${entry} because no resource-based policy allows the sts:AssumeRole action`, 'trust-policy'],
    [`${entry} because no identity-based policy allows the sts:AssumeRole action`, 'caller-permission'],
    [`${entry} with an explicit deny in an identity-based policy`, 'caller-permission'],
    [`${entry} because no permissions boundary allows the sts:AssumeRole action`, 'caller-permission'],
    [`${entry} because no session policy allows the sts:AssumeRole action`, 'caller-permission'],
    ['RegionDisabledException: STS is not activated in this region for account:444455556666.', 'region-off'],
    ['ExpiredToken: The security token included in the request is expired', 'no-answer'],
    ['Throttling: Rate exceeded', 'no-answer'],
  ])('%s: %s', (message, cause) => {
    expect(entryCause(message)).toBe(cause);
  });
});

describe('what AWS says when trails are not listed', () => {
  const refused = (message: string, parts: Partial<Parameters<typeof readCause>[0]> = {}) =>
    readCause({ message, isDenied: true, isRegionDenied: false, isOwn: false, ...parts });

  test.each([
    [`${read} with an explicit deny in a service control policy`, 'read-control-policy'],
    [`${read} because no service control policy allows the cloudtrail:ListTrails action`, 'read-control-policy'],
    [`${read} because no identity-based policy allows the cloudtrail:ListTrails action`, 'role-permission'],
    [`${read} because no permissions boundary allows the cloudtrail:ListTrails action`, 'role-permission'],
    ['AccessDeniedException: Access denied.', 'read-refused'],
  ])('%s: %s', (message, cause) => {
    expect(refused(message)).toBe(cause);
  });

  test('with credentials of its own, it is the caller who lacks the permission', () => {
    const message = `${read} because no identity-based policy allows the cloudtrail:ListTrails action`;
    expect(refused(message, { isOwn: true })).toBe('caller-permission');
  });

  test('a Region that does not know the credentials is off', () => {
    const message = 'UnrecognizedClientException: The security token included in the request is invalid.';
    expect(refused(message, { isRegionDenied: true })).toBe('region-off');
  });

  test('what is no refusal is no answer', () => {
    expect(refused('ThrottlingException: Rate exceeded', { isDenied: false })).toBe('no-answer');
  });
});
