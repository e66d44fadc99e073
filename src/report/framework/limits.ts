import type { Framework, FrameworkControl, ServingPolicies } from '../../model/framework.js';
import type { Evaluation, PolicySummary, Results } from '../../model/results.js';
import { defaultParams, servingPolicies } from '../../model/serving-policies.js';
import { byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';

/** What every report on frameworks says first. */
export const whatItSays =
  'What the policies say of each control that CloudTrail serves. A control may ask for more than can be read: an assessor decides.';

/** What a run left unasked of a control, and what it asked otherwise than the policies do by themselves. */
export interface Limits {
  /** With any of these what was asked may hold, and the control is not shown to. */
  readonly unasked: readonly string[];
  /** What a reader must know of a verdict. */
  readonly told: readonly string[];
  /** That what holds holds for a part of the accounts. */
  readonly part: readonly string[];
}

/**
 * @param policies those of the run that serve the control
 * @param evaluations theirs
 */
export function limitsOf(
  framework: Framework,
  control: FrameworkControl,
  policies: readonly PolicySummary[],
  evaluations: readonly Evaluation[],
  results: Results,
): Limits {
  if (policies.length === 0) return { unasked: [], told: [], part: [] };
  const missing = missingFrom(framework, control, policies);
  return {
    unasked: [
      ...(isOfNobody(results) ? ['Not one account was evaluated'] : []),
      ...(missing.length === 0 ? [] : [`Not in this run: ${missing.join(', ')}`]),
      ...policies.flatMap((it) => undemanded(framework, it)),
      ...policies.flatMap((it) => undemandedByBindings(framework, it, evaluations)),
      ...policies.flatMap((it) => disabledIn(it, results)),
    ],
    told: [...policies.flatMap(changed), ...bound(evaluations)],
    part: partOf(results),
  };
}

/** Logs are read without asking accounts. */
function isOfNobody({ coverage: { accounts, logs } }: Results): boolean {
  return accounts.evaluated === 0 && logs === undefined;
}

/** Where a run has a shipped policy of a control it is to have them all; policies of one's own decide by themselves. */
function missingFrom(
  { id }: Framework,
  control: FrameworkControl,
  policies: readonly PolicySummary[],
): readonly string[] {
  const serving = Object.entries(servingOf(id)?.controls ?? {})
    .filter(([, controls]) => controls.includes(control.id))
    .map(([policy]) => policy);
  const present = new Set(policies.map((it) => it.id));
  return serving.some((it) => present.has(it)) ? serving.filter((it) => !present.has(it)) : [];
}

/** A framework that asks for the very text of a filter pattern is not met by another one. */
function undemanded({ id }: Framework, policy: PolicySummary): readonly string[] {
  return Object.entries(own(servingOf(id)?.demanded ?? {}, policy.id) ?? {})
    .filter(([name, value]) => !meets(name, policy.params[name], value))
    .map(([name, value]) => `${policy.id} was asked with ${name} ${shown(policy.params[name])}, not ${shown(value)}`);
}

/** Nor where bindings of packs ask otherwise of some, however the policy is asked of all others. */
function undemandedByBindings(
  { id }: Framework,
  { id: policyId }: PolicySummary,
  evaluations: readonly Evaluation[],
): readonly string[] {
  const params = evaluations.flatMap((it) => (it.policyId === policyId && it.params !== undefined ? [it.params] : []));
  return Object.entries(own(servingOf(id)?.demanded ?? {}, policyId) ?? {}).flatMap(([name, value]) => {
    const others = params.filter((it) => !meets(name, it[name], value));
    const asked = [...new Set(others.map((it) => shown(it[name])))].toSorted(byText).join(', ');
    return others.length === 0
      ? []
      : [`${policyId} was asked of ${counted(others.length, 'resource')} with ${name} ${asked}, not ${shown(value)}`];
  });
}

/** Whether what was asked is what is demanded, or more: a larger `min…`, a smaller `max…`, fewer that are `accepted…`. */
function meets(name: string, asked: unknown, demanded: unknown): boolean {
  if (Array.isArray(asked) && Array.isArray(demanded) && name.startsWith('accepted')) {
    return asked.every((it) => demanded.includes(it));
  }
  if (typeof asked !== 'number' || typeof demanded !== 'number') return shown(asked) === shown(demanded);
  if (name.startsWith('min')) return asked >= demanded;
  return name.startsWith('max') ? asked <= demanded : asked === demanded;
}

function disabledIn({ id }: PolicySummary, { disabled = [] }: Results): readonly string[] {
  return disabled
    .filter((it) => it.policyId === id && it.targets > 0)
    .map((it) => `${id} is disabled for ${counted(it.targets, 'resource')}: ${it.reason}`);
}

function changed(policy: PolicySummary): readonly string[] {
  const before = own(defaultParams, policy.id);
  if (before === undefined || policy.source !== 'builtin') return [];
  return Object.entries(before)
    .filter(([name, value]) => name in policy.params && shown(policy.params[name]) !== shown(value))
    .map(
      ([name, value]) => `${policy.id} was asked with ${name} ${shown(policy.params[name])} instead of ${shown(value)}`,
    );
}

function bound(evaluations: readonly Evaluation[]): readonly string[] {
  const count = evaluations.filter((it) => it.params !== undefined).length;
  return count === 0 ? [] : [`Bindings ask otherwise of ${counted(count, 'resource')}`];
}

/** Closed accounts refuse every call; the others were left out by whoever ran it. */
function partOf({ coverage: { accounts } }: Results): readonly string[] {
  const left = accounts.outOfScope.filter((it) => !it.reason.startsWith('its state is')).length;
  return left === 0
    ? []
    : [`This is said without ${left} of ${counted(accounts.listed, 'account')}, which the run left out`];
}

function servingOf(framework: string): ServingPolicies | undefined {
  return own(servingPolicies, framework);
}

/** Ids are whatever people write: none may reach what every object has. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'not set');
}

/**
 * Whether another system can do what was looked for: notify people. What is set on a trail or a bucket no system makes good, and
 * a framework that asks for the very filters of AWS takes no other.
 */
export function canBeDoneElsewhere({ id }: Framework, { policyId }: Evaluation): boolean {
  return servingOf(id)?.isLiteral !== true && notifies(policyId);
}

function notifies(policyId: string): boolean {
  return policyId.startsWith('alarms-on-') || notifying.has(policyId);
}

const notifying: ReadonlySet<string> = new Set([
  'event-rules-react-to-trail-changes',
  'logs-reach-a-monitor',
  'topic-has-confirmed-subscribers',
  'trail-sends-to-cloudwatch-logs',
]);
