import { ViewList, type Read, type Value } from '../expression/index.js';
import type { Cause } from '../model/cause.js';
import type { Evaluation, Target } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';
import type { SharedParts } from './shared-parts.js';

/** What decided that an assertion fails. */
export interface Failing {
  /** For each deciding field what is to be fixed, each once; undefined: the target itself. */
  readonly causes: readonly (Cause | undefined)[];
  /** What it read and is decided by, as `Trail.isLogging`; see `readsOf`. */
  readonly fields: readonly string[];
}

/** An evaluation with what its cause is found by. */
export interface PolicyEvaluation {
  readonly policy: CompiledPolicy;
  readonly evaluation: Evaluation;
  /** There was a target to decide on. */
  readonly isDecided: boolean;
  /** Empty unless it fails. */
  readonly failing: readonly Failing[];
}

const nothing: readonly Failing[] = [];

/** Of the decision only what causes are found by is kept: an organization may have hundreds of thousands. */
export function policyEvaluation(
  policy: CompiledPolicy,
  evaluation: Evaluation,
  decision: Decision | undefined,
  parts: SharedParts,
): PolicyEvaluation {
  const isDecided = decision !== undefined;
  if (decision?.outcome !== 'NON_COMPLIANT') return { policy, evaluation, isDecided, failing: nothing };
  const failing = decision.assertions
    .filter((assertion) => assertion.result === 'fails')
    .map(({ explanation }) => ({
      causes: distinct((explanation?.causes ?? []).map((cause) => elsewhere(cause, evaluation.target))),
      fields: readsOf(explanation?.reads ?? [], evaluation.target),
    }));
  return { policy, evaluation, isDecided, failing: parts.of(failing) };
}

/** An organization's list of trails that is empty. */
export const noTrails = 'Organization.trails none';

/** That an organization's trails do not reach one account. */
export function notReached(accountId: string): string {
  return `Account.isInOrganizationTrail ${accountId}`;
}

/**
 * The deciding fields by the type of what has them, each once. An organization's policies look at all trails and all
 * accounts: of which accounts one says that no trail reaches them, and whether there are trails at all, is told, too.
 */
function readsOf(reads: readonly Read[], target: Target): readonly string[] {
  const told = new Set<string>();
  for (const { object, field } of reads) {
    told.add(nameOf(object.type, field));
    if (target.type !== 'organization') continue;
    if (object.type === 'Account' && field === 'isInOrganizationTrail') {
      const id = object.get('id');
      if (typeof id === 'string') told.add(notReached(id));
    }
    if (object.type === 'Organization' && field === 'trails' && isNone(object.get(field))) told.add(noTrails);
  }
  return [...told];
}

/** `Trail.isLogging`. Made once for each field, as each finding has dozens of reads. */
function nameOf(type: string, field: string): string {
  let ofType = fieldNames.get(type);
  if (ofType === undefined) fieldNames.set(type, (ofType = new Map()));
  let name = ofType.get(field);
  if (name === undefined) ofType.set(field, (name = `${type}.${field}`));
  return name;
}

const fieldNames = new Map<string, Map<string, string>>();

function isNone(list: Value): boolean {
  return list instanceof ViewList && list.members.length + list.doubtful.length === 0 && list.isClosed;
}

/** Undefined for the target itself: then what decided is the same for all the targets that fail alike. */
function elsewhere(cause: Cause | undefined, { type, id, arn }: Target): Cause | undefined {
  return cause?.targetType === type && (cause.id === id || cause.id === arn) ? undefined : cause;
}

function distinct(causes: readonly (Cause | undefined)[]): readonly (Cause | undefined)[] {
  if (causes.length < 2) return causes;
  const keyOf = (cause: Cause | undefined): string => JSON.stringify(cause ?? null);
  return [...new Map(causes.map((cause) => [keyOf(cause), cause])).values()];
}
