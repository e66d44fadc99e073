import { resourceKinds } from '../../model/resource-kinds.js';
import type { Evaluation, Evidence, Gap, Results } from '../../model/results.js';
import { byId, byPlace } from '../../text/order.js';
import { prose, shortened, visible } from '../../text/printable.js';
import { accountNames } from '../parts/accounts.js';
import { moment } from '../parts/describe.js';
import { failingParagraphs, unwaivedReasons } from '../parts/failing-message.js';
import { causesOf, type Finding } from '../parts/findings.js';
import { inWords } from '../parts/in-words.js';
import { controlLabels } from '../parts/remediation.js';
import { resourceLabel } from '../parts/resource.js';
import type { Entry, PageAccount, PageData, PagePolicy } from './shared/page-data.js';

const shownValues = 10;
const longestValue = 300;

/** All evaluations as the page's script needs them, findings first, the worst first of all. */
export function pageData(results: Results): PageData {
  const places = new Places(results);
  const findings = new Map(causesOf(results).findings.map((it) => [it.evaluation.fingerprint, it]));
  const others = results.evaluations.filter((it) => !findings.has(it.fingerprint)).toSorted(byPlace);
  const entries = [
    ...[...findings.values()].map((it) => entryOf(it.evaluation, places, it)),
    ...others.map((it) => entryOf(it, places)),
  ];
  return {
    policies: places.policies,
    accounts: places.accounts,
    evidence: places.evidence,
    gaps: places.gaps,
    entries,
  };
}

/** The lists that entries refer to by number. */
class Places {
  readonly policies: readonly PagePolicy[];
  readonly accounts: readonly PageAccount[];
  readonly evidence: readonly string[];
  readonly gaps: readonly string[];
  readonly policyAt: ReadonlyMap<string, number>;
  readonly accountAt: ReadonlyMap<string, number>;
  readonly evidenceAt: ReadonlyMap<string, number>;
  readonly gapAt: ReadonlyMap<string, number>;

  constructor(results: Results) {
    const policies = results.policies.toSorted(byId);
    this.policies = policies.map(({ id, title, remediation, controls }) => ({
      id: visible(id),
      title: prose(title),
      fix: prose(remediation.text),
      controls: controlLabels(controls).map(visible),
    }));
    this.policyAt = positions(policies.map((it) => it.id));
    const accounts = accountsOf(results);
    this.accounts = accounts;
    this.accountAt = positions(accounts.map((it) => it.id));
    const used = new Set(results.evaluations.flatMap((it) => it.evidence));
    const evidence = results.evidence.filter((it) => used.has(it.id)).toSorted(byId);
    this.evidence = evidence.map(evidenceText);
    this.evidenceAt = positions(evidence.map((it) => it.id));
    const gaps = results.gaps.toSorted(byId);
    this.gaps = gaps.map(gapText);
    this.gapAt = positions(gaps.map((it) => it.id));
  }
}

function positions(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, at) => [id, at]));
}

/** Every account that the results name, by id. */
function accountsOf(results: Results): PageAccount[] {
  const names = accountNames(results);
  const paths = new Map((results.accounts ?? []).map(({ id, name, path = [] }) => [id, { name, path }]));
  const ids = new Set([...paths.keys(), ...names.keys(), ...results.evaluations.map((it) => it.target.accountId)]);
  ids.delete('unknown');
  return [...ids].toSorted().map((id) => {
    const place = paths.get(id);
    const name = names.get(id) ?? place?.name ?? '';
    return { id: visible(id), name: visible(name), ou: (place?.path ?? []).map(visible).join(' / ') };
  });
}

function entryOf(evaluation: Evaluation, places: Places, finding?: Finding): Entry {
  const { target, waiver, causedBy, carriedForward } = evaluation;
  const because = unwaivedReasons(evaluation)
    .flatMap((it) => it.because)
    .flatMap((it) => inWords(it) ?? [])
    .map((it) => shortened(prose(it), longestValue));
  const values = [...new Set(because)].slice(0, shownValues);
  const isFailing = evaluation.outcome === 'NON_COMPLIANT' && waiver === undefined;
  const text = isFailing ? failingParagraphs(evaluation) : [evaluation.message];
  const evidence = evaluation.evidence.flatMap((id) => places.evidenceAt.get(id) ?? []);
  const gaps = evaluation.gaps.flatMap((id) => places.gapAt.get(id) ?? []);
  const touched = (finding?.accounts ?? []).flatMap((id) => places.accountAt.get(id) ?? []);
  return {
    policy: places.policyAt.get(evaluation.policyId) ?? -1,
    outcome: evaluation.outcome,
    severity: evaluation.severity,
    ...(finding === undefined ? {} : { isFinding: true }),
    kind: resourceKinds[target.type].title,
    name: visible(resourceLabel(target)),
    id: visible(target.arn ?? target.id),
    account: places.accountAt.get(target.accountId) ?? -1,
    region: visible(target.region),
    text: text.map(prose),
    ...(values.length === 0 ? {} : { because: values }),
    ...(touched.length === 0 ? {} : { touched }),
    ...(finding === undefined || finding.evaluations === 1 ? {} : { following: finding.evaluations - 1 }),
    ...(evidence.length === 0 ? {} : { evidence }),
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(waiver === undefined
      ? {}
      : { waiver: prose(`by ${waiver.id} until ${waiver.expires}, owner ${waiver.owner}: ${waiver.reason}`) }),
    ...(causedBy === undefined || finding !== undefined ? {} : { causedBy: visible(causedBy) }),
    ...(carriedForward === undefined
      ? {}
      : { lastSeen: `${moment(carriedForward.lastSeen)}; it could not be evaluated again in this run` }),
    fingerprint: visible(evaluation.fingerprint),
  };
}

function evidenceText({ call, item, accountId, region, resource, at, requestId }: Evidence): string {
  const source = call ?? `configuration item ${item ?? ''}`;
  const parts = [source, accountId, region, ...(resource === undefined ? [] : [resource]), moment(at)];
  return visible([...parts, ...(requestId === undefined ? [] : [`request ${requestId}`])].join(' · '));
}

function gapText({ call, accountId, region, reason, message }: Gap): string {
  return prose(`${call} · ${accountId} · ${region} · ${reason}: ${shortened(message, 500)}`);
}
