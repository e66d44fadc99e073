import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import { ocsfSchema } from '../../../test/support/official-schemas/index.js';
import {
  aFingerprint,
  aPolicy,
  aResults,
  anAccountTarget,
  anEvaluation,
  anEvidence,
} from '../../../test/support/results-builders.js';
import type { Results } from '../../model/results.js';
import { ocsf } from './index.js';

interface Event {
  readonly severity_id: number;
  readonly status_id?: number;
  readonly message: string;
  readonly finding_info: { readonly uid: string };
  readonly compliance: { readonly status_id: number; readonly standards: readonly string[] };
  readonly resources: readonly { readonly uid: string; readonly role_id: number }[];
  readonly evidences?: readonly object[];
  readonly unmapped: { readonly evidence_count: number };
}

const check = ocsfSchema();

function events(results: Results): readonly Event[] {
  const parsed: unknown = JSON.parse([...ocsf(results)].join(''));
  return parsed as readonly Event[]; // each is checked against the schema below
}

describe('the schema of OCSF', () => {
  test.each([
    ['findings', organizationWithFindings],
    ['no findings', organizationWithoutFindings],
    ['nothing readable', nothingReadable],
    ['hostile names', hostileOrganization],
    ['no evaluation', aResults],
  ])('holds for %s', (_name, results) => {
    for (const event of events(results())) expect(check(event)).toEqual([]);
  });

  test.each([
    ['a member too many', { extra: 1 }],
    ['another class', { class_uid: 2004 }],
    ['a status of ours', { status_id: 'New' }],
    ['no cloud', { cloud: undefined }],
    ['a severity out of range', { severity_id: 7 }],
  ])('finds %s', (_name, change) => {
    const [event] = events(organizationWithFindings());
    expect(check(JSON.parse(JSON.stringify({ ...event, ...change })))).not.toEqual([]);
  });
});

test('each outcome has its status, and only what asks for something has a severity', () => {
  const of = (id: string) => ({ target: anAccountTarget(id, ''), severity: 'critical' as const });
  const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };
  const all = events(
    aResults({
      evaluations: [
        anEvaluation({ ...of('100000000001'), outcome: 'COMPLIANT' }),
        anEvaluation({ ...of('100000000002'), outcome: 'NON_COMPLIANT' }),
        anEvaluation({ ...of('100000000003'), outcome: 'INSUFFICIENT_DATA' }),
        anEvaluation({ ...of('100000000004'), outcome: 'NOT_APPLICABLE' }),
        anEvaluation({ ...of('100000000005'), outcome: 'NON_COMPLIANT', waiver }),
      ],
    }),
  );
  expect(all.map((it) => [it.compliance.status_id, it.severity_id, it.status_id])).toEqual([
    [1, 1, undefined],
    [3, 5, 1],
    [2, 5, 1],
    [99, 1, undefined],
    [3, 5, 3],
  ]);
});

test('what follows from a finding is told with it, and not by itself', () => {
  const cause = anEvaluation({ outcome: 'NON_COMPLIANT' });
  const effect = (id: string) =>
    anEvaluation({ outcome: 'NON_COMPLIANT', target: anAccountTarget(id, ''), causedBy: cause.fingerprint });
  const all = events(aResults({ evaluations: [effect('222222222222'), cause, effect('333333333333')] }));
  expect(all).toHaveLength(1);
  expect(all[0]?.finding_info.uid).toBe(cause.fingerprint);
  expect(all[0]?.resources.map((it) => [it.uid, it.role_id])).toEqual([
    [cause.target.arn, 1],
    ['222222222222', 3],
    ['333333333333', 3],
  ]);
});

test('an effect whose cause is not among the results is told by itself', () => {
  const alone = anEvaluation({ outcome: 'NON_COMPLIANT', causedBy: aFingerprint('gone') });
  expect(events(aResults({ evaluations: [alone] }))).toHaveLength(1);
});

test('an event shows what it rests on, and says how much that is', () => {
  const evidence = Array.from({ length: 30 }, (_, index) =>
    anEvidence({ region: `r-${index}`, requestId: `q${index}` }),
  );
  const evaluation = anEvaluation({ outcome: 'NON_COMPLIANT', evidence: evidence.map((it) => it.id) });
  const policies = [aPolicy({ controls: [{ framework: 'cis-3.0', id: '3.1' }] })];
  const [event] = events(aResults({ policies, evaluations: [evaluation], evidence }));
  expect(event?.evidences).toHaveLength(20);
  expect(event?.unmapped.evidence_count).toBe(30);
  expect(event?.compliance.standards).toEqual(['CIS AWS Foundations Benchmark 3.0.0']);
});
