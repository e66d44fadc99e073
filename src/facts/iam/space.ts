import { candidates } from './candidates.js';
import { type CompiledTest, compileTest, type KeyValue } from './compile-test.js';
import { type Context, contextOf, variableValue } from './context.js';
import { decideTest } from './decide-test.js';
import { describeAction, describePrincipals, describeResource, describeTest } from './describe.js';
import { type IamDocument, isMalformed, type Malformed, type Statement } from './document.js';
import { matchPrincipal, type Principal } from './match-principal.js';
import { actionMatcher, resourceMatcher, type TextMatcher } from './match-texts.js';
import { domainPattern, type Pattern } from './pattern.js';
import { describePrincipal, principalsOf, principalType } from './principals-of.js';
import type { RequesterKind, Requests } from './request.js';
import { seeds } from './seeds.js';
import { type Truth, undecided } from './truth.js';
import { witnesses } from './witnesses.js';

/**
 * What may vary from one request to another: the principal, the action, the resource, each condition key. Each part of
 * a statement depends on one of these.
 */
export interface Dimension {
  readonly name: string;
  /** Values that stand for all, as an example shows them; undefined: the key is absent. */
  readonly values: readonly (string | undefined)[];
  /** of a condition key: whether the request has it */
  readonly presence?: readonly Presence[];
}

export type Presence = 'present' | 'absent' | 'unknown';

/** An element or a test of a statement, decided for each value of its dimension. */
export interface Part {
  /** index in the dimensions */
  readonly dimension: number;
  /** as the conditions of an answer tell it */
  readonly text: string;
  readonly truths: readonly Truth[];
}

export interface DecidedStatement {
  readonly label: string;
  readonly effect: Statement['effect'];
  readonly parts: readonly Part[];
}

/** All requests of one kind, as far as the statements tell them apart. */
export interface Space {
  readonly dimensions: readonly Dimension[];
  readonly statements: readonly DecidedStatement[];
}

/** The dimensions that each question has; those of condition keys follow. */
const [ofPrincipal, ofAction, ofResource] = [0, 1, 2];

/** @returns undefined when there is more to be told apart than can be tried */
export function spaceOf({ statements }: IamDocument, kind: RequesterKind, requests: Requests): Space | undefined {
  const context = contextOf(kind, requests);
  const lookUp = (key: string): KeyValue => variableValue(context(key));
  const matchers = statements.map((statement) => ({
    statement,
    action: orProblem(statement.action, actionMatcher),
    resource: orProblem(statement.resource, (it) => resourceMatcher(it, lookUp)),
  }));
  const actions = textsFor(
    requests.actions,
    matchers.map((it) => it.action),
    true,
  );
  const resources = textsFor(
    requests.resources,
    matchers.map((it) => it.resource),
    false,
  );
  if (actions === undefined || resources === undefined) return undefined;
  // Statements on other actions and resources say nothing here: their conditions need not be tried.
  const relevant = matchers.filter((it) => canHold(it.action, actions) && canHold(it.resource, resources));

  const tests = compileAll(
    relevant.map((it) => it.statement),
    lookUp,
  );
  const principals = principalsOf(
    kind.identity,
    relevant.map((it) => it.statement),
    patternsOf([...tests.values()].filter((it) => it.key === 'aws:principalarn')),
  );
  if (principals === undefined) return undefined;
  const keys = keyDimensions([...tests.values()], principals, kind, context);

  const decided = relevant.map(({ statement, action, resource }): DecidedStatement => {
    const { label, effect, principal } = statement;
    const parts: Part[] = [];
    const add = <T>(dimension: number, text: string, values: readonly T[], decide: (value: T) => Truth): void => {
      parts.push({ dimension, text, truths: values.map(decide) });
    };
    const addUnreadable = ({ problem }: Malformed): void => {
      add(ofPrincipal, 'what cannot be read', principals, () => undecided(problem));
    };
    for (const it of statement.malformed) addUnreadable(it);
    if (principal !== undefined && isMalformed(principal)) addUnreadable(principal);
    else if (principal !== undefined) {
      add(ofPrincipal, describePrincipals(principal), principals, (it) => matchPrincipal(principal, it, effect));
    }
    add(ofAction, isMalformed(statement.action) ? '' : describeAction(statement.action), actions, action.decide);
    add(
      ofResource,
      isMalformed(statement.resource) ? '' : describeResource(statement.resource),
      resources,
      resource.decide,
    );
    for (const test of statement.tests) {
      const compiled = isMalformed(test) ? undefined : tests.get(test);
      const key = compiled === undefined ? undefined : keys.get(compiled.key);
      if (isMalformed(test)) addUnreadable(test);
      else if (compiled !== undefined && key !== undefined) {
        add(key.dimension, describeTest(test), key.values, (value) => decideTest(compiled, value));
      }
    }
    return { label, effect, parts };
  });
  return { dimensions: dimensionsOf(principals, actions, resources, keys), statements: decided };
}

interface KeyDimension {
  readonly name: string;
  readonly dimension: number;
  readonly values: readonly KeyValue[];
}

function orProblem<T extends object>(element: T | Malformed, matcher: (element: T) => TextMatcher): TextMatcher {
  return isMalformed(element) ? { patterns: [], decide: () => undecided(element.problem) } : matcher(element);
}

/** Texts that stand for all that the question's patterns match. */
function textsFor(
  asked: readonly string[],
  matchers: readonly TextMatcher[],
  ignoresCase: boolean,
): readonly string[] | undefined {
  const fixed = asked.filter((it) => !/[*?]/.test(it));
  const like = asked.filter((it) => /[*?]/.test(it)).map((it) => domainPattern(it, ignoresCase));
  if (like.length === 0) return fixed;
  const found = witnesses(
    { like, unlike: [] },
    matchers.flatMap((it) => it.patterns),
  );
  return found === undefined
    ? undefined
    : [...fixed, ...seeds(asked, like, ignoresCase ? 'action' : 'resource'), ...found];
}

function canHold(matcher: TextMatcher, texts: readonly string[]): boolean {
  return texts.some((it) => matcher.decide(it) !== false);
}

function compileAll(statements: readonly Statement[], lookUp: (key: string) => KeyValue): Map<object, CompiledTest> {
  const tests = statements.flatMap((it) => it.tests).flatMap((it) => (isMalformed(it) ? [] : [it]));
  return new Map(tests.map((test) => [test, compileTest(test, lookUp)]));
}

function patternsOf(tests: readonly CompiledTest[]): readonly Pattern[] {
  return tests.flatMap((it) => it.values.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern])));
}

function keyDimensions(
  tests: readonly CompiledTest[],
  principals: readonly Principal[],
  kind: RequesterKind,
  context: Context,
): ReadonlyMap<string, KeyDimension> {
  const found = new Map<string, KeyDimension>();
  let next = ofResource + 1;
  for (const { key, test } of tests) {
    if (found.has(key)) continue;
    if (kind.identity.type === 'account' && (key === 'aws:principalarn' || key === 'aws:principaltype')) {
      const values = principals.map((it) => ofItsArn(it, key));
      found.set(key, { name: test.key, dimension: ofPrincipal, values });
      continue;
    }
    const values = candidates(
      key,
      context(key),
      tests.filter((it) => it.key === key),
    );
    found.set(key, { name: test.key, dimension: next, values });
    next += 1;
  }
  return found;
}

function ofItsArn(principal: Principal, key: 'aws:principalarn' | 'aws:principaltype'): KeyValue {
  const arn = principal.type === 'account' ? principal.arn : undefined;
  if (arn === undefined) return { state: 'unknown', why: 'is not known for a session of a role' };
  return { state: 'values', values: [key === 'aws:principalarn' ? arn : principalType(arn)] };
}

function dimensionsOf(
  principals: readonly Principal[],
  actions: readonly string[],
  resources: readonly string[],
  keys: ReadonlyMap<string, KeyDimension>,
): readonly Dimension[] {
  const ofKeys = [...keys.values()].filter((it) => it.dimension > ofResource);
  return [
    { name: 'principal', values: principals.map(describePrincipal) },
    { name: 'action', values: actions },
    { name: 'resource', values: resources },
    ...ofKeys.map(({ name, values }) => ({ name, values: values.map(shown), presence: values.map(presenceOf) })),
  ];
}

function presenceOf({ state }: KeyValue): Presence {
  return state === 'values' ? 'present' : state;
}

function shown(value: KeyValue): string | undefined {
  return value.state === 'values' ? value.values.join(', ') : undefined;
}
