import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed } from './evaluate.js';
import type { Requester } from './request.js';
import { outsider } from './requesters.js';
import { forSome, type Verdict } from './verdict.js';

/**
 * Whether a bucket policy (or an access point's) is public in S3's meaning: it gives someone access whom it does not
 * name by a fixed value: a principal, account or organization, a VPC or its endpoint, a source ARN or account, a range
 * of addresses not wider than /8 (IPv6: /32). Denies count; a service principal that is named is not the public.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 *
 * @returns yes with the statements that open it; unknown where the document cannot be understood
 */
export function isPublic(document: IamDocument | MalformedDocument): Verdict {
  return forSome(isAllowed(document, { requester: outsider(), actions: ['*'], resources: ['*'] }));
}

/**
 * Whether a key policy lets principals of any account use or manage the key. KMS knows no anonymous requests; a
 * condition that only some requests meet (kms:ViaService, an encryption context) does not make it less public. What it says of another
 * key says nothing of its own.
 *
 * @param keyArn of the key that it is attached to; without it each statement is taken to be about that key
 */
export function keyIsPublic(document: IamDocument | MalformedDocument, keyArn = '*'): Verdict {
  return forSome(isAllowed(document, { requester: signedOutsider(), actions: ['kms:*'], resources: [keyArn] }));
}

function signedOutsider(): Requester {
  const { name, kinds } = outsider();
  // Each request to KMS comes from some account.
  const signed = { 'kms:CallerAccount': { state: 'outside', orAbsent: false } } as const;
  return {
    name,
    kinds: kinds.map(({ identity, context }) => ({
      identity,
      context: { ...lowerCased(context), ...lowerCased(signed) },
    })),
  };
}

function lowerCased<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}
