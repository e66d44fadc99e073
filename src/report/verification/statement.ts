import type { Verification, VerificationRecord } from '../../model/verification.js';
import { byText } from '../../text/order.js';

/** An in-toto statement: what was looked at, by its hashes, and what is said of it. Source: https://in-toto.io/Statement/v1 */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: 'urn:trailproof:log-verification:v1';
  readonly predicate: Pick<Verification, 'tool'> & { readonly record: VerificationRecord };
}

/**
 * A statement on a verification, to be signed by whoever answers for it. Its subjects are the newest digest file of each
 * row, whose hash stands for all that it is linked to: SHA-256 of the content, decompressed.
 */
export function verificationStatement({ record, tool }: Verification): Statement {
  const subject = record.chains
    .flatMap((chain) =>
      chain.heads.map(({ key, sha256 }) => ({ name: `${bucketOf(chain.places, key)}${key}`, digest: { sha256 } })),
    )
    .toSorted((a, b) => byText(a.name, b.name));
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'urn:trailproof:log-verification:v1',
    predicate: { tool, record },
  };
}

/** `s3://BUCKET/` of the place that a key lies in. */
function bucketOf(places: readonly string[], key: string): string {
  for (const place of places) {
    const [, bucket = '', base = ''] = /^(s3:\/\/[^/]+\/)(.*)$/.exec(place) ?? [];
    if (key.startsWith(base)) return bucket;
  }
  return '';
}
