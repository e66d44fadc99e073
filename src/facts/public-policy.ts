import { type IamDocument, isPublic, parseIamDocument, type Statement } from './iam/index.js';

/**
 * Whether a bucket policy is public, as far as its text alone decides: S3's own verdict may not have been read, and AWS
 * Config does not record it. It is not public when it allows nothing to everyone; it is when it allows everyone
 * something without a condition, and no Deny takes all of that back. Whether a condition names a fixed value, and what
 * access points open to which the bucket delegates, is left to S3.
 *
 * @returns undefined where the text does not decide it
 */
export function isPublicByText(text: string): boolean | undefined {
  const document = parseIamDocument(text, 'resource');
  if ('problem' in document) return undefined;
  const { statements } = document;
  const isWhole = statements.every(({ effect, malformed }) => effect !== undefined && malformed.length === 0);
  if (isWhole && statements.every((it) => it.effect === 'Deny' || namesItsPrincipals(it))) {
    return isPublic(document).verdict === 'no' ? false : undefined;
  }
  const open = statements.filter((it) => it.effect === 'Deny' || isOpenToEveryone(it));
  const stripped: IamDocument = { ...document, statements: open };
  return isPublic(stripped).verdict === 'yes' ? true : undefined;
}

/** Neither everyone nor all but some. */
function namesItsPrincipals({ principal }: Statement): boolean {
  if (principal === undefined || 'problem' in principal || principal.isNegated) return false;
  return principal.members.every((it) => it.type !== 'everyone');
}

function isOpenToEveryone({ effect, principal, tests }: Statement): boolean {
  if (effect !== 'Allow' || tests.length > 0) return false;
  if (principal === undefined || 'problem' in principal || principal.isNegated) return false;
  return principal.members.some((it) => it.type === 'everyone');
}
