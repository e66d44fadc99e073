import { resourceKinds } from '../../model/resource-kinds.js';
import type { Evaluation, Evidence, PolicySummary, Results } from '../../model/results.js';
import { byId, byPlace, byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import { failingMessage } from '../parts/failing-message.js';
import { moment } from '../parts/describe.js';
import { evaluationsByPolicy } from '../parts/outcomes.js';
import { describeTarget } from '../parts/describe.js';
import { shown } from '../parts/subjects.js';
import { markup, property } from './datatypes.js';
import { uuidOf } from './uuid.js';

/** How evaluations of a policy came out; `WAIVED` fail, and are accepted. */
export type ObservedOutcome = Evaluation['outcome'] | 'WAIVED';

/** An observation lists so many answers of AWS, and says how many more there are in `results.json`. */
const listedEvidence = 50;

export function outcomeOf({ outcome, waiver }: Evaluation): ObservedOutcome {
  return waiver === undefined ? outcome : 'WAIVED';
}

/** The observation of a policy and an outcome, whichever run it is of. */
export function observationUuid(document: string, policyId: string, outcome: ObservedOutcome): string {
  return uuidOf('observation', document, policyId, outcome);
}

/** What was looked at: each target once, by account, Region, type and id. */
export function inventoryItems(results: Results, names: ReadonlyMap<string, string>): readonly object[] {
  const items = new Map<string, object>();
  for (const { target } of results.evaluations.toSorted(byPlace)) {
    const uuid = itemUuid(target);
    if (items.has(uuid)) continue;
    items.set(uuid, {
      uuid,
      description: markup(describeTarget(target, names), target.type),
      props: [
        { name: 'asset-id', value: shown(target.arn ?? target.id, target.type).trim() },
        ...property('resource-type', resourceKinds[target.type].resourceType),
        ...property('account', target.accountId),
        ...property('region', target.region),
      ],
    });
  }
  return [...items.values()];
}

function itemUuid({ type, accountId, region, id }: Evaluation['target']): string {
  return uuidOf('inventory-item', type, accountId, region, id);
}

/** One observation for each policy and outcome that it has, with every target as a subject. */
export function* observations(
  results: Results,
  names: ReadonlyMap<string, string>,
  document: string,
): Generator<object> {
  const byPolicy = evaluationsByPolicy(results);
  const evidence = new Map(results.evidence.map((it) => [it.id, it]));
  for (const policy of results.policies.toSorted(byId)) {
    const evaluations = (byPolicy.get(policy.id) ?? []).toSorted(byPlace);
    for (const outcome of [...new Set(evaluations.map(outcomeOf))].toSorted(byText)) {
      const group = evaluations.filter((it) => outcomeOf(it) === outcome);
      yield observation(policy, outcome, group, { results, names, document, evidence });
    }
  }
}

function observation(
  policy: PolicySummary,
  outcome: ObservedOutcome,
  group: readonly Evaluation[],
  context: {
    readonly results: Results;
    readonly names: ReadonlyMap<string, string>;
    readonly document: string;
    readonly evidence: ReadonlyMap<string, Evidence>;
  },
): object {
  const { results, names, document, evidence } = context;
  const resources = counted(group.length, 'evaluation');
  const ids = [...new Set(group.flatMap((it) => it.evidence))].toSorted(byText);
  const answers = ids.flatMap((id) => evidence.get(id) ?? []);
  return {
    uuid: observationUuid(document, policy.id, outcome),
    title: markup(`${policy.title}: ${outcome}`, policy.id),
    description: markup(`${resources} of policy ${policy.id}: ${outcome}. ${policy.description}`, policy.id),
    props: [...property('policy', policy.id), ...property('outcome', outcome), ...property('digest', policy.digest)],
    methods: ['TEST'],
    types: outcome === 'NON_COMPLIANT' ? ['finding'] : ['control-objective'],
    subjects: group.map((it) => subject(it, names)),
    ...(answers.length === 0 ? {} : { 'relevant-evidence': relevant(answers) }),
    collected: results.run.capturedAt,
  };
}

function subject(evaluation: Evaluation, names: ReadonlyMap<string, string>): object {
  const { target, fingerprint, causedBy, waiver, outcome } = evaluation;
  return {
    'subject-uuid': itemUuid(target),
    type: 'inventory-item',
    title: markup(describeTarget(target, names), target.type),
    props: [
      ...property('fingerprint', fingerprint),
      ...property('caused-by', causedBy),
      ...property('waiver', waiver?.id),
      ...property('carried-forward-from', evaluation.carriedForward?.lastSeen),
    ],
    ...(outcome === 'COMPLIANT' ? {} : { remarks: markup(failingMessage(evaluation), outcome) }),
  };
}

function relevant(answers: readonly Evidence[]): readonly object[] {
  const more = answers.length - listedEvidence;
  return [
    ...answers.slice(0, listedEvidence).map((it) => ({ description: markup(described(it), it.id) })),
    ...(more > 0 ? [{ description: `${more} more, in results.json.` }] : []),
  ];
}

function described({ id, call, item, accountId, region, resource, at, requestId }: Evidence): string {
  const what = call ?? `configuration item ${item ?? ''}`;
  const of = resource === undefined ? '' : ` of ${resource}`;
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  return `${what}${of} in account ${accountId}, ${region}, at ${moment(at)}${request} (evidence ${id})`;
}
