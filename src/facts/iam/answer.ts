/**
 * Whether something holds for all requests that were asked about: always, never, for some of them (`when`), or it
 * cannot be decided.
 */
export interface Answer {
  readonly answer: 'always' | 'never' | 'when' | 'unknown';
  /** The statements that decided: Sid, or `statement 3`. Empty when none speaks of such requests. */
  readonly statements: readonly string[];
  /** With `when`: what it depends on, as the statements say it. */
  readonly conditions: readonly string[];
  /** A request for which it holds, and one for which it does not, where there are such. */
  readonly holdsFor?: ExampleRequest;
  readonly failsFor?: ExampleRequest;
  /** With `unknown`: why it cannot be decided. */
  readonly because: readonly string[];
}

export interface ExampleRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys; undefined where the key is absent. Keys that change nothing are left out. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** What a document makes of requests. */
export interface Decision {
  /** it allows them, and does not deny them */
  readonly allowed: Answer;
  /** it denies them, whatever else allows them */
  readonly denied: Answer;
}

export function cannotSay(...because: readonly string[]): Answer {
  return { answer: 'unknown', statements: [], conditions: [], because };
}
