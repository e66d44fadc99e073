import type { Results } from '../../model/results.js';
import { byId } from '../../text/order.js';
import { findingsOf } from '../parts/findings.js';
import { describeTarget } from '../parts/describe.js';
import { failingMessage } from '../parts/failing-message.js';
import { markup, namespace, property } from './datatypes.js';
import { observationUuid } from './observations.js';
import { uuidOf } from './uuid.js';

/**
 * What a plan of action and milestones begins with: an open risk for each finding, with its remediation, and one for each
 * waiver that accepts something, approved until its last day.
 */
export function* risks(
  results: Results,
  names: ReadonlyMap<string, string>,
  document: string,
  tool: string,
): Generator<object> {
  for (const { evaluation, policy, accounts } of findingsOf(results)) {
    const { target, fingerprint, severity } = evaluation;
    const where = describeTarget(target, names);
    yield {
      uuid: uuidOf('risk', document, fingerprint),
      title: markup(`${policy.title}: ${where}`, policy.id),
      description: markup(failingMessage(evaluation), policy.id),
      statement: markup(policy.rationale || policy.description || policy.title, policy.id),
      props: [
        ...property('policy', policy.id),
        ...property('fingerprint', fingerprint),
        ...property('accounts-touched', String(accounts.length)),
      ],
      status: 'open',
      characterizations: [
        {
          origin: { actors: [{ type: 'tool', 'actor-uuid': tool }] },
          facets: [{ name: 'severity', system: namespace, value: severity }],
        },
      ],
      remediations: [
        {
          uuid: uuidOf('response', document, fingerprint),
          lifecycle: 'recommendation',
          title: markup(`Fix ${policy.id}`, policy.id),
          description: markup(evaluation.fix ?? policy.remediation.text, policy.id),
        },
      ],
      'related-observations': [{ 'observation-uuid': observationUuid(document, policy.id, 'NON_COMPLIANT') }],
    };
  }
  yield* accepted(results, document);
}

function* accepted(results: Results, document: string): Generator<object> {
  const policiesOf = new Map<string, Set<string>>();
  const waivers = results.evaluations.flatMap((it) => (it.waiver === undefined ? [] : [{ it, waiver: it.waiver }]));
  for (const { it, waiver } of waivers) {
    policiesOf.set(waiver.id, (policiesOf.get(waiver.id) ?? new Set<string>()).add(it.policyId));
  }
  const unique = new Map(waivers.map(({ waiver }) => [waiver.id, waiver]));
  for (const waiver of [...unique.values()].toSorted(byId)) {
    const day = /^\d{4}-\d\d-\d\d$/.test(waiver.expires) ? { deadline: `${waiver.expires}T23:59:59Z` } : {};
    yield {
      uuid: uuidOf('waiver', document, waiver.id),
      title: markup(`Waiver ${waiver.id}`, 'Waiver'),
      description: markup(`Accepted until ${waiver.expires}, owner ${waiver.owner}.`, 'Accepted.'),
      statement: markup(waiver.reason, 'Accepted.'),
      props: [
        ...property('waiver', waiver.id),
        ...property('owner', waiver.owner),
        ...property('approved-by', waiver.approvedBy),
        ...property('ticket', waiver.ticket),
        ...property('compensating-control', waiver.compensatingControl),
      ],
      status: 'deviation-approved',
      ...day,
      'related-observations': [...(policiesOf.get(waiver.id) ?? [])]
        .toSorted()
        .map((id) => ({ 'observation-uuid': observationUuid(document, id, 'WAIVED') })),
    };
  }
}
