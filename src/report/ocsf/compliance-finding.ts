import { projectUrl } from '../../model/project.js';
import { resourceKinds } from '../../model/resource-kinds.js';
import type { Evaluation, Evidence, Results, Severity, Target } from '../../model/results.js';
import { byId } from '../../text/order.js';
import { prose } from '../../text/printable.js';
import { policyPageOf } from '../parts/policy-link.js';
import { requirementsOf, standardsOf } from '../parts/requirements.js';
import { resourceLabel } from '../parts/resource.js';
import { shown, subjectDetails, subjectMessage, type Subject } from '../parts/subjects.js';

interface Context {
  readonly results: Results;
  readonly names: ReadonlyMap<string, string>;
  readonly evidence: ReadonlyMap<string, Evidence>;
}

interface Labelled {
  readonly id: number;
  readonly label: string;
}

const severities: Readonly<Record<Severity, Labelled>> = {
  critical: { id: 5, label: 'Critical' },
  high: { id: 4, label: 'High' },
  medium: { id: 3, label: 'Medium' },
  low: { id: 2, label: 'Low' },
  informational: { id: 1, label: 'Informational' },
};

/** "Warning: the compliance check did not yield a result due to missing information." */
const complianceStatus: Readonly<Record<Evaluation['outcome'], Labelled>> = {
  COMPLIANT: { id: 1, label: 'Pass' },
  INSUFFICIENT_DATA: { id: 2, label: 'Warning' },
  NON_COMPLIANT: { id: 3, label: 'Fail' },
  NOT_APPLICABLE: { id: 99, label: 'Not Applicable' },
};

/** An event shows so many answers of AWS; the others are in `results.json`, and the event says how many there are. */
const shownEvidence = 20;

/** One event. What holds has the severity "Informational": its policy's would sound an alarm. */
export function complianceFinding(subject: Subject, { results, names, evidence }: Context): object {
  const { evaluation, policy, touched } = subject;
  const { run, organization, tool } = results;
  const { outcome, target, fingerprint } = evaluation;
  const time = Date.parse(run.capturedAt);
  const isQuiet = outcome === 'COMPLIANT' || outcome === 'NOT_APPLICABLE';
  const severity = severities[isQuiet ? 'informational' : evaluation.severity];
  const message = subjectMessage(subject);
  const title = prose(policy.title) || policy.id;
  const page = policyPageOf(policy);
  const answers = evaluation.evidence.flatMap((id) => evidence.get(id) ?? []).toSorted(byId);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_301,
    type_name: 'Compliance Finding: Create',
    time,
    severity_id: severity.id,
    severity: severity.label,
    message,
    ...lifecycle(evaluation),
    metadata: {
      version: '1.6.0',
      profiles: ['cloud'],
      product: { name: 'Trailproof', vendor_name: 'Trailproof', version: tool.version, url_string: projectUrl },
      uid: `${fingerprint}:${time}`,
      ...(organization === null ? {} : { tenant_uid: organization.id }),
    },
    cloud: {
      provider: 'AWS',
      cloud_partition: run.partition,
      region: target.region,
      account: accountOf(target.accountId, names),
      ...(organization === null ? {} : { org: { uid: organization.id } }),
    },
    finding_info: {
      uid: fingerprint,
      title,
      desc: message,
      types: ['CloudTrail compliance'],
      analytic: { type_id: 1, type: 'Rule', uid: policy.id, name: title },
      last_seen_time: evaluation.carriedForward === undefined ? time : Date.parse(evaluation.carriedForward.lastSeen),
      ...(page === undefined ? {} : { src_url: page }),
    },
    compliance: complianceOf(subject),
    resources: [
      resourceOf(target, run.partition, names),
      ...touched.map((id) => touchedAccount(id, run.partition, names)),
    ],
    remediation: {
      desc: prose(evaluation.fix ?? policy.remediation.text) || title,
      ...(page === undefined ? {} : { references: [page] }),
    },
    ...(answers.length === 0 ? {} : { evidences: answers.slice(0, shownEvidence).map(evidenceOf) }),
    unmapped: {
      outcome,
      policy_severity: policy.severity,
      source: prose(run.source),
      evidence_count: answers.length,
      ...(evaluation.waiver === undefined ? {} : { waiver_id: prose(evaluation.waiver.id) }),
    },
  };
}

/** What fails is new, unless somebody accepted it; of what holds there is nothing to be reviewed. */
function lifecycle({ outcome, waiver }: Evaluation): object {
  if (waiver !== undefined) return { status_id: 3, status: 'Suppressed' };
  return outcome === 'NON_COMPLIANT' || outcome === 'INSUFFICIENT_DATA' ? { status_id: 1, status: 'New' } : {};
}

function complianceOf(subject: Subject): object {
  const { evaluation, policy } = subject;
  const status = complianceStatus[evaluation.outcome];
  const details = subjectDetails(subject);
  const params = Object.entries(evaluation.params ?? policy.params).filter(([name]) => name.trim() !== '');
  return {
    status_id: status.id,
    status: status.label,
    status_code: evaluation.outcome,
    ...(details.length === 0 ? {} : { status_details: details }),
    standards: standardsOf(policy.controls),
    requirements: requirementsOf(policy.controls),
    control: policy.id,
    desc: prose(policy.description) || prose(policy.title) || policy.id,
    control_parameters: params.map(([name, value]) => ({ name, value: JSON.stringify(value) })),
  };
}

function resourceOf(target: Target, partition: string, names: ReadonlyMap<string, string>): object {
  const uid = shown(target.arn ?? target.id, target.type);
  return {
    uid,
    name: shown(resourceLabel(target), uid),
    type: resourceKinds[target.type].resourceType,
    region: target.region,
    cloud_partition: partition,
    owner: { account: accountOf(target.accountId, names) },
    role_id: 1,
    role: 'Target',
  };
}

function touchedAccount(id: string, partition: string, names: ReadonlyMap<string, string>): object {
  return {
    uid: id,
    name: shown(names.get(id), id),
    type: resourceKinds.account.resourceType,
    cloud_partition: partition,
    owner: { account: accountOf(id, names) },
    role_id: 3,
    role: 'Affected',
  };
}

function accountOf(id: string, names: ReadonlyMap<string, string>): object {
  return { uid: id, name: shown(names.get(id), id), type_id: 10, type: 'AWS Account' };
}

function evidenceOf({ id, call, item, accountId, region, resource, at, requestId }: Evidence): object {
  const [service, operation] = (call ?? '').split(':');
  return {
    uid: id,
    ...(operation === undefined || service === undefined
      ? {}
      : {
          api: {
            operation,
            service: { name: service },
            ...(requestId === undefined ? {} : { request: { uid: requestId } }),
          },
        }),
    data: {
      account: accountId,
      region,
      at,
      ...(item === undefined ? {} : { configuration_item: item }),
      ...(resource === undefined ? {} : { resource }),
    },
  };
}
