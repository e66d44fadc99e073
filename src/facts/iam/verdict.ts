import type { Answer, ExampleRequest } from './answer.js';

/** The answer to a question with a name: yes, no, or it cannot be decided. */
export interface Verdict {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** The statements that decided: Sid, or `statement 3`. */
  readonly statements: readonly string[];
  /** What it depends on, as the statements say it. */
  readonly conditions: readonly string[];
  /** A request that shows it: one that is let in, or one that is not denied. */
  readonly example?: ExampleRequest;
  /** With `unknown`: why it cannot be decided. */
  readonly because: readonly string[];
}

/** Yes when it holds for any request at all. */
export function forSome(it: Answer): Verdict {
  const verdict = it.holdsFor !== undefined ? 'yes' : it.answer === 'never' ? 'no' : 'unknown';
  return verdictOf(verdict, it, verdict === 'yes' ? it.holdsFor : undefined);
}

/** Yes when it holds for every request. */
export function forAll(it: Answer): Verdict {
  const verdict = it.answer === 'always' ? 'yes' : it.failsFor === undefined ? 'unknown' : 'no';
  return verdictOf(verdict, it, verdict === 'no' ? it.failsFor : undefined);
}

function verdictOf(
  verdict: Verdict['verdict'],
  { statements, conditions, because }: Answer,
  example: ExampleRequest | undefined,
): Verdict {
  return { verdict, statements, conditions, ...(example === undefined ? {} : { example }), because };
}

/** Yes when one of them is; what is told is told by those that decide. */
export function anyOf(all: readonly Verdict[]): Verdict {
  const verdict = all.some((it) => it.verdict === 'yes')
    ? 'yes'
    : all.some((it) => it.verdict === 'unknown')
      ? 'unknown'
      : 'no';
  return joined(verdict, all);
}

/** Yes when all of them are. */
export function allOf(all: readonly Verdict[]): Verdict {
  const verdict = all.some((it) => it.verdict === 'no')
    ? 'no'
    : all.some((it) => it.verdict === 'unknown')
      ? 'unknown'
      : 'yes';
  return joined(verdict, all);
}

function joined(verdict: Verdict['verdict'], all: readonly Verdict[]): Verdict {
  const deciding = all.filter((it) => it.verdict === verdict);
  const example = deciding.find((it) => it.example !== undefined)?.example;
  return {
    verdict,
    statements: [...new Set(deciding.flatMap((it) => it.statements))],
    conditions: [...new Set(deciding.flatMap((it) => it.conditions))],
    ...(example === undefined ? {} : { example }),
    because: [...new Set(deciding.flatMap((it) => it.because))],
  };
}
