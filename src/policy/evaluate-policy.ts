import {
  stopped,
  Unknown,
  type Value,
  type ViewObject,
  evaluate,
  explain,
  render,
  type Explanation,
  type Expression,
  type Read,
  type Scope,
} from '../expression/index.js';
import type { Outcome } from '../model/results.js';
import type { CompiledAssertion, CompiledPolicy, Severity } from './compiled-policy.js';
import { paramsObject, type ParameterValues } from './parameters.js';

export interface AssertionResult {
  readonly id: string;
  readonly severity: Severity;
  readonly result: 'holds' | 'fails' | 'unknown';
  /** Of an assertion that fails or is unknown. */
  readonly message?: string;
  /** What decided; of an assertion that holds only where everything is to be explained. */
  readonly explanation?: Explanation;
  /** Ids of the gaps that leave it unknown, sorted. */
  readonly gaps: readonly string[];
}

/** One policy on one target. */
export interface Decision {
  readonly outcome: Outcome;
  /** Empty where the policy does not apply, or it is not known whether it does. */
  readonly assertions: readonly AssertionResult[];
  /** Why `when` does not hold, or is unknown; where everything is to be explained, also why it holds. */
  readonly when?: Explanation;
  /** Ids of the gaps that leave `when` or an assertion unknown, sorted; also where a failure decided without them. */
  readonly gaps: readonly string[];
  /** Each field that was read, once, in the order of reading: the evidence. */
  readonly reads: readonly Read[];
}

export interface DecideOptions {
  /** Explains what holds, too. */
  readonly explainAll?: boolean;
  /** Names the target in an error. */
  readonly target?: string;
}

/**
 * Judges a target. Fail beats unknown, unknown beats pass; a `when` that is unknown leaves everything open.
 *
 * @param params - values in force for each parameter that the policy declares
 * @param scope - the target by its name, `account` and `organization` where the policy may name them, and `now`
 * @throws UsageError naming policy and target, when its loops take too many steps
 */
export function evaluatePolicy(
  policy: CompiledPolicy,
  params: ParameterValues,
  scope: Scope,
  { explainAll = false, target }: DecideOptions = {},
): Decision {
  try {
    return decide(policy, params, scope, explainAll);
  } catch (error) {
    throw stopped(error, policy.id, target);
  }
}

function decide(policy: CompiledPolicy, params: ParameterValues, scope: Scope, explainAll: boolean): Decision {
  const paramsValue = paramsObject(params);
  const inner: Scope = { get: (name) => (name === 'params' ? paramsValue : scope.get(name)) };
  const reads = new Reads();
  const applies = policy.when === undefined ? true : truthOf(policy.when, inner, reads);
  const explainWhen = policy.when !== undefined && (applies !== true || explainAll);
  const when = explainWhen && policy.when !== undefined ? { when: explain(policy.when, inner, applies) } : {};
  if (applies === false) return { outcome: 'NOT_APPLICABLE', assertions: [], ...when, gaps: none, reads: reads.all };
  if (applies !== true) {
    return { outcome: 'INSUFFICIENT_DATA', assertions: [], ...when, gaps: applies.gaps, reads: reads.all };
  }
  const assertions = policy.assertions.map((it) => judge(it, inner, reads, explainAll));
  return { outcome: outcomeOf(assertions), assertions, ...when, gaps: gapsOf(assertions), reads: reads.all };
}

/** Each once, sorted; mostly there are none. */
function gapsOf(assertions: readonly AssertionResult[]): readonly string[] {
  if (assertions.every((it) => it.gaps.length === 0)) return none;
  return [...new Set(assertions.flatMap((it) => it.gaps))].toSorted();
}

const none: readonly string[] = [];

function judge(assertion: CompiledAssertion, scope: Scope, reads: Reads, explainAll: boolean): AssertionResult {
  const { id, severity, expression, message } = assertion;
  const truth = truthOf(expression, scope, reads);
  if (truth === true) {
    const explanation = explainAll ? { explanation: explain(expression, scope, truth) } : {};
    return { id, severity, result: 'holds', ...explanation, gaps: none };
  }
  return {
    id,
    severity,
    result: truth === false ? 'fails' : 'unknown',
    message: render(message, scope),
    explanation: explain(expression, scope, truth),
    gaps: truth === false ? none : truth.gaps,
  };
}

function outcomeOf(assertions: readonly AssertionResult[]): Outcome {
  if (assertions.some((it) => it.result === 'fails')) return 'NON_COMPLIANT';
  if (assertions.some((it) => it.result === 'unknown')) return 'INSUFFICIENT_DATA';
  return 'COMPLIANT';
}

function truthOf(expression: Expression, scope: Scope, reads: Reads): boolean | Unknown {
  const value: Value = evaluate(expression, scope, reads.note);
  if (typeof value === 'boolean' || value instanceof Unknown) return value;
  // The checker lets only boolean expressions through, and an absent value needs a guard.
  throw new Error(`an expression gave neither true, false nor unknown: ${expression.source}`);
}

/** So many reads are looked through one by one; most decisions have fewer. */
const fewReads = 16;

/** Fields that were read, each once. */
class Reads {
  readonly all: Read[] = [];
  /** Of more than a few. */
  private seen: Map<ViewObject, Set<string>> | undefined;

  readonly note = (object: ViewObject, field: string): void => {
    if (object.type === 'params' || object.type === 'Arn') return;
    if (this.isNoted(object, field)) return;
    this.all.push({ object, field });
    if (this.seen !== undefined) fieldsOf(this.seen, object).add(field);
  };

  private isNoted(object: ViewObject, field: string): boolean {
    if (this.all.length < fewReads) return this.all.some((it) => it.object === object && it.field === field);
    this.seen ??= this.noted();
    return this.seen.get(object)?.has(field) === true;
  }

  private noted(): Map<ViewObject, Set<string>> {
    const seen = new Map<ViewObject, Set<string>>();
    for (const { object, field } of this.all) fieldsOf(seen, object).add(field);
    return seen;
  }
}

function fieldsOf(seen: Map<ViewObject, Set<string>>, object: ViewObject): Set<string> {
  const fields = seen.get(object) ?? new Set();
  seen.set(object, fields);
  return fields;
}
