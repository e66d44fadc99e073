import { isPublic, parseIamDocument } from './iam/index.js';

/**
 * Whether a bucket policy is public, by its text: S3's own verdict may not have been read, and AWS Config does not record
 * it. What access points open to which the bucket delegates is another question.
 *
 * @returns undefined where the text does not decide it
 */
export function isPublicByText(text: string): boolean | undefined {
  const { verdict } = isPublic(parseIamDocument(text, 'resource'));
  return verdict === 'unknown' ? undefined : verdict === 'yes';
}
