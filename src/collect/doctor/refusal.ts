import type { DoctorCause } from '../../model/doctor.js';

/**
 * Which kind of policy AWS says has refused a call. IAM words it in two ways, "with an explicit deny in a service
 * control policy" and "because no identity-based policy allows the … action", and may add the policy's ARN.
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
const refusers: readonly (readonly [RegExp, 'control-policy' | 'trust-policy' | 'permissions'])[] = [
  [/(?:service|resource) control policy/i, 'control-policy'],
  [/role trust policy|resource-based policy/i, 'trust-policy'],
  [/identity-based policy|permissions boundary|session policy|VPC endpoint policy/i, 'permissions'],
];

function refuserIn(message: string): (typeof refusers)[number][1] | undefined {
  return refusers.find(([pattern]) => pattern.test(message))?.[1];
}

/**
 * Why AssumeRole did not let the caller in.
 *
 * Across accounts AWS mostly says no more than "is not authorized to perform: sts:AssumeRole", in the same words for
 * a role that is not there, a trust policy that does not name the caller, an external id that is not the right one,
 * and a caller that may not assume it: these stay `role-refused`.
 *
 * @param message - the error code and AWS's own message
 */
export function entryCause(message: string): DoctorCause {
  if (message.startsWith('RegionDisabled')) return 'region-off';
  if (!message.startsWith('AccessDenied')) return 'no-answer';
  switch (refuserIn(message)) {
    case 'control-policy':
      return 'entry-control-policy';
    case 'trust-policy':
      return 'trust-policy';
    case 'permissions':
      return 'caller-permission';
    case undefined:
      return 'role-refused';
  }
}

/** What a refused list of trails tells, once the account is entered. */
export interface ReadRefusal {
  readonly message: string;
  readonly isDenied: boolean;
  /** The Region does not know the session's credentials, or a control policy closes it. */
  readonly isRegionDenied: boolean;
  /** The account was read with the caller's own credentials. */
  readonly isOwn: boolean;
}

/** Why the trails of an account that was entered could not be listed. */
export function readCause({ message, isDenied, isRegionDenied, isOwn }: ReadRefusal): DoctorCause {
  if (!isDenied) return 'no-answer';
  switch (refuserIn(message)) {
    case 'control-policy':
      return 'read-control-policy';
    case 'permissions':
      return isOwn ? 'caller-permission' : 'role-permission';
    case 'trust-policy':
      return 'read-refused';
    case undefined:
      return isRegionDenied ? 'region-off' : 'read-refused';
  }
}
