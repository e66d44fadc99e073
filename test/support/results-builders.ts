import { createHash } from 'node:crypto';
import type { Verification, VerificationRecord } from '../../src/model/verification.js';
import type {
  Attestation,
  AccountReason,
  DisabledPolicy,
  Evaluation,
  Evidence,
  Gap,
  Outcome,
  PolicySummary,
  Results,
  Run,
  Severity,
  Target,
  WaiverState,
} from '../../src/model/results.js';

/** A 64-digit fingerprint that follows from a name. */
export function aFingerprint(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

export function aTarget(target: Partial<Target> = {}): Target {
  return {
    type: 'trail',
    id: 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/main',
    arn: 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/main',
    name: 'main',
    accountId: '111111111111',
    region: 'eu-central-1',
    ...target,
  };
}

export function anAccountTarget(id: string, name: string): Target {
  return { type: 'account', id, name, accountId: id, region: 'global' };
}

export function aBucketTarget(name: string, accountId: string): Target {
  const arn = `arn:aws:s3:::${name}`;
  return { type: 'log-bucket', id: arn, arn, name, accountId, region: 'eu-central-1' };
}

export function aPolicy(policy: Partial<PolicySummary> = {}): PolicySummary {
  return {
    id: 'trail-is-logging',
    title: 'The trail is logging',
    severity: 'high',
    target: 'trail',
    targets: 1,
    controls: [],
    description: 'A trail that was stopped records nothing.',
    rationale: 'Whoever stops a trail does not want to be seen.',
    remediation: { text: 'Start logging.' },
    params: {},
    source: 'builtin',
    ...policy,
  };
}

/** A policy that a pack takes out everywhere. */
export function aDisabledPolicy(disabled: Partial<DisabledPolicy> = {}): DisabledPolicy {
  return {
    policyId: 'trail-encrypts-with-kms',
    title: 'Every trail encrypts with a KMS key',
    reason: 'AWS managed keys are accepted, ADR-17',
    file: 'acme.yaml',
    line: 9,
    targets: 1,
    accounts: ['111111111111'],
    ...disabled,
  };
}

/** Its fingerprint follows from policy and target, so that a test can name it: {@link fingerprintOf}. */
export function anEvaluation(evaluation: Partial<Evaluation> = {}): Evaluation {
  const target = evaluation.target ?? aTarget();
  const policyId = evaluation.policyId ?? 'trail-is-logging';
  return {
    policyId,
    outcome: 'COMPLIANT',
    severity: 'high',
    target,
    message: 'All is well.',
    reasons: [],
    evidence: [],
    gaps: [],
    fingerprint: fingerprintOf(policyId, target),
    ...evaluation,
  };
}

export function fingerprintOf(policyId: string, target: Target): string {
  return aFingerprint(`${policyId} ${target.accountId} ${target.region} ${target.id}`);
}

export function aGap(gap: Partial<Gap> = {}): Gap {
  const it = {
    call: 'kms:GetKeyRotationStatus',
    accountId: '222222222222',
    region: 'eu-central-1',
    reason: 'access-denied' as const,
    message:
      'User: arn:aws:sts::222222222222:assumed-role/TrailproofAudit/trailproof is not authorized to perform: kms:GetKeyRotationStatus',
    at: '2026-11-21T08:00:02.000Z',
    ...gap,
  };
  return { id: aFingerprint(`${it.call} ${it.accountId} ${it.region} ${it.reason}`).slice(0, 16), ...it };
}

export function anEvidence(evidence: Partial<Evidence> = {}): Evidence {
  const it = {
    call: 'cloudtrail:GetTrailStatus',
    accountId: '111111111111',
    region: 'eu-central-1',
    at: '2026-11-21T08:00:01.000Z',
    ...evidence,
  };
  return { id: aFingerprint(`${it.call} ${it.accountId} ${it.region}`).slice(0, 16), ...it };
}

export function aWaiverState(waiver: Partial<WaiverState> = {}): WaiverState {
  return {
    id: 'W-2026-014',
    state: 'used',
    policies: ['log-bucket-is-versioned'],
    reason: 'Object Lock is on its way.',
    owner: 'cloud-security',
    approvedBy: 'risk-board',
    created: '2026-10-01',
    expires: '2027-03-31',
    file: 'waivers.yaml',
    line: 3,
    accepts: 1,
    remarks: [],
    ...waiver,
  };
}

export interface ResultsParts {
  readonly run?: Partial<Run>;
  readonly organization?: Results['organization'];
  readonly accounts?: {
    readonly evaluated: number;
    readonly outOfScope?: readonly AccountReason[];
    readonly unreadable?: readonly AccountReason[];
  };
  readonly byOperation?: Readonly<Record<string, number>>;
  readonly denied?: number;
  readonly policies?: readonly PolicySummary[];
  readonly evaluations?: readonly Evaluation[];
  readonly evidence?: readonly Evidence[];
  readonly gaps?: readonly Gap[];
  readonly waivers?: readonly WaiverState[];
  readonly attestations?: readonly Attestation[];
}

/** Whole results from the parts that a test is about; a policy that an evaluation names is there, and counts are right. */
export function aResults(parts: ResultsParts = {}): Results {
  const evaluations = parts.evaluations ?? [];
  const given = parts.policies ?? [];
  const missing = [...new Set(evaluations.map((it) => it.policyId))].filter((id) => !given.some((it) => it.id === id));
  const policies = [...given, ...missing.map((id) => aPolicy({ id, title: id.replaceAll('-', ' ') }))];
  const { evaluated = 1, outOfScope = [], unreadable = [] } = parts.accounts ?? {};
  const byOperation = parts.byOperation ?? {};
  return {
    schemaVersion: '1',
    tool: { name: 'trailproof', version: '0.1.0' },
    run: {
      startedAt: '2026-11-21T08:00:00.000Z',
      finishedAt: '2026-11-21T08:00:09.000Z',
      capturedAt: '2026-11-21T08:00:00.000Z',
      source: 'live',
      caller: 'arn:aws:sts::111111111111:assumed-role/Audit/me@example.com',
      partition: 'aws',
      deep: false,
      interrupted: false,
      ...parts.run,
    },
    organization:
      parts.organization === undefined
        ? { id: 'o-a1b2c3d4e5', managementAccountId: '111111111111' }
        : parts.organization,
    coverage: {
      accounts: { listed: evaluated + outOfScope.length + unreadable.length, evaluated, outOfScope, unreadable },
      apiCalls: {
        total: Object.values(byOperation).reduce((sum, it) => sum + it, 0),
        denied: parts.denied ?? 0,
        byOperation,
      },
    },
    policies: policies.map((policy) => withTargets(policy, evaluations)),
    evaluations,
    evidence: parts.evidence ?? [],
    gaps: parts.gaps ?? [],
    ...(parts.waivers === undefined ? {} : { waivers: parts.waivers }),
    ...(parts.attestations === undefined ? {} : { attestations: parts.attestations }),
    summary: summaryOf(evaluations),
  };
}

function withTargets(policy: PolicySummary, evaluations: readonly Evaluation[]): PolicySummary {
  return { ...policy, targets: evaluations.filter((it) => it.policyId === policy.id).length };
}

function summaryOf(evaluations: readonly Evaluation[]): Results['summary'] {
  const failing = evaluations.filter((it) => it.outcome === 'NON_COMPLIANT' && it.waiver === undefined);
  const findings = failing.filter((it) => it.causedBy === undefined);
  const byOutcome = (outcome: Outcome) => evaluations.filter((it) => it.outcome === outcome).length;
  const bySeverity = (severity: Severity) => findings.filter((it) => it.severity === severity).length;
  return {
    byOutcome: {
      COMPLIANT: byOutcome('COMPLIANT'),
      NON_COMPLIANT: byOutcome('NON_COMPLIANT'),
      NOT_APPLICABLE: byOutcome('NOT_APPLICABLE'),
      INSUFFICIENT_DATA: byOutcome('INSUFFICIENT_DATA'),
    },
    findings: findings.length,
    bySeverity: {
      critical: bySeverity('critical'),
      high: bySeverity('high'),
      medium: bySeverity('medium'),
      low: bySeverity('low'),
      informational: bySeverity('informational'),
    },
    accountsAffected: new Set(failing.map((it) => it.target.accountId)).size,
  };
}

/** A record as `verify-logs` prints it. */
export function aVerification(record: VerificationRecord): Verification {
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version: '1.0.0' },
    run: {
      startedAt: '2026-11-01T11:00:00Z',
      finishedAt: '2026-11-01T11:00:01Z',
      source: 'live',
      interrupted: false,
      requests: { total: 0, byOperation: {} },
    },
    record,
  };
}
