import type { RoleDetails } from '../model/inventory.js';
import { MalformedAnswer, required } from './malformed-answer.js';
import { normalizePolicyText } from './policy-text.js';
import { defined, optionalText } from './text.js';

/** GetRole's answer, as far as it is used. */
export interface RawRole {
  readonly AssumeRolePolicyDocument?: string | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined;
}

export function normalizeRole(raw: RawRole): RoleDetails {
  const { AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary } = raw;
  return defined({
    trustPolicy: normalizeIamDocument(trust, 'AssumeRolePolicyDocument'),
    permissionsBoundaryArn:
      boundary === undefined
        ? undefined
        : required(optionalText(boundary.PermissionsBoundaryArn), 'PermissionsBoundary.PermissionsBoundaryArn'),
  });
}

/**
 * A document of IAM, which comes URL-encoded (RFC 3986).
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 */
export function normalizeIamDocument(raw: string | undefined, member: string): string {
  const text = required(raw, member);
  // A server other than AWS may leave it as it is.
  return normalizePolicyText(text.trimStart().startsWith('{') ? text : decoded(text, member));
}

function decoded(text: string, member: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) throw new MalformedAnswer(`${member} is not URL-encoded.`);
    throw error;
  }
}
