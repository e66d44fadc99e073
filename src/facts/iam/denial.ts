import type { Answer, ExampleRequest } from './answer.js';
import { compileTest, type CompiledTest } from './compile-test.js';
import { isMalformed, type Statement } from './document.js';
import { literal, matches, type Pattern } from './pattern.js';
import type { ContextValue, Requester } from './request.js';

/** To whom something is denied, whatever allows it. */
export interface Denial {
  /**
   * `except-named`: to everyone but the principals of `exceptPrincipals`; `partly`: to some, or under conditions that
   * say nothing of who asks
   */
  readonly scope: 'everyone' | 'except-named' | 'partly' | 'nobody' | 'unknown';
  /** ARN patterns, and patterns of unique ids, that the documents spare, as they have them, sorted. */
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

/** Principals by pattern of what they are, and by pattern of their unique id. */
interface Narrowing {
  readonly like?: Pattern;
  readonly unlike?: readonly Pattern[];
  readonly id?: { readonly like: string } | { readonly unlike: readonly string[] };
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
  const isSpared = (only: Narrowing): boolean => ask(narrowed(requester, only)).failsFor !== undefined;
  const spared = patternsIn(statements).filter(({ pattern }) => isSpared({ like: pattern }));
  const ids = idsIn(statements).filter((like) => isSpared({ id: { like } }));
  const others =
    spared.length + ids.length === 0
      ? whole
      : ask(narrowed(requester, { unlike: spared.map((it) => it.pattern), id: { unlike: ids } }));
  const names = [...new Set([...spared.map((it) => it.text), ...ids])].toSorted();
  const areNamed = spared.every(isName) && ids.every(isNameOfId);
  if (others.answer === 'always') return denial(areNamed ? 'except-named' : 'partly', names, others);
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

/**
 * A user, a role with all or some of its sessions, and the account's root user: ids are never given twice.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html ("Information available in
 * all requests")
 */
function isNameOfId(text: string): boolean {
  return /^(AIDA[A-Z0-9]+|AROA[A-Z0-9]+:.*|\d{12})$/.test(text);
}

/** What statements compare with the unique id of who asks. */
function idsIn(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.flatMap((it) => comparedIn(it, 'aws:userid').map(({ text }) => text)))];
}

function comparedIn({ tests }: Statement, key: string): CompiledTest['values'] {
  return tests.flatMap((test) =>
    isMalformed(test) || test.key.toLowerCase() !== key
      ? []
      : compileTest(test, () => ({ state: 'unknown', why: 'differs' })).values,
  );
}

function patternsIn(statements: readonly Statement[]): readonly Spared[] {
  return statements.flatMap((statement) => {
    const { principal } = statement;
    const members = principal === undefined || isMalformed(principal) || !principal.isNegated ? [] : principal.members;
    const named = members.flatMap((it) => (it.type === 'arn' ? [{ text: it.arn, pattern: literal(it.arn) }] : []));
    const compared = comparedIn(statement, 'aws:principalarn');
    return [...named, ...compared.flatMap(({ text, pattern }) => (pattern === undefined ? [] : [{ text, pattern }]))];
  });
}

/** Those of the principals that are like this, and not like these. */
function narrowed({ name, kinds }: Requester, { like, unlike = [], id }: Narrowing): Requester {
  const ofId = id === undefined || ('unlike' in id && id.unlike.length === 0) ? {} : { 'aws:userid': idValue(id) };
  return {
    name,
    kinds: kinds.map(({ identity, context }) => {
      if (identity.type !== 'account') return { identity, context };
      const before = identity.among ?? {};
      const among = {
        ...before,
        ...(like === undefined ? {} : { like: [like] }),
        unlike: [...(before.unlike ?? []), ...unlike],
      };
      return { identity: { ...identity, among }, context: { ...context, ...ofId } };
    }),
  };
}

function idValue(id: NonNullable<Narrowing['id']>): ContextValue {
  return 'like' in id
    ? { state: 'any', like: [id.like], orAbsent: false }
    : { state: 'any', unlike: id.unlike, orAbsent: false };
}
