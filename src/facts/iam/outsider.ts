import { isAccountId } from '../../model/identifiers.js';
import type { CompiledTest } from './compile-test.js';
import { contains, type IpRange, parseIpRange } from './ip-range.js';
import type { Family } from './operators.js';
import { literal, type Pattern } from './pattern.js';

/**
 * A document trusts whom it names: a fixed value of one of these keys is something that someone owns, and who does not
 * own it is outside. A wildcard that is not confined to one account names nobody, so an outsider may match it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html ("The meaning
 * of public"), https://aws.amazon.com/blogs/storage/understanding-s3-block-public-access/
 */
export const trustedKeys: readonly string[] = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcevpcarn',
  'aws:userid',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
];

/** The values that an outsider never has. */
export function insiderPatterns(tests: readonly CompiledTest[]): readonly Pattern[] {
  return tests.flatMap((test) =>
    test.values.flatMap(({ text, pattern }) => {
      if (pattern === undefined) return [];
      if (pattern.fixed !== undefined) return [literal(text, true)];
      return isConfined(text, test.test.operator.family) || isSessionOfRole(text) ? [pattern] : [];
    }),
  );
}

/**
 * Wildcards within what one account or organization owns. Compared as text, a wildcard in place of the service reaches
 * over colons, into ARNs of other accounts whose names hold this account's id.
 */
function isConfined(text: string, family: Family): boolean {
  const [arn, , service = '', , accountId = '', resource] = text.split(':');
  if (arn === 'arn' && resource !== undefined) {
    return isAccountId(accountId) && (family === 'arn' || !/[*?]/.test(service));
  }
  // Paths of an organization: o-a1b2c3d4e5/r-ab12/ou-…/*
  return /^o-[a-z0-9]{10,32}\//.test(text);
}

/**
 * All sessions of one role, as aws:userid has them. S3's page takes a fixed aws:userid "outside the pattern AROLEID:*",
 * which can be read both ways.
 */
export function isSessionOfRole(text: string): boolean {
  return /^AROA[A-Z0-9]+:\*$/.test(text);
}

/** Private addresses are one's own, however wide the range. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((it) => parseIpRange(it) ?? []);

/** Ranges wider than /8 and /32 of IPv6 are everyone's to S3. */
export function isNarrow(range: IpRange): boolean {
  return range.prefix >= (range.version === 4 ? 8 : 32) || privateRanges.some((it) => contains(it, range));
}
