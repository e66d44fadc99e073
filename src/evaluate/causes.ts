import { parseArn } from '../model/identifiers.js';
import { resourceKinds } from '../model/resource-kinds.js';
import type { Evaluation, TargetType } from '../model/results.js';
import { noTrails, notReached, type PolicyEvaluation } from './policy-evaluation.js';
import { byText, severityRank } from '../text/order.js';
import { supportedFix } from './supported-fix.js';
import type { Cause } from '../model/cause.js';

/**
 * Names the cause of each failing evaluation that breaks because of another target: one finding a cause. Where the
 * members that decided do not agree on one target, or nothing fails there, an evaluation is a finding of its own.
 */
export function withCauses(judged: readonly PolicyEvaluation[]): readonly Evaluation[] {
  const failing = judged.filter((it) => it.evaluation.outcome === 'NON_COMPLIANT');
  const byTarget = groupByTarget(failing, placesOf(new Set(failing.flatMap((it) => commonCause(it) ?? []))));
  const causes = new Map<PolicyEvaluation, PolicyEvaluation>();
  for (const it of failing) {
    const cause = causeOf(it, commonCause(it), byTarget);
    if (cause !== undefined) causes.set(it, cause);
  }
  for (const it of failing) {
    const { evaluation } = it;
    const root = rootOf(it, causes);
    const fix = supportedFix(evaluation, commonCause(it));
    // Told to the evaluation itself, which was made for these results: copies of all would be as large again.
    if (fix !== undefined) Object.assign(evaluation, { fix });
    if (root !== it) Object.assign(evaluation, { causedBy: root.evaluation.fingerprint });
  }
  return judged.map((it) => it.evaluation);
}

/** Where causes are looked for: at what they name, and at the account that owns it. */
function placesOf(causes: ReadonlySet<Cause>): ReadonlySet<string> {
  return new Set(
    [...causes].flatMap(({ targetType, id }) => [`${targetType} ${id}`, `account ${parseArn(id)?.accountId}`]),
  );
}

type ByTarget = ReadonlyMap<string, readonly PolicyEvaluation[]>;

function groupByTarget(failing: readonly PolicyEvaluation[], places: ReadonlySet<string>): ByTarget {
  const groups = new Map<string, PolicyEvaluation[]>();
  for (const it of failing) {
    const { type, id, arn } = it.evaluation.target;
    for (const key of new Set([`${type} ${id}`, `${type} ${arn ?? id}`])) {
      if (!places.has(key)) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [it]);
      else group.push(it);
    }
  }
  return groups;
}

function causeOf(it: PolicyEvaluation, cause: Cause | undefined, byTarget: ByTarget): PolicyEvaluation | undefined {
  if (cause === undefined) return undefined;
  const there = (byTarget.get(`${cause.targetType} ${cause.id}`) ?? []).filter((other) => other !== it);
  return (
    samePolicy(it, there) ?? worst(there.filter((other) => restsOn(other, cause, it))) ?? atOwner(it, cause, byTarget)
  );
}

/** The one target that all the deciding members of all the failing assertions name. */
function commonCause({ failing }: PolicyEvaluation): Cause | undefined {
  const causes = failing.flatMap((assertion) => assertion.causes);
  const [first] = causes;
  if (first === undefined) return undefined;
  const agree = causes.every((cause) => cause?.targetType === first.targetType && cause.id === first.id);
  return agree ? first : undefined;
}

function samePolicy(it: PolicyEvaluation, others: readonly PolicyEvaluation[]): PolicyEvaluation | undefined {
  return others.find((other) => other.policy.id === it.policy.id);
}

/**
 * True when an evaluation fails over the very value that decided the other one. Of selectors the same list may be found
 * wanting for many reasons, so none is proven by it; of delivery it is the same channel; of an organization that this
 * account is reached by none of its trails, or that there are none.
 */
function restsOn({ failing }: PolicyEvaluation, cause: Cause, it: PolicyEvaluation): boolean {
  const wanted = valuesOf(cause, it.evaluation.target.accountId);
  return failing.some((assertion) => assertion.fields.some((field) => wanted.includes(field)));
}

function valuesOf({ targetType, field }: Cause, accountId: string): readonly string[] {
  if (targetType === 'organization' && field === 'trails') return [noTrails, notReached(accountId)];
  if (manyReasons.has(field)) return [];
  const channel = /^delivery\.(.+)$/.exec(field)?.[1];
  return [channel === undefined ? `${typeOf(targetType)}.${field}` : `TrailDelivery.${channel}`];
}

/** What expressions call a target of this kind: `EventDataStore`. */
function typeOf(kind: TargetType): string {
  const { variable } = resourceKinds[kind];
  return variable.charAt(0).toUpperCase() + variable.slice(1);
}

const manyReasons: ReadonlySet<string> = new Set(['eventSelectors', 'advancedEventSelectors']);

/** What no policy on the trail speaks of shows in the account that owns it, where the same policy fails as well. */
function atOwner(it: PolicyEvaluation, cause: Cause, byTarget: ByTarget): PolicyEvaluation | undefined {
  if (cause.targetType !== 'trail' && cause.targetType !== 'event-data-store') return undefined;
  const owner = parseArn(cause.id)?.accountId;
  if (owner === undefined || owner === it.evaluation.target.accountId) return undefined;
  const there = samePolicy(it, byTarget.get(`account ${owner}`) ?? []);
  return there !== undefined && namesCause(there, cause) ? there : undefined;
}

function namesCause(it: PolicyEvaluation, cause: Cause): boolean {
  return it.failing.some((assertion) =>
    assertion.causes.some((other) => other?.id === cause.id && other.field === cause.field),
  );
}

function worst(others: readonly PolicyEvaluation[]): PolicyEvaluation | undefined {
  return others.toSorted(
    (a, b) =>
      severityRank(a.evaluation.severity) - severityRank(b.evaluation.severity) || byText(a.policy.id, b.policy.id),
  )[0];
}

/** Where the chain of causes ends; a circle is no chain. */
function rootOf(it: PolicyEvaluation, causes: ReadonlyMap<PolicyEvaluation, PolicyEvaluation>): PolicyEvaluation {
  let at = causes.get(it);
  if (at === undefined) return it;
  const seen = new Set([it, at]);
  for (let next = causes.get(at); next !== undefined; next = causes.get(at)) {
    if (seen.has(next)) return it;
    seen.add(next);
    at = next;
  }
  return at;
}
