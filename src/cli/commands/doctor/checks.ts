import type { Diagnosis } from '../../../collect/index.js';
import type { DoctorCheck, DoctorReport } from '../../../model/doctor.js';

type SeenOrganization = Extract<Diagnosis['membership'], { is: 'member' }>['organization'];
type Standing = NonNullable<DoctorReport['organization']>['callerIs'];

/** What the caller's account is to the organization: it decides what the caller may see. */
export function standingOf(organization: SeenOrganization, accountId: string): Standing {
  if (organization.managementAccountId === accountId) return 'management-account';
  if (organization.cloudTrailAdministrators?.includes(accountId) === true) return 'cloudtrail-administrator';
  return organization.accounts.length > 0 ? 'other-administrator' : 'member';
}

/** What holds for the caller and the organization as a whole. */
export function checksOf(diagnosis: Diagnosis): DoctorCheck[] {
  const { membership, caller } = diagnosis;
  switch (membership.is) {
    case 'alone':
      return [
        {
          id: 'organization',
          status: 'note',
          message: `Account ${caller.accountId} is in no organization: a scan reads it alone.`,
        },
      ];
    case 'unknown':
      return [
        {
          id: 'organization',
          status: 'problem',
          message: `Whether account ${caller.accountId} is in an organization could not be read: ${membership.message}`,
          fix: `Allow organizations:DescribeOrganization, or check this account alone with --account ${caller.accountId}.`,
        },
      ];
    case 'member': {
      const { organization } = membership;
      const standing = standingOf(organization, caller.accountId);
      return [
        listCheck(organization, standing, caller.accountId),
        ...(organization.accounts.length === 0
          ? []
          : [
              trailsCheck(organization, standing, diagnosis),
              ...trustedAccessCheck(organization),
              ...managementCheck(organization, standing, diagnosis),
            ]),
      ];
    }
  }
}

const standingInWords: Readonly<Record<Standing, string>> = {
  'management-account': "as the organization's management account",
  'cloudtrail-administrator': 'as a delegated administrator of CloudTrail',
  'other-administrator': 'as a delegated administrator of another service than CloudTrail',
  member: 'as a member',
};

function listCheck(organization: SeenOrganization, standing: Standing, accountId: string): DoctorCheck {
  const { listFailure, managementAccountId, accounts } = organization;
  const id = 'account-list';
  if (listFailure === undefined) {
    return { id, status: 'ok', message: `The caller lists the accounts, ${standingInWords[standing]}.` };
  }
  if (accounts.length > 0) {
    const message = `The list of accounts broke off after ${accounts.length}: ${listFailure}`;
    return { id, status: 'problem', message, fix: 'Try again later.' };
  }
  return {
    id,
    status: 'problem',
    message: `The caller may not list the accounts of the organization: ${listFailure}`,
    fix:
      standing === 'management-account'
        ? 'Give the caller the policy that this prints: trailproof permissions --caller'
        : `If account ${accountId} is a delegated administrator, give the caller the policy that trailproof permissions --caller prints. ` +
          `If not, register it, in the management account ${managementAccountId}: ${register(accountId)}`,
  };
}

function register(accountId: string): string {
  return `aws cloudtrail register-organization-delegated-admin --member-account-id ${accountId}`;
}

/** Who shows the organization's trails: its management account, or a delegated administrator of CloudTrail. */
function trailsCheck(
  { managementAccountId }: SeenOrganization,
  standing: Standing,
  { readersOfTrails, caller }: Diagnosis,
): DoctorCheck {
  const id = 'organization-trails';
  if (readersOfTrails.includes(managementAccountId)) {
    return { id, status: 'ok', message: "The organization's trails are read in the management account." };
  }
  const [reader] = readersOfTrails.toSorted((a, b) => Number(b === caller.accountId) - Number(a === caller.accountId));
  if (reader !== undefined) {
    const message = `The organization's trails are read in ${reader}, a delegated administrator of CloudTrail.`;
    return { id, status: 'ok', message };
  }
  return {
    id,
    status: 'problem',
    message: `The organization's trails cannot be read: neither the management account ${managementAccountId} nor a delegated administrator of CloudTrail is ready. Whether accounts are covered will not be known.`,
    fix:
      standing === 'other-administrator'
        ? `In the management account: ${register(caller.accountId)}`
        : `Let the role into the management account: trailproof permissions --format cloudformation --management --caller-account ${caller.accountId}`,
  };
}

function trustedAccessCheck({ trustsCloudTrail }: SeenOrganization): DoctorCheck[] {
  const id = 'trusted-access';
  if (trustsCloudTrail === true) return [];
  if (trustsCloudTrail === undefined) {
    const message = 'Whether CloudTrail has trusted access to the organization could not be read.';
    return [{ id, status: 'note', message, fix: 'Allow organizations:ListAWSServiceAccessForOrganization.' }];
  }
  return [
    {
      id,
      status: 'note',
      message:
        'CloudTrail has no trusted access: there can be no organization trail. The scan works, and will report it.',
    },
  ];
}

/** What no delegation gives. */
function managementCheck(
  { managementAccountId }: SeenOrganization,
  standing: Standing,
  { readersOfTrails, outOfScope }: Diagnosis,
): DoctorCheck[] {
  if (standing === 'management-account') return [];
  const isLeftOut = outOfScope.some(({ id }) => id === managementAccountId);
  if (readersOfTrails.includes(managementAccountId) || isLeftOut) return [];
  return [
    {
      id: 'management-account',
      status: 'note',
      message: `Only the management account ${managementAccountId} gives its own trails and what its account policies need: without the role there, these are INSUFFICIENT_DATA. Registering delegated administrators and trusted access are done there, too.`,
    },
  ];
}
