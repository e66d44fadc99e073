import { askedActions, askedResources } from './asked-texts.js';
import { candidates, patternsOf } from './candidates.js';
import { type CompiledTest, compileTest, type KeyValue } from './compile-test.js';
import { type Context, contextOf, variableValue } from './context.js';
import { decideTest } from './decide-test.js';
import { describeAction, describePrincipals, describeResource, describeTest } from './describe.js';
import { isMalformed, type Malformed, type Statement } from './document.js';
import { matchPrincipal, mayName, type Principal } from './match-principal.js';
import { actionMatcher, resourceMatcher, type TextMatcher } from './match-texts.js';
import type { Dimension, Presence } from './dimension.js';
import { routeOf } from './possible.js';
import { describePrincipal, principalKinds, principalsOf, principalType } from './principals-of.js';
import type { RequesterKind, Requests } from './request.js';
import type { PatternGroup } from './side-by-side.js';
import { type Truth, undecided } from './truth.js';

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
  /** with control policies: the step of the path, from the root to the account, that it is attached to */
  readonly level: number;
  readonly effect: Statement['effect'];
  readonly parts: readonly Part[];
}

/** All requests of one kind, as far as the statements tell them apart. */
export interface Space {
  readonly dimensions: readonly Dimension[];
  readonly statements: readonly DecidedStatement[];
  /** There are no requests beside these. */
  readonly isWhole: boolean;
}

/** The dimensions that each question has; those of condition keys follow. */
const [ofPrincipal, ofAction, ofResource] = [0, 1, 2];

export function spaceOf(
  levels: readonly (readonly Statement[])[],
  kind: RequesterKind,
  requests: Requests,
  goal: Goal,
): Space {
  const context = contextOf(kind, requests);
  const lookUp = (key: string): KeyValue => variableValue(context(key));
  const matchers = statementsFor(levels, kind, goal).map(({ statement, level }) => ({
    statement,
    level,
    action: orProblem(statement.action, actionMatcher),
    resource: orProblem(statement.resource, (it) => resourceMatcher(it, lookUp)),
  }));
  const { texts: actions, isWhole: hasAllActions } = askedActions(levels, requests);
  const { texts: resources, isWhole: hasAllResources } = askedResources(levels, requests, lookUp);
  // Statements on other actions and resources say nothing here: their conditions need not be tried.
  const relevant = matchers.filter((it) => canHold(it.action, actions) && canHold(it.resource, resources));

  const tests = compileAll(
    relevant.map((it) => it.statement),
    lookUp,
  );
  const { principals, isWhole: hasAllPrincipals } = principalsOf(
    kind.identity,
    relevant.map((it) => it.statement),
    toldApartBy([...tests.values()]),
  );
  const keys = keyDimensions([...tests.values()], principals, kind, context);

  const decided = relevant.map(({ statement, level, action, resource }): DecidedStatement => {
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
    return { label, level, effect, parts };
  });
  const isWhole = hasAllActions && hasAllResources && hasAllPrincipals;
  return { dimensions: dimensionsOf(principals, actions, resources, keys), statements: decided, isWhole };
}

interface KeyDimension {
  readonly name: string;
  readonly dimension: number;
  readonly values: readonly KeyValue[];
}

/**
 * What is asked of the requests: does a document allow them, does it deny them, or do control policies keep them from
 * happening: by a Deny, or because nothing allows them at some level.
 */
export type Goal = 'allowed' | 'denied' | 'blocked';

/** Those that can have a say: what only allows denies nothing, and where nothing allows no Deny matters. */
function statementsFor(
  levels: readonly (readonly Statement[])[],
  { identity }: RequesterKind,
  goal: Goal,
): readonly { readonly statement: Statement; readonly level: number }[] {
  const its = levels.flatMap((statements, level) =>
    statements
      .filter(({ principal }) => principal === undefined || isMalformed(principal) || mayName(principal, identity))
      .map((statement) => ({ statement, level })),
  );
  if (goal === 'denied') return its.filter((it) => it.statement.effect !== 'Allow');
  return goal === 'blocked' || its.some((it) => it.statement.effect !== 'Deny') ? its : [];
}

function orProblem<T extends object>(element: T | Malformed, matcher: (element: T) => TextMatcher): TextMatcher {
  return isMalformed(element) ? { patterns: [], decide: () => undecided(element.problem) } : matcher(element);
}

function canHold(matcher: TextMatcher, texts: readonly string[]): boolean {
  return texts.some((it) => matcher.decide(it) !== false);
}

function compileAll(statements: readonly Statement[], lookUp: (key: string) => KeyValue): Map<object, CompiledTest> {
  const tests = statements.flatMap((it) => it.tests).flatMap((it) => (isMalformed(it) ? [] : [it]));
  return new Map(tests.map((test) => [test, compileTest(test, lookUp)]));
}

/** What tells ARNs of principals apart: the patterns of aws:PrincipalArn, and their kinds where aws:PrincipalType is tested. */
function toldApartBy(tests: readonly CompiledTest[]): readonly PatternGroup[] {
  const ofArn = tests.filter((it) => it.key === 'aws:principalarn').map(patternsOf);
  return tests.some((it) => it.key === 'aws:principaltype') ? [...ofArn, ...principalKinds.map((it) => [it])] : ofArn;
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
    ...ofKeys.map(({ name, values }) => ({
      name,
      values: values.map(shown),
      presence: values.map(presenceOf),
      route: routeOf(name),
    })),
  ];
}

function presenceOf({ state }: KeyValue): Presence {
  return state === 'values' ? 'present' : state;
}

function shown(value: KeyValue): string | undefined {
  return value.state === 'values' ? value.values.join(', ') : undefined;
}
