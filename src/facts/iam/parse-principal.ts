import { isObject } from '../../model/is-object.js';
import { isAccountId, parseArn } from '../../model/identifiers.js';
import type { Malformed, PrincipalElement, PrincipalMember } from './document.js';
import { textsOf } from './texts.js';

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function parsePrincipal(value: unknown, isNegated: boolean): PrincipalElement | Malformed {
  const element = isNegated ? 'NotPrincipal' : 'Principal';
  if (value === '*') return { isNegated, members: [{ type: 'everyone' }] };
  if (!isObject(value) || Object.keys(value).length === 0) {
    return { problem: `has a ${element} that is neither "*" nor an object that names principals` };
  }
  const members: PrincipalMember[] = [];
  for (const [type, names] of Object.entries(value)) {
    const texts = textsOf(names);
    if (texts === undefined) return { problem: `has a ${element} whose ${type} is neither a text nor a list of texts` };
    for (const text of texts) {
      const member = memberOf(type, text);
      if (member === undefined) return { problem: `has a ${element} that names no principal: ${type} ${text}` };
      members.push(member);
    }
  }
  return { isNegated, members };
}

function memberOf(type: string, text: string): PrincipalMember | undefined {
  switch (type) {
    case 'AWS':
      return awsMember(text);
    case 'Service':
      return /^[a-z0-9.-]+$/i.test(text) ? { type: 'service', name: text.toLowerCase() } : undefined;
    case 'Federated':
      return text === '*' ? undefined : { type: 'federated', provider: text };
    case 'CanonicalUser':
      return /^[0-9a-f]{64}$/i.test(text) ? { type: 'canonical-user', id: text.toLowerCase() } : undefined;
    default:
      return undefined;
  }
}

function awsMember(text: string): PrincipalMember | undefined {
  if (text === '*') return { type: 'everyone' };
  if (isAccountId(text)) return { type: 'account', accountId: text };
  // What was deleted is shown by its unique id, which no principal has again.
  if (/^A(ROA|IDA|GPA|NPA)[A-Z0-9]{12,}$/.test(text)) return { type: 'deleted', id: text };
  const arn = parseArn(text);
  // Wildcards match no part of a principal's ARN: AWS refuses them.
  if (arn === undefined || /[*?]/.test(text)) return undefined;
  const { service, accountId, resource } = arn;
  if (service === 'iam' && accountId === 'cloudfront') return { type: 'origin-access-identity', arn: text };
  if (!isAccountId(accountId)) return undefined;
  if (service === 'iam' && resource === 'root') return { type: 'account', accountId };
  const session = /^assumed-role\/([^/]+)\/.+$/.exec(resource);
  if (service === 'sts' && session !== null) {
    return { type: 'session', arn: text, accountId, roleName: session[1] ?? '' };
  }
  const isPrincipal = service === 'iam' ? /^(user|role)\/.+$/ : /^federated-user\/.+$/;
  return (service === 'iam' || service === 'sts') && isPrincipal.test(resource)
    ? { type: 'arn', arn: text, accountId }
    : undefined;
}
