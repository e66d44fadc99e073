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
