import { isAccountId, parseArn } from '../../model/identifiers.js';
import type { PrincipalElement, PrincipalMember, Statement } from './document.js';
import type { Identity } from './request.js';
import { every, negation, some, type Truth, undecided } from './truth.js';

/** One principal: of an account it is one with an ARN, or one session of a role. */
export type Principal =
  | Exclude<Identity, { type: 'account' }>
  | {
      readonly type: 'account';
      readonly accountId: string;
      readonly isUnnamed: boolean;
      /** what aws:PrincipalArn says; of a session it is the role's, whose path the session's ARN does not show */
      readonly arn: string | undefined;
      /** one session of a role by its own ARN; undefined: any session there may be, or a user */
      readonly session?: { readonly arn: string; readonly roleName: string };
    };

export function matchPrincipal(element: PrincipalElement, principal: Principal, effect: Statement['effect']): Truth {
  if (!element.isNegated) return some(element.members.map((member) => isMember(member, principal)));
  return effect === 'Deny'
    ? negation(isSpared(element.members, principal))
    : every(element.members.map((member) => negation(isMember(member, principal, true))));
}

/** Whether an element can match some principal of an identity: quick, and never no where it can. */
export function mayName({ isNegated, members }: PrincipalElement, identity: Identity): boolean {
  if (isNegated) return true;
  return members.some((member) => {
    switch (member.type) {
      case 'account':
      case 'arn':
      case 'session':
        return identity.type === 'account' && identity.accountId === member.accountId;
      case 'service':
        return identity.type === 'service' && identity.name === member.name;
      case 'deleted':
        return false;
      default:
        return true;
    }
  });
}

/** @param isExclusion in NotPrincipal naming an account does not clearly name its users and roles */
function isMember(member: PrincipalMember, principal: Principal, isExclusion = false): Truth {
  switch (member.type) {
    case 'everyone':
      return true;
    case 'service':
      return principal.type === 'service' && principal.name === member.name;
    case 'federated':
      return ofProvider(member.provider, principal);
    case 'deleted':
      return false;
    case 'origin-access-identity':
      return principal.type === 'otherwise-named' && principal.text === member.arn;
    case 'canonical-user':
      if (principal.type === 'otherwise-named') return principal.text === member.id;
      return principal.type === 'account' && !principal.isUnnamed
        ? undecided('which account has a canonical user ID is not known')
        : false;
    case 'account':
      if (principal.type !== 'account' || principal.accountId !== member.accountId) return false;
      return isExclusion && principal.arn?.endsWith(':root') !== true
        ? undecided('whether NotPrincipal with an account spares its users and roles is not documented')
        : true;
    case 'arn':
    case 'session':
      if (principal.type !== 'account' || principal.accountId !== member.accountId) return false;
      return isOne(member, principal, isExclusion);
  }
}

function isOne(
  member: Extract<PrincipalMember, { type: 'arn' | 'session' }>,
  { arn, session }: Extract<Principal, { type: 'account' }>,
  isExclusion: boolean,
): Truth {
  if (member.type === 'session') return session?.arn === member.arn;
  const roleName = roleNameOf(member.arn);
  const isSame = session === undefined ? member.arn === arn : roleName === session.roleName;
  return isSame && isExclusion && roleName !== undefined
    ? undecided('whether NotPrincipal with a role spares its sessions is not documented')
    : isSame;
}

/**
 * Deny with NotPrincipal denies everyone but those who are named together with their account, and, of roles, with the
 * session.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(members: readonly PrincipalMember[], principal: Principal): Truth {
  if (principal.type !== 'account') return some(members.map((member) => isMember(member, principal)));
  const isNamed = some(
    members.filter((it) => it.type !== 'account').map((member) => isMember(member, principal, true)),
  );
  const isAccountNamed = members.some((it) => it.type === 'account' && it.accountId === principal.accountId);
  if (members.some((it) => it.type === 'everyone')) return true;
  if (isAccountNamed && principal.arn?.endsWith(':root') === true) return true;
  if (isNamed === false && !isAccountNamed) return false;
  if (isNamed === true && isAccountNamed) return true;
  return undecided(
    'whether NotPrincipal spares a principal whose account, or whose session, it does not name is not documented',
  );
}

/** Sessions that came through an identity provider are principals of an account and of their provider. */
function ofProvider(provider: string, principal: Principal): Truth {
  if (principal.type === 'anonymous' || principal.type === 'service') return false;
  if (principal.type === 'otherwise-named') return principal.text === provider;
  const account = parseArn(provider)?.accountId ?? '';
  if (isAccountId(account) && !(principal.type === 'account' && principal.accountId === account)) return false;
  return undecided(`whether a session came through the identity provider ${provider} is not known`);
}

/** Role names are unique in an account, whatever their path. */
export function roleNameOf(arn: string): string | undefined {
  return /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}
