import type { Answer, ExampleRequest } from './answer.js';

/** Collects, request by request, whether something holds. */
export class Tally {
  readonly #holds = new Set<string>();
  readonly #prevents = new Set<string>();
  readonly #leavesOpen = new Set<string>();
  readonly #because = new Set<string>();
  readonly #conditions = new Map<string, Set<string>>();
  #holdsFor: ExampleRequest | undefined;
  #failsFor: ExampleRequest | undefined;
  #sawOpen = false;

  /** @param by the statements through which it holds */
  yes(by: readonly string[], example: () => ExampleRequest): void {
    for (const label of by) this.#holds.add(label);
    this.#holdsFor ??= example();
  }

  /** @param by the statements that prevent what others would bring about */
  no(by: readonly string[], example: () => ExampleRequest): void {
    for (const label of by) this.#prevents.add(label);
    this.#failsFor ??= example();
  }

  /** @param by the statements that cannot be decided, and why */
  open(by: readonly { readonly label: string; readonly because: readonly string[] }[]): void {
    this.#sawOpen = true;
    for (const { label, because } of by) {
      this.#leavesOpen.add(label);
      for (const reason of because) this.#because.add(`${label}: ${reason}`);
    }
  }

  /** There are requests that were not looked at. */
  giveUp(because: string): void {
    this.#sawOpen = true;
    this.#because.add(because);
  }

  /** @param text what a statement depends on */
  condition(label: string, text: string): void {
    const texts = this.#conditions.get(label) ?? new Set();
    this.#conditions.set(label, texts.add(text));
  }

  /** It holds for some and not for others: whatever else is seen, the answer stays. */
  get isSettled(): boolean {
    return this.#holdsFor !== undefined && this.#failsFor !== undefined;
  }

  answer(): Answer {
    const [holdsFor, failsFor] = [this.#holdsFor, this.#failsFor];
    const examples = {
      ...(holdsFor === undefined ? {} : { holdsFor }),
      ...(failsFor === undefined ? {} : { failsFor }),
    };
    if (holdsFor !== undefined && failsFor !== undefined) {
      const statements = [...new Set([...this.#holds, ...this.#prevents])];
      const conditions = statements.flatMap((label) => [...(this.#conditions.get(label) ?? [])]);
      return { answer: 'when', statements, conditions, ...examples, because: [] };
    }
    if (this.#sawOpen) {
      const because = [...this.#because];
      return { answer: 'unknown', statements: [...this.#leavesOpen], conditions: [], ...examples, because };
    }
    return holdsFor === undefined
      ? { answer: 'never', statements: [...this.#prevents], conditions: [], ...examples, because: [] }
      : { answer: 'always', statements: [...this.#holds], conditions: [], ...examples, because: [] };
  }
}
