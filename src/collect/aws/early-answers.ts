import type { Sent } from './sent.js';

/** What is asked, of whom and where. */
export interface Question {
  readonly call: string;
  readonly accountId: string;
  readonly region: string;
  readonly input: unknown;
}

/** What an early call came to, with the answer as AWS gave it. */
export interface EarlyAnswer {
  readonly sent: Sent<unknown>;
  readonly output: unknown;
}

/**
 * Answers to questions that were asked before their turn. Each is taken once, so that a run that asks the same twice makes
 * as many calls as without them.
 */
export class EarlyAnswers {
  private readonly waiting = new Map<string, Map<string, Promise<EarlyAnswer>[]>>();

  add(question: Question, answer: Promise<EarlyAnswer>): void {
    // Where nobody takes it, what went wrong has no consequence.
    answer.catch(() => {});
    const ofCall = this.waiting.get(question.call) ?? new Map<string, Promise<EarlyAnswer>[]>();
    this.waiting.set(question.call, ofCall);
    const key = keyOf(question);
    ofCall.set(key, [...(ofCall.get(key) ?? []), answer]);
  }

  take(question: Question): Promise<EarlyAnswer> | undefined {
    return this.waiting.get(question.call)?.get(keyOf(question))?.shift();
  }
}

function keyOf({ accountId, region, input }: Question): string {
  return JSON.stringify([accountId, region, input]);
}
