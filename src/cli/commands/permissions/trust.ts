import { UsageError } from '../../../model/errors.js';
import { isAccountId, parseArn } from '../../../model/identifiers.js';

/** Who may assume the role, as far as the flags say it; a template asks for the rest. */
export interface Trust {
  readonly callerAccount: string | undefined;
  /** The ARN of the one role that may; undefined: whoever the caller's account allows. */
  readonly callerRole: string | undefined;
  /** The organization that the caller must be in. */
  readonly organization: string | undefined;
  readonly externalId: string | undefined;
}

/** As commander gives the flags. */
export interface TrustFlags {
  readonly callerAccount?: string;
  readonly callerRole?: string;
  readonly organization?: string;
  readonly externalId?: string;
}

/**
 * The flags on trust, checked: they go into documents that decide who may enter every account.
 *
 * @throws UsageError naming the flag, what is wrong and what to write instead.
 */
export function parseTrust({ callerAccount, callerRole, organization, externalId }: TrustFlags): Trust {
  if (callerAccount !== undefined && !isAccountId(callerAccount)) {
    throw new UsageError(
      `--caller-account '${callerAccount}' is not an account id.`,
      'An account id has 12 digits, leading zeros included.',
    );
  }
  const accountOfRole = callerRole === undefined ? undefined : accountOf(callerRole);
  if (callerAccount !== undefined && accountOfRole !== undefined && callerAccount !== accountOfRole) {
    throw new UsageError(
      `--caller-role is in account ${accountOfRole}, and --caller-account is ${callerAccount}.`,
      'Leave --caller-account out: the ARN of the role names the account.',
    );
  }
  if (organization !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organization)) {
    throw new UsageError(
      `--organization '${organization}' is not the id of an organization.`,
      'Write it as in o-a1b2c3d4e5; aws organizations describe-organization shows it.',
    );
  }
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) {
    throw new UsageError(
      `--external-id '${externalId}' is not a valid external ID.`,
      'It has 2 to 1,224 letters, digits and + = , . @ : / _ -.',
    );
  }
  return { callerAccount: callerAccount ?? accountOfRole, callerRole, organization, externalId };
}

function accountOf(arn: string): string {
  const parsed = parseArn(arn);
  const isRole = parsed?.service === 'iam' && /^role\/[\w+=,.@/-]{1,576}$/.test(parsed.resource);
  if (parsed !== undefined && isRole && isAccountId(parsed.accountId)) return parsed.accountId;
  throw new UsageError(
    `--caller-role '${arn}' is not the ARN of a role.`,
    'Write the role itself with its path, not a session: arn:aws:iam::111122223333:role/ci/trailproof',
  );
}

/**
 * The trust policy of the role. It names the caller's account, and its role by a condition: a role that is named as
 * the principal must exist beforehand, and loses its access when it is deleted and made again.
 *
 * @throws UsageError when the flags do not say who the caller is.
 */
export function trustPolicy(trust: Trust, partition: string): object {
  const { callerAccount, callerRole, organization, externalId } = trust;
  if (callerAccount === undefined) {
    throw new UsageError(
      'A trust policy names who may assume the role.',
      'Give --caller-role ARN or --caller-account ID: where Trailproof runs.',
    );
  }
  const strings = {
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
  };
  const condition = {
    ...(Object.keys(strings).length === 0 ? {} : { StringEquals: strings }),
    ...(callerRole === undefined ? {} : { ArnEquals: { 'aws:PrincipalArn': callerRole } }),
  };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TrailproofCaller',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${callerAccount}:root` },
        Action: trustedActions,
        ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
      },
    ],
  };
}

/** A run names itself as the source identity, so that CloudTrail shows it in every account. */
export const trustedActions: readonly string[] = ['sts:AssumeRole', 'sts:SetSourceIdentity'];

/** A role's name may come with its path: `audit/TrailproofAudit`. */
export function splitRoleName(roleName: string): { readonly path: string; readonly name: string } {
  const end = roleName.lastIndexOf('/') + 1;
  return { path: `/${roleName.slice(0, end)}`, name: roleName.slice(end) };
}
