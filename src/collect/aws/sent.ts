import type { KeptAnswer } from '../../model/kept-answers.js';
import type { Failure } from './classify-error.js';

/** What a call came to: an answer, that there is nothing, or a failure. */
export type Sent<T> =
  | { readonly state: 'known'; readonly value: T; readonly requestId: string | undefined; readonly at: number }
  | { readonly state: 'absent'; readonly requestId: string | undefined; readonly at: number }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What is kept of a call that gave no value. */
export function withoutValue(sent: Sent<unknown>): KeptAnswer['answer'] {
  return sent.state === 'failed' ? { is: 'failed', failure: sent.failure } : { is: 'absent' };
}

export function requestIdOfSent(sent: Sent<unknown>, output: unknown): { readonly requestId?: string } {
  const requestId = sent.state === 'failed' ? requestIdOf(output) : sent.requestId;
  return requestId === undefined ? {} : { requestId };
}

export function requestIdOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('$metadata' in answer)) return undefined;
  const metadata: unknown = answer.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('requestId' in metadata)) return undefined;
  return typeof metadata.requestId === 'string' ? metadata.requestId : undefined;
}
