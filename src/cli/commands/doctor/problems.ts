import type { Diagnosis } from '../../../collect/index.js';
import type { DoctorCause, DoctorProblem } from '../../../model/doctor.js';
import { countedInThousands } from '../../../text/plural.js';

/** How accounts are entered: what the advice repeats. */
export interface Entry {
  readonly roleName: string;
  readonly externalId: string | undefined;
}

interface Advice {
  readonly title: string;
  readonly explanation: string;
  readonly fix: readonly string[];
}

/** The order of the report: what keeps the caller itself from working first. */
const causes: readonly DoctorCause[] = [
  'caller-permission',
  'entry-control-policy',
  'role-refused',
  'trust-policy',
  'role-permission',
  'read-control-policy',
  'region-denied',
  'region-off',
  'read-refused',
  'no-answer',
];

/** The accounts that are not ready, by cause, each with what to do. */
export function problemsOf(diagnosis: Diagnosis, entry: Entry): DoctorProblem[] {
  const all = diagnosis.accounts.filter((it) => !it.isReady);
  return causes.flatMap((cause) => {
    const accounts = all.filter((it) => it.cause === cause);
    if (accounts.length === 0) return [];
    const shown = accounts.map(({ id, name, region, message }) => ({ id, name, region, message }));
    return [{ cause, ...adviceOn(cause, shown, diagnosis, entry), accounts: shown }];
  });
}

type Refused = DoctorProblem['accounts'];

function adviceOn(cause: DoctorCause, accounts: Refused, diagnosis: Diagnosis, entry: Entry): Advice {
  const { roleName } = entry;
  const regions = [...new Set(accounts.map(({ region }) => region))].toSorted().join(', ');
  switch (cause) {
    case 'role-refused':
      return refusedAdvice(accounts, diagnosis, entry);
    case 'trust-policy':
      return {
        title: `the trust policy of ${roleName} refuses the caller`,
        explanation: 'The role is there, and its trust policy does not allow this caller.',
        fix: rollOut(accounts, diagnosis, entry),
      };
    case 'caller-permission':
      return {
        title: 'the caller itself is not allowed to',
        explanation: 'An identity policy, a permissions boundary or a session policy of the caller denies it.',
        fix: [`Give the caller the policy that this prints: trailproof permissions --caller${roleFlag(roleName)}`],
      };
    case 'entry-control-policy':
      return {
        title: 'a control policy denies sts:AssumeRole',
        explanation:
          "A service control policy binds the caller's account, a resource control policy the account that is entered; AWS's message says which.",
        fix: [`Except role/${roleName}, or the caller, in that control policy.`],
      };
    case 'read-control-policy':
      return {
        title: 'a control policy denies reading CloudTrail',
        explanation: `The role is entered, and cloudtrail:ListTrails is denied (${regions}), not in one Region only.`,
        fix: [exceptRole(roleName)],
      };
    case 'region-denied':
      return {
        title: `a control policy denies ${regions}`,
        explanation:
          "The role is entered and may list trails in another Region. A scan calls CloudTrail in the home Region of the organization's trail.",
        fix: [exceptRole(roleName)],
      };
    case 'region-off':
      return {
        title: `${regions} is not enabled there`,
        explanation:
          'The Region does not accept the credentials of these accounts: the Region, or STS in it, is disabled.',
        fix: ['Name a Region that every account has: --region us-east-1 (us-gov-west-1, cn-north-1).'],
      };
    case 'role-permission':
      return {
        title: `${roleName} may not list trails`,
        explanation:
          'The role is entered; its policy or its permissions boundary does not allow cloudtrail:ListTrails.',
        fix: [`Give the role the policy that this prints: trailproof permissions${roleFlag(roleName)}`],
      };
    case 'read-refused':
      return {
        title: 'refused without a reason',
        explanation: 'The role is entered, and AWS refuses the list of trails without saying why.',
        fix: [`Compare the policy of the role with: trailproof permissions${roleFlag(roleName)}`],
      };
    case 'no-answer':
      return {
        title: 'no usable answer',
        explanation: 'Throttled, out of time, or failed in another way.',
        fix: ['Try again; with fewer at once: --concurrency 8.'],
      };
  }
}

/** What AWS does not tell apart can be narrowed down by the accounts that do let the caller in. */
function refusedAdvice(accounts: Refused, diagnosis: Diagnosis, entry: Entry): Advice {
  const { roleName, externalId } = entry;
  const own = diagnosis.caller.accountId;
  const entered = diagnosis.accounts.filter((it) => it.id !== own && (it.isReady || foundInside.has(it.cause))).length;
  const alike =
    'AWS gives the same answer if the role is missing, if its trust policy does not allow the caller, and if it requires another external id';
  if (entered > 0) {
    return {
      title: 'the role is missing, or refuses the caller',
      explanation: `${alike} or organization. The caller enters ${countedInThousands(entered, 'other account')} as ${roleName}${
        externalId === undefined ? '' : ' with this external id'
      }, so its own permissions are in order: look at the role in these accounts.`,
      fix: rollOut(accounts, diagnosis, entry),
    };
  }
  return {
    title: 'no account lets the caller in',
    explanation: `${alike} or organization; and if the caller may not assume roles at all.`,
    fix: [
      `Check what the caller may do: trailproof permissions --caller${roleFlag(roleName)}`,
      `Check --role-name (${roleName}) and --external-id (${externalId === undefined ? 'none given' : 'one given'}).`,
      ...rollOut(accounts, diagnosis, entry),
    ],
  };
}

/** Causes that only show once an account is entered. */
const foundInside: ReadonlySet<DoctorCause> = new Set<DoctorCause>([
  'read-control-policy',
  'region-denied',
  'role-permission',
  'read-refused',
]);

/** How the role gets into accounts: by a StackSet, which never reaches the management account. */
function rollOut(accounts: Refused, { caller, membership }: Diagnosis, { roleName, externalId }: Entry): string[] {
  const organization = membership.is === 'member' ? membership.organization : undefined;
  const management = organization?.managementAccountId;
  const flags = [
    roleFlag(roleName),
    ` --caller-account ${caller.accountId}`,
    organization === undefined ? '' : ` --organization ${organization.id}`,
    externalId === undefined ? '' : ' --external-id ID',
    caller.partition === 'aws' ? '' : ` --partition ${caller.partition}`,
  ].join('');
  const command = `trailproof permissions --format cloudformation`;
  const ofMembers = accounts.some(({ id }) => id !== management);
  const ofManagement = accounts.some(({ id }) => id === management);
  return [
    ...(ofMembers
      ? [`Deploy the role with a StackSet, and look at its failed stack instances: ${command}${flags}`]
      : []),
    ...(ofManagement
      ? [`StackSets never reach the management account ${management}: ${command} --management${flags}`]
      : []),
  ];
}

function exceptRole(roleName: string): string {
  return `Except the role in that control policy (ArnNotLike aws:PrincipalArn arn:*:iam::*:role/${roleName}), or allow cloudtrail:Describe*, Get* and List* there.`;
}

function roleFlag(roleName: string): string {
  return roleName === 'TrailproofAudit' ? '' : ` --role-name ${roleName}`;
}
