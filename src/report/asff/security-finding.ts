import { isAccountId, isPartition, leaderRegion, parseArn } from '../../model/identifiers.js';
import { resourceKinds } from '../../model/resource-kinds.js';
import type { Evaluation, Results, Severity, Target } from '../../model/results.js';
import { prose, shortened } from '../../text/printable.js';
import { policyPageOf } from '../parts/policy-link.js';
import { requirementsOf } from '../parts/requirements.js';
import { shown, subjectDetails, subjectMessage, type Subject } from '../parts/subjects.js';

/** Where a finding is imported, and in whose name. */
export interface Home {
  readonly productArn: string;
  readonly accountId: string;
  readonly region: string;
}

export type SecurityFinding = Readonly<Record<string, unknown>>;

const labels: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  informational: 'INFORMATIONAL',
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html */
const statuses: Readonly<Record<Evaluation['outcome'], string>> = {
  COMPLIANT: 'PASSED',
  NON_COMPLIANT: 'FAILED',
  INSUFFICIENT_DATA: 'WARNING',
  NOT_APPLICABLE: 'NOT_AVAILABLE',
};

/** Values that the model of the API allows; of another partition the member is left out. */
const partitions = new Set(['aws', 'aws-cn', 'aws-us-gov']);

const mostResources = 32;
const mostRequirements = 32;

/**
 * Security Hub takes a finding from its own account, in the Region where it is to be shown. An account whose id is not
 * known cannot send any: the management account's is used, or that of the caller.
 */
export function homeOf({ evaluation }: Subject, { run, organization }: Results, productArn?: string): Home {
  const { accountId: own, region: ownRegion } = evaluation.target;
  const caller = parseArn(run.caller)?.accountId ?? '';
  const candidates = [own, organization?.managementAccountId ?? '', caller];
  const accountId = candidates.find(isAccountId) ?? '000000000000';
  const product = productArn === undefined ? undefined : parseArn(productArn);
  if (productArn !== undefined && product !== undefined) return { productArn, accountId, region: product.region };
  const leader = leaderRegion(isPartition(run.partition) ? run.partition : 'aws');
  const region = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(ownRegion) && ownRegion.length <= 16 ? ownRegion : leader;
  const arn = `arn:${run.partition}:securityhub:${region}:${accountId}:product/${accountId}/default`;
  return { productArn: arn, accountId, region };
}

/** An evaluation as a finding. What holds is told, too: Security Hub closes what failed before by the same id. */
export function securityFinding(subject: Subject, results: Results, home: Home): SecurityFinding {
  const { run } = results;
  const { evaluation, policy, touched } = subject;
  const { outcome, waiver, fingerprint } = evaluation;
  const isQuiet = outcome === 'COMPLIANT' || outcome === 'NOT_APPLICABLE';
  const severity = { Label: labels[isQuiet ? 'informational' : evaluation.severity], Original: evaluation.severity };
  const types = ['Software and Configuration Checks/AWS Security Best Practices'];
  const title = shortened(prose(policy.title) || policy.id, 256);
  const page = policyPageOf(policy);
  const requirements = requirementsOf(policy.controls);
  const others = touched.slice(0, mostResources - 1);
  return {
    SchemaVersion: '2018-10-08',
    Id: `trailproof/${fingerprint}`,
    ProductArn: home.productArn,
    GeneratorId: shortened(`trailproof/${policy.id}`, 512),
    AwsAccountId: home.accountId,
    Types: types,
    CreatedAt: run.capturedAt,
    UpdatedAt: run.finishedAt,
    LastObservedAt: evaluation.carriedForward?.lastSeen ?? run.capturedAt,
    Severity: severity,
    FindingProviderFields: { Severity: severity, Types: types },
    Title: title,
    Description: shortened(subjectMessage(subject), 1024),
    Remediation: {
      Recommendation: {
        Text: shortened(prose(evaluation.fix ?? policy.remediation.text) || title, 512),
        ...(page === undefined ? {} : { Url: page }),
      },
    },
    ProductFields: fieldsOf(subject, results, touched.length),
    Resources: [
      resourceOf(evaluation.target, run.partition),
      ...others.map((id) => accountResource(id, run.partition)),
    ],
    Compliance: {
      Status: statuses[outcome],
      ...(requirements.length === 0 ? {} : { RelatedRequirements: requirements.slice(0, mostRequirements) }),
    },
    // A waiver accepts it, or it speaks of nothing that is there: nobody has to look at it.
    RecordState: waiver === undefined && outcome !== 'NOT_APPLICABLE' ? 'ACTIVE' : 'ARCHIVED',
  };
}

function fieldsOf(subject: Subject, { tool, run }: Results, touched: number): Readonly<Record<string, string>> {
  const { evaluation, policy } = subject;
  const details = subjectDetails(subject).join(' ');
  const fields: Readonly<Record<string, string | undefined>> = {
    'trailproof/policy': policy.id,
    'trailproof/outcome': evaluation.outcome,
    'trailproof/fingerprint': evaluation.fingerprint,
    'trailproof/version': tool.version,
    'trailproof/source': run.source,
    'trailproof/account': evaluation.target.accountId,
    'trailproof/region': evaluation.target.region,
    'trailproof/reasons': details,
    'trailproof/accounts-touched': touched === 0 ? undefined : String(touched + 1),
    'trailproof/waiver': evaluation.waiver?.id,
    'trailproof/waiver-expires': evaluation.waiver?.expires,
    'trailproof/requirements': requirementsOf(policy.controls).join('; '),
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const text = prose(value ?? '');
      return text === '' ? [] : [[key, shortened(text, 2048)]];
    }),
  );
}

function resourceOf(target: Target, partition: string): object {
  if (target.type === 'account') return accountResource(target.id, partition);
  return {
    Type: resourceKinds[target.type].findingType ?? 'Other',
    Id: shown(target.arn ?? target.id, target.type),
    ...partitionMember(partition),
    ...(target.region === 'global' || target.region.length > 16 || target.region.trim() === ''
      ? {}
      : { Region: target.region }),
  };
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resourcedetails-attributes.html names accounts so. */
function accountResource(id: string, partition: string): object {
  return { Type: 'AwsAccount', Id: `AWS::::Account:${shown(id, 'unknown')}`, ...partitionMember(partition) };
}

function partitionMember(partition: string): object {
  return partitions.has(partition) ? { Partition: partition } : {};
}
