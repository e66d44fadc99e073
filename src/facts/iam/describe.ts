import type { ActionElement, PrincipalElement, PrincipalMember, ResourceElement, Test } from './document.js';

/** As the conditions of an answer tell it: `aws:SourceVpc StringEquals vpc-1 or vpc-2`. */
export function describeTest({ key, operator, values }: Test): string {
  return `${key} ${operator.name} ${values.map((it) => it.text).join(' or ')}`;
}

export function describeAction({ isNegated, patterns }: ActionElement): string {
  return `${isNegated ? 'NotAction' : 'Action'} ${patterns.join(' or ')}`;
}

export function describeResource({ isNegated, patterns }: ResourceElement): string {
  return `${isNegated ? 'NotResource' : 'Resource'} ${patterns.map((it) => it.text).join(' or ')}`;
}

export function describePrincipals({ isNegated, members }: PrincipalElement): string {
  return `${isNegated ? 'NotPrincipal' : 'Principal'} ${members.map(describeMember).join(' or ')}`;
}

export function describeMember(member: PrincipalMember): string {
  switch (member.type) {
    case 'everyone':
      return '*';
    case 'account':
      return member.accountId;
    case 'arn':
    case 'session':
    case 'origin-access-identity':
      return member.arn;
    case 'service':
      return member.name;
    case 'federated':
      return member.provider;
    case 'canonical-user':
    case 'deleted':
      return member.id;
  }
}
