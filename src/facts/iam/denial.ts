import type { Answer, ExampleRequest } from './answer.js';
import { compileTest } from './compile-test.js';
import { isMalformed, type Statement } from './document.js';
import { literal, matches, type Pattern } from './pattern.js';
import type { Requester } from './request.js';

/** To whom something is denied, whatever allows it. */
export interface Denial {
  /**
   * `except-named`: to everyone but the principals of `exceptPrincipals`; `partly`: to some, or under conditions that
   * say nothing of who asks
   */
  readonly scope: 'everyone' | 'except-named' | 'partly' | 'nobody' | 'unknown';
  /** ARN patterns that the documents spare, as they have them, sorted. */
  readonly exceptPrincipals: readonly string[];
  readonly statements: readonly string[];
  readonly conditions: readonly string[];
  /** A request that is not denied, where there is one beside those that are spared by name. */
  readonly example?: ExampleRequest;
  readonly because: readonly string[];
}

/** A principal, or a pattern of principals, that statements tell apart. */
interface Spared {
  readonly text: string;
  readonly pattern: Pattern;
}

/**
 * Finds out whom a denial spares by name: each pattern of principals in the statements is asked on its own, then all
 * others together.
 *
 * @param statements that may deny
 * @param ask whether the requests of this requester are denied
 */
export function denialOf(
  statements: readonly Statement[],
  requester: Requester,
  ask: (requester: Requester) => Answer,
): Denial {
  const whole = ask(requester);
  if (whole.answer === 'always') return denial('everyone', [], whole);
  if (whole.answer === 'never') return denial('nobody', [], whole);
  const spared = patternsIn(statements).filter(
    ({ pattern }) => ask(narrowed(requester, [pattern], [])).failsFor !== undefined,
  );
  const others =
    spared.length === 0
      ? whole
      : ask(
          narrowed(
            requester,
            undefined,
            spared.map((it) => it.pattern),
          ),
        );
  const names = [...new Set(spared.map((it) => it.text))].toSorted();
  if (others.answer === 'always') return denial(spared.every(isName) ? 'except-named' : 'partly', names, others);
  return denial(others.answer === 'unknown' ? 'unknown' : 'partly', names, others);
}

function denial(
  scope: Denial['scope'],
  exceptPrincipals: readonly string[],
  { statements, conditions, failsFor, because }: Answer,
): Denial {
  const example = failsFor === undefined ? {} : { example: failsFor };
  return { scope, exceptPrincipals, statements, conditions, ...example, because };
}

/** All characters that names may have: what is looked for in any name, such as `*a*`, is in this one. */
const anyName = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-';

/**
 * Whether a pattern names some principals: `role/*`, `r*` and `*` name nobody in particular, since whatever a role is
 * called they match it.
 */
function isName({ text, pattern }: Spared): boolean {
  const account = /^\d{12}$/.exec(text.split(':')[4] ?? '')?.[0] ?? '111122223333';
  const partition = /^[a-z-]+$/.exec(text.split(':')[1] ?? '')?.[0] ?? 'aws';
  return !['role', 'user'].some((kind) => matches(pattern, `arn:${partition}:iam::${account}:${kind}/${anyName}`));
}

function patternsIn(statements: readonly Statement[]): readonly Spared[] {
  return statements.flatMap(({ principal, tests }) => {
    const members = principal === undefined || isMalformed(principal) || !principal.isNegated ? [] : principal.members;
    const named = members.flatMap((it) => (it.type === 'arn' ? [{ text: it.arn, pattern: literal(it.arn) }] : []));
    const compared = tests.flatMap((test) =>
      isMalformed(test) || test.key.toLowerCase() !== 'aws:principalarn'
        ? []
        : compileTest(test, () => ({ state: 'unknown', why: 'differs' })).values,
    );
    return [...named, ...compared.flatMap(({ text, pattern }) => (pattern === undefined ? [] : [{ text, pattern }]))];
  });
}

/** The same principals, less those that none of `like` or one of `unlike` matches. */
function narrowed(
  { name, kinds }: Requester,
  like: readonly Pattern[] | undefined,
  unlike: readonly Pattern[],
): Requester {
  return {
    name,
    kinds: kinds.map(({ identity, context }) => {
      if (identity.type !== 'account') return { identity, context };
      const before = identity.among ?? {};
      const among = {
        ...before,
        ...(like === undefined ? {} : { like }),
        unlike: [...(before.unlike ?? []), ...unlike],
      };
      return { identity: { ...identity, among }, context };
    }),
  };
}
