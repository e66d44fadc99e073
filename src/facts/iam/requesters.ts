import { parseArn } from '../../model/identifiers.js';
import { memo } from './memo.js';
import { trustedKeys } from './outsider.js';
import { type ContextValue, is, isAbsent, isUnknown, type Requester } from './request.js';

type Keys = Readonly<Record<string, ContextValue>>;

/** No account that AWS gives out. */
const unnamedAccount = '000000000000';

/** What AWS adds where a service acts for a resource; principals of an account never have it. */
const noSource: Keys = {
  'aws:SourceArn': isAbsent,
  'aws:SourceAccount': isAbsent,
  'aws:SourceOwner': isAbsent,
  'aws:SourceOrgID': isAbsent,
  'aws:SourceOrgPaths': isAbsent,
};

const noService: Keys = {
  'aws:PrincipalIsAWSService': is('false'),
  'aws:PrincipalServiceName': isAbsent,
  'aws:PrincipalServiceNamesList': isAbsent,
};

const noAccount: Keys = {
  'aws:PrincipalArn': isAbsent,
  'aws:PrincipalAccount': isAbsent,
  'aws:PrincipalOrgID': isAbsent,
  'aws:PrincipalOrgPaths': isAbsent,
  'aws:PrincipalTag/*': isAbsent,
  'aws:username': isAbsent,
  'aws:MultiFactorAuthPresent': isAbsent,
  'aws:MultiFactorAuthAge': isAbsent,
  'kms:CallerAccount': isAbsent,
};

/** Whoever has no credentials. */
export function anonymous(): Requester {
  const context = {
    ...noSource,
    ...noService,
    ...noAccount,
    'aws:PrincipalType': is('Anonymous'),
    'aws:userid': is('anonymous'),
    'aws:ViaAWSService': is('false'),
    'aws:CalledVia': isAbsent,
  };
  return { name: 'anonymous', kinds: [{ identity: { type: 'anonymous' }, context }] };
}

export interface AccountOptions {
  readonly partition?: string;
  /** Of its organization; null when it is in none; undefined when that is not known. */
  readonly organizationId?: string | null;
  /** `o-…/r-…/ou-…/`, as aws:PrincipalOrgPaths has it */
  readonly organizationPath?: string;
  /** An organization of which it is no account; which one it is in, if any, is not known. */
  readonly outsideOrganizationId?: string;
}

/** Any IAM principal of an account. */
export function principalsOfAccount(accountId: string, options: AccountOptions = {}): Requester {
  const identity = { type: 'account', partition: options.partition ?? 'aws', accountId } as const;
  return { name: `account ${accountId}`, kinds: [{ identity, context: accountContext(accountId, options) }] };
}

/** One IAM user, role (in whatever session) or root user, by its ARN. */
export function onePrincipal(arn: string, options: Omit<AccountOptions, 'partition'> = {}): Requester {
  const { partition = 'aws', accountId = '' } = parseArn(arn) ?? {};
  const identity = { type: 'account', partition, accountId, arn } as const;
  return { name: arn, kinds: [{ identity, context: accountContext(accountId, options) }] };
}

/** Any IAM principal of any account that the document does not name, in an organization that it does not name. */
export function principalsOfAnyAccount(partition = 'aws'): Requester {
  const identity = { type: 'account', partition, accountId: unnamedAccount, isUnnamed: true } as const;
  const context = {
    ...accountContext(unnamedAccount, { partition }),
    'aws:PrincipalAccount': outside(false),
    'aws:PrincipalOrgID': outside(true),
    'aws:PrincipalOrgPaths': outside(true),
    'kms:CallerAccount': outside(false),
  };
  return { name: 'any account', kinds: [{ identity, context }] };
}

/** Any IAM principal of a member of the organization that the document does not name by its account. */
export function principalsOfOrganization(organizationId: string, partition = 'aws'): Requester {
  const identity = { type: 'account', partition, accountId: unnamedAccount, isUnnamed: true } as const;
  const context = {
    ...accountContext(unnamedAccount, { partition, organizationId }),
    'aws:PrincipalOrgPaths': { state: 'any', like: [`${organizationId}/?*`], orAbsent: false } as const,
    'aws:PrincipalAccount': outside(false),
    'kms:CallerAccount': outside(false),
  };
  return { name: `organization ${organizationId}`, kinds: [{ identity, context }] };
}

/** One that a document names by its canonical user ID, its identity provider or CloudFront's identity. */
export function otherwiseNamed(text: string): Requester {
  return { name: text, kinds: [{ identity: { type: 'otherwise-named', text }, context: {} }] };
}

/** Who is named nowhere: anonymous, of any account, or a service that acts for any account. */
export function outsider(): Requester {
  const context = Object.fromEntries(trustedKeys.map((key) => [key, outside(true)]));
  return { name: 'anyone', kinds: [{ identity: { type: 'outsider' }, context }] };
}

function outside(orAbsent: boolean): ContextValue {
  return { state: 'outside', orAbsent };
}

function accountContext(accountId: string, options: AccountOptions): Keys {
  const { organizationId, organizationPath, outsideOrganizationId } = options;
  if (organizationId === undefined && outsideOrganizationId !== undefined) {
    return { ...accountContext(accountId, { organizationId: null }), ...ofAnotherOrganization(outsideOrganizationId) };
  }
  return {
    ...noSource,
    ...noService,
    'aws:PrincipalAccount': is(accountId),
    'kms:CallerAccount': is(accountId),
    'aws:PrincipalOrgID': organizationId === null ? isAbsent : orUnknown(organizationId, 'is not known'),
    'aws:PrincipalOrgPaths': organizationId === null ? isAbsent : orUnknown(organizationPath, 'is not known'),
  };
}

function ofAnotherOrganization(id: string): Keys {
  const not = (like: string, unlike: string): ContextValue =>
    isUnknown('is not known', { state: 'any', like: [like], unlike: [unlike], orAbsent: true });
  return {
    'aws:PrincipalOrgID': not('o-?*', id),
    'aws:PrincipalOrgPaths': not('o-?*/?*', `${id}/*`),
  };
}

function orUnknown(value: string | undefined, why: string): ContextValue {
  return value === undefined ? isUnknown(why) : is(value);
}

/** What a service acts for, as AWS says it of the request; what is not given is not known, null is absent. */
export interface Source {
  readonly arn?: string | null;
  readonly accountId?: string | null;
  readonly organizationId?: string | null;
}

/** An AWS service that calls as itself. */
export function service(name: string, source: Source): Requester {
  return { name, kinds: [{ identity: { type: 'service', name }, context: serviceContext(name, source) }] };
}

/** An AWS service that calls as itself, for whatever resource of whatever account. */
export function serviceForAnyone(name: string): Requester {
  const anything = { state: 'any', orAbsent: true } as const;
  const context = {
    ...serviceContext(name, {}),
    'aws:SourceArn': anything,
    'aws:SourceAccount': anything,
    'aws:SourceOwner': anything,
    'aws:SourceOrgID': anything,
    'aws:SourceOrgPaths': anything,
  };
  return { name, kinds: [{ identity: { type: 'service', name }, context }] };
}

function serviceContext(name: string, { arn, accountId, organizationId }: Source): Keys {
  return {
    ...noAccount,
    'aws:PrincipalIsAWSService': is('true'),
    'aws:PrincipalServiceName': is(name),
    'aws:PrincipalServiceNamesList': isUnknown('is not known'),
    'aws:PrincipalType': isUnknown('is not documented for services'),
    'aws:userid': isUnknown('is not documented for services'),
    'aws:ViaAWSService': is('false'),
    'aws:CalledVia': isAbsent,
    'aws:SecureTransport': is('true'),
    // No endpoint of AWS takes less.
    // Source: https://aws.amazon.com/blogs/storage/enforcing-encryption-in-transit-with-tls1-2-or-higher-with-amazon-s3/
    's3:TlsVersion': isUnknown('is 1.2 or more, and not documented any nearer', {
      state: 'any',
      among: ['1.2', '1.3'],
      orAbsent: false,
    }),
    // Its own address, none that a document would name; not through our VPC.
    'aws:SourceIp': isUnknown('is an address of AWS', outsideAddress),
    'aws:SourceVpc': isAbsent,
    'aws:SourceVpce': isAbsent,
    'aws:VpcSourceIp': isAbsent,
    'aws:SourceArn': asTold(arn),
    'aws:SourceAccount': asTold(accountId),
    'aws:SourceOwner': isUnknown('is not known'),
    'aws:SourceOrgID': asTold(organizationId),
    'aws:SourceOrgPaths': organizationId === null ? isAbsent : isUnknown('is not known'),
  };
}

const outsideAddress = { state: 'outside', orAbsent: true } as const;

function asTold(value: string | null | undefined): ContextValue {
  return value === null ? isAbsent : orUnknown(value, 'is not known');
}

/** Whom a service may act for. */
export interface Ours {
  readonly accountIds: readonly string[];
  /** One more, where what is asked about is owned outside of the organization. */
  readonly ownerAccountId?: string;
  readonly organizationId?: string | undefined;
}

/** Whether an account is one of ours. There may be ten thousand, and each document asks anew. */
export function isOurs(accountId: string, { accountIds, ownerAccountId }: Ours): boolean {
  return accountId === ownerAccountId || idsIn(accountIds).has(accountId);
}

const idsIn = memo((accountIds: readonly string[]): ReadonlySet<string> => new Set(accountIds));

/**
 * A service that acts for an account that is not ours: those that the document names, and any other. That it may is
 * the confused deputy's way in.
 *
 * @param resourceType of the ARNs that it acts for: `cloudtrail` and `trail/*`
 * @param named account ids that the document names
 */
export function serviceForOthers(
  name: string,
  { serviceOfArn, resources }: { readonly serviceOfArn: string; readonly resources: string },
  ours: Ours,
  named: readonly string[],
): Requester {
  const others = [...new Set([...named, unnamedAccount])].filter((it) => !isOurs(it, ours));
  return {
    name: `${name} for another account`,
    kinds: others.map((accountId) => ({
      identity: { type: 'service', name },
      context: {
        ...serviceContext(name, { accountId }),
        'aws:SourceArn': {
          state: 'any',
          like: [`arn:*:${serviceOfArn}:*:${accountId}:${resources}`],
          // Names have no colon.
          unlike: ['arn:*:*:*:*:*:*'],
          orAbsent: false,
        },
        // The older word for that account, where a service has it.
        'aws:SourceOwner': isUnknown('is not known', { state: 'any', among: [accountId], orAbsent: true }),
        'aws:SourceOrgID': {
          state: 'any',
          like: ['o-?*'],
          ...(ours.organizationId === undefined ? {} : { unlike: [ours.organizationId] }),
          orAbsent: true,
        },
        'aws:SourceOrgPaths': {
          state: 'any',
          like: ['o-?*/*'],
          ...(ours.organizationId === undefined ? {} : { unlike: [`${ours.organizationId}/*`] }),
          orAbsent: true,
        },
      },
    })),
  };
}
