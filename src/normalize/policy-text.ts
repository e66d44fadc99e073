import { MalformedAnswer, required } from './malformed-answer.js';

/**
 * The policy of a bucket or key, as text. It comes without a frame that would show whether it is one, and whole: AWS
 * stores none without statements.
 *
 * @throws MalformedAnswer for text that is no policy
 */
export function normalizePolicyText(raw: string | undefined): string {
  const text = required(raw, 'Policy');
  const document = objectIn(text);
  if (document === undefined) throw new MalformedAnswer('The policy is not complete JSON.');
  required(document['Statement'], "the policy's Statement");
  return text;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Whether a bucket policy has a condition on the access point of a request: then those that lead to the bucket may open
 * what the policy itself leaves to them.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function mentionsAccessPoints(policy: string): boolean {
  return /s3:(?:DataAccessPointAccount|DataAccessPointArn|AccessPointNetworkOrigin)/i.test(policy);
}
