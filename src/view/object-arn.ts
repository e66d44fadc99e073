import type { WrongLiteral } from '../expression/index.js';

/** The resource type of data events on objects of general purpose buckets. */
export const s3Objects = 'AWS::S3::Object';

/** The objects that an ARN means: all of a bucket, all below a prefix, or one. */
export function objectAtom(arn: string): { readonly op: 'equals' | 'prefix'; readonly value: string } {
  const text = arn.endsWith('/*') ? arn.slice(0, -1) : arn;
  if (!text.includes('/')) return { op: 'prefix', value: `${text}/` };
  return { op: text.endsWith('/') ? 'prefix' : 'equals', value: text };
}

/** What is wrong with the ARN of a bucket, prefix or object. */
export function wrongObjectArn(text: string): WrongLiteral | undefined {
  if (/^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^*]*\*?)?$/.test(text) && !/[^/]\*$/.test(text)) {
    return undefined;
  }
  const help = "write the ARN of a bucket, or of objects below a prefix: 'arn:aws:s3:::BUCKET/PREFIX/'";
  return { message: `'${text}' is not the ARN of a bucket, prefix or object`, help };
}
