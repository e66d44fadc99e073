import type { PolicySummary, Results } from '../../model/results.js';
import { byId, byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import { frameworkRows, type ControlRow, type ControlVerdict, type FrameworkRows } from '../framework/rows.js';
import { evaluationsByPolicy } from '../parts/outcomes.js';
import { controlToken, markup, propertiesOf, property, token } from './datatypes.js';
import { observationUuid, outcomeOf, type ObservedOutcome } from './observations.js';
import { uuidOf } from './uuid.js';

type Decided = Extract<ControlVerdict, 'NON_COMPLIANT' | 'INSUFFICIENT_DATA' | 'WAIVED' | 'COMPLIANT'>;

interface Status {
  readonly state: 'satisfied' | 'not-satisfied';
  readonly reason: 'pass' | 'fail' | 'other';
  readonly remarks: string;
}

/** OSCAL knows two states. What could not be decided, or is accepted, is not satisfied, and says so. */
const statuses: Readonly<Record<Decided, Status>> = {
  COMPLIANT: {
    state: 'satisfied',
    reason: 'pass',
    remarks: 'The policies that serve it hold wherever they apply. What they do not ask is not assessed.',
  },
  NON_COMPLIANT: { state: 'not-satisfied', reason: 'fail', remarks: 'A policy that serves it fails.' },
  INSUFFICIENT_DATA: {
    state: 'not-satisfied',
    reason: 'other',
    remarks: 'Not decided: something could not be read, and nothing that could be read fails.',
  },
  WAIVED: { state: 'not-satisfied', reason: 'other', remarks: 'All that fails is accepted by waivers.' },
};

function isDecided(verdict: ControlVerdict): verdict is Decided {
  return verdict in statuses;
}

/** What was reviewed: the policies themselves, and the controls of each framework that they serve. */
export function controlSelections(results: Results, frameworks: readonly FrameworkRows[]): readonly object[] {
  const policies = results.policies.toSorted(byId);
  return [
    {
      description: 'The policies of the run, each as an objective of its own.',
      'include-controls': (policies.length === 0
        ? ['trailproof']
        : policies.map(({ id }) => token(`trailproof_${id}`))
      ).map((id) => ({ 'control-id': id })),
    },
    ...frameworks.flatMap(({ framework, rows }) => {
      const reviewed = rows.filter((it) => isDecided(it.verdict) || it.verdict === 'NOT_APPLICABLE');
      if (reviewed.length === 0) return [];
      const left = rows.length - reviewed.length;
      const rest = left === 0 ? '' : ` ${counted(left, 'control')} of it not reviewed: by hand, by AWS, or not asked.`;
      return {
        description: markup(framework.title, framework.id),
        ...propertiesOf(property('framework', framework.id)),
        'include-controls': reviewed.map(({ control }) => ({ 'control-id': controlToken(framework.id, control.id) })),
        remarks: markup(`${framework.note}${rest}`, framework.id),
      };
    }),
  ];
}

/** The frameworks of the run, or only the one that its pack is of. */
export function reviewedFrameworks(results: Results, only: string | undefined): readonly FrameworkRows[] {
  return frameworkRows(results, only);
}

/** A finding for each policy that has an outcome, and for each control that is decided. */
export function* findings(results: Results, frameworks: readonly FrameworkRows[], document: string): Generator<object> {
  const outcomes = policyOutcomes(results);
  for (const policy of results.policies.toSorted(byId)) {
    const verdict = worstOf(outcomes.get(policy.id) ?? new Set());
    if (verdict === undefined) continue;
    yield {
      uuid: uuidOf('finding', document, 'policy', policy.id),
      title: markup(policy.title, policy.id),
      description: markup(policy.description || policy.title, policy.id),
      target: targetOf(token(`trailproof_${policy.id}`), policy.title, policy.id, verdict),
      'related-observations': related(document, [policy], outcomes),
    };
  }
  for (const { framework, rows } of frameworks) {
    for (const row of rows) yield* controlFinding(framework.id, framework.title, row, document, outcomes);
  }
}

function* controlFinding(
  frameworkId: string,
  frameworkTitle: string,
  { control, verdict, policies }: ControlRow,
  document: string,
  outcomes: ReadonlyMap<string, ReadonlySet<ObservedOutcome>>,
): Generator<object> {
  if (!isDecided(verdict)) return;
  const title = `${frameworkTitle} ${control.id}: ${control.title}`;
  yield {
    uuid: uuidOf('finding', document, frameworkId, control.id),
    title: markup(title, control.id),
    description: markup(`Asked by ${policies.map((it) => it.id).join(', ')}.`, control.id),
    ...propertiesOf(property('framework', frameworkId), property('control', control.id)),
    target: targetOf(controlToken(frameworkId, control.id), control.title, control.id, verdict),
    'related-observations': related(document, policies, outcomes),
  };
}

function targetOf(id: string, title: string, otherwise: string, verdict: Decided): object {
  return {
    type: 'objective-id',
    'target-id': id,
    title: markup(title, otherwise),
    status: statuses[verdict],
  };
}

function related(
  document: string,
  policies: readonly PolicySummary[],
  outcomes: ReadonlyMap<string, ReadonlySet<ObservedOutcome>>,
): readonly object[] {
  return policies.flatMap(({ id }) =>
    [...(outcomes.get(id) ?? [])]
      .toSorted(byText)
      .map((outcome) => ({ 'observation-uuid': observationUuid(document, id, outcome) })),
  );
}

function policyOutcomes(results: Results): ReadonlyMap<string, ReadonlySet<ObservedOutcome>> {
  const all = [...evaluationsByPolicy(results)];
  return new Map(all.map(([id, evaluations]) => [id, new Set(evaluations.map(outcomeOf))]));
}

/** As a control is judged: a fail beats what is not known, and that beats what is accepted. */
function worstOf(outcomes: ReadonlySet<ObservedOutcome>): Decided | undefined {
  const order = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'WAIVED', 'COMPLIANT'] as const;
  return order.find((it) => outcomes.has(it));
}
