import type { Answer, Decision } from './answer.js';
import { cloudTrail, ownTrail, trailsOfOthers } from './cloudtrail-requests.js';
import type { IamDocument, MalformedDocument, PrincipalMember } from './document.js';
import { evaluateIam } from './evaluate.js';
import { accountsNamedIn, organizationsNamedIn, principalsNamedIn, servicesTestedIn } from './named-in.js';
import { ownedBy } from './owned-by.js';
import type { ContextValue, Requester } from './request.js';
import {
  anonymous,
  isOurs,
  type Ours,
  otherwiseNamed,
  principalsOfAccount,
  principalsOfAnyAccount,
  principalsOfOrganization,
  serviceForAnyone,
} from './requesters.js';

/** What a document allows a class of principals. */
export interface Access {
  readonly class:
    | 'own-trails'
    | 'other-trails'
    | 'aws-services'
    | 'owner-account'
    | 'organization'
    | 'external-accounts'
    /** named by a canonical user ID, an identity provider or CloudFront's identity */
    | 'otherwise-named'
    | 'any-account'
    | 'anonymous';
  /** a trail's ARN, a service, an account or organization, or as the document names it */
  readonly principal: string;
  readonly accountId?: string;
  readonly allowed: Answer;
  /** denied whatever else allows it: identity policies, ACLs */
  readonly denied: Answer;
}

/** What the document protects, and whose it is. */
export interface Place extends Ours {
  /** the account that owns the resource */
  readonly ownerAccountId: string;
  readonly partition?: string;
  /** ARNs of the trails that use it */
  readonly trails: readonly string[];
  /** No account that is not listed is of the organization. */
  readonly areAllAccounts?: boolean;
}

/**
 * Who can do this, by class: trails of ours and of others, services, the owner's principals, the organization, each
 * account that the document names, any other account, and whoever has no credentials.
 *
 * Identity policies are not read: `allowed` says what the document itself grants.
 */
export function whoCan(
  document: IamDocument | MalformedDocument,
  place: Place,
  requests: {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly context?: Readonly<Record<string, ContextValue>>;
  },
): readonly Access[] {
  const context = { ...ownedBy(place, requests.actions), ...requests.context };
  return requestersOf(document, place).map((it) =>
    accessOf(it, evaluateIam(document, { ...requests, context, requester: it.requester })),
  );
}

function accessOf({ class: of, requester: { name }, accountId }: Classed, { allowed, denied }: Decision): Access {
  return { class: of, principal: name, ...(accountId === undefined ? {} : { accountId }), allowed, denied };
}

interface Classed {
  readonly class: Access['class'];
  readonly requester: Requester;
  readonly accountId?: string;
}

/** The classes of principals that a document may treat differently. */
export function requestersOf(document: IamDocument | MalformedDocument, place: Place): readonly Classed[] {
  const { ownerAccountId, partition = 'aws', organizationId } = place;
  const members = principalsNamedIn(document);
  const named = accountsNamedIn(document);
  const organizations = organizationsNamedIn(document);
  return [
    ...place.trails.map((arn): Classed => ({ class: 'own-trails', requester: ownTrail(arn, organizationId) })),
    { class: 'other-trails', requester: trailsOfOthers(place, named) },
    ...members.flatMap((it) => serviceOf(it)),
    ...servicesByCondition(document),
    {
      class: 'owner-account',
      requester: principalsOfAccount(ownerAccountId, { partition, ...inOrganization(organizationId) }),
      accountId: ownerAccountId,
    },
    ...(organizationId === undefined
      ? []
      : [{ class: 'organization' as const, requester: principalsOfOrganization(organizationId, partition) }]),
    ...named.filter((it) => it !== ownerAccountId).map((accountId): Classed => ofAccount(accountId, place)),
    ...organizations
      .filter((it) => it !== organizationId)
      .map((it): Classed => ({ class: 'external-accounts', requester: principalsOfOrganization(it, partition) })),
    ...members.flatMap((it) => otherwise(it)),
    { class: 'any-account', requester: principalsOfAnyAccount(partition) },
    { class: 'anonymous', requester: anonymous() },
  ];
}

/** Everyone under a condition that services alone meet means them: those that it names, or any. */
function servicesByCondition(document: IamDocument | MalformedDocument): readonly Classed[] {
  return servicesTestedIn(document).map((name) => ({ class: 'aws-services', requester: serviceForAnyone(name) }));
}

function ofAccount(accountId: string, place: Place): Classed {
  const { partition = 'aws', organizationId, areAllAccounts } = place;
  if (isOurs(accountId, place)) {
    const requester = principalsOfAccount(accountId, { partition, ...inOrganization(organizationId) });
    return { class: 'organization', requester, accountId };
  }
  const outside =
    areAllAccounts === true && organizationId !== undefined ? { outsideOrganizationId: organizationId } : {};
  return {
    class: 'external-accounts',
    requester: principalsOfAccount(accountId, { partition, ...outside }),
    accountId,
  };
}

function inOrganization(organizationId: string | undefined): { readonly organizationId?: string } {
  return organizationId === undefined ? {} : { organizationId };
}

function serviceOf(member: PrincipalMember): readonly Classed[] {
  return member.type === 'service' && member.name !== cloudTrail
    ? [{ class: 'aws-services', requester: serviceForAnyone(member.name) }]
    : [];
}

function otherwise(member: PrincipalMember): readonly Classed[] {
  switch (member.type) {
    case 'canonical-user':
      return [{ class: 'otherwise-named', requester: otherwiseNamed(member.id) }];
    case 'federated':
      return [{ class: 'otherwise-named', requester: otherwiseNamed(member.provider) }];
    case 'origin-access-identity':
      return [{ class: 'otherwise-named', requester: otherwiseNamed(member.arn) }];
    default:
      return [];
  }
}
