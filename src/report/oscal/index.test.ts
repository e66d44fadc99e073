import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import { oscalSchema } from '../../../test/support/official-schemas/index.js';
import { aPolicy, aResults, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import type { Results } from '../../model/results.js';
import { controlToken, markup, token } from './datatypes.js';
import { oscal } from './index.js';
import { uuidOf } from './uuid.js';

interface Observation {
  readonly uuid: string;
  readonly subjects: readonly { readonly 'subject-uuid': string }[];
}
interface Result {
  readonly 'local-definitions': { readonly 'inventory-items'?: readonly { readonly uuid: string }[] };
  readonly observations?: readonly Observation[];
  readonly risks?: readonly { readonly status: string; readonly 'related-observations': readonly Related[] }[];
  readonly findings?: readonly {
    readonly target: {
      readonly 'target-id': string;
      readonly status: { readonly state: string; readonly reason: string };
    };
    readonly 'related-observations': readonly Related[];
  }[];
}
interface Related {
  readonly 'observation-uuid': string;
}
interface Document {
  readonly 'assessment-results': { readonly uuid: string; readonly results: readonly [Result] };
}

const check = oscalSchema();
const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };

function documentOf(results: Results): Document {
  const parsed: unknown = JSON.parse([...oscal(results)].join(''));
  return parsed as Document; // checked against the schema below
}

function resultOf(results: Results): Result {
  return documentOf(results)['assessment-results'].results[0];
}

const scenarios = [
  ['findings', organizationWithFindings],
  ['no findings', organizationWithoutFindings],
  ['nothing readable', nothingReadable],
  ['hostile names', hostileOrganization],
  ['no evaluation', aResults],
] as const;

describe('the schema of OSCAL', () => {
  test.each(scenarios)('holds for %s', (_name, results) => {
    expect(check(documentOf(results()))).toEqual([]);
  });

  test.each([
    ['a member too many', { extra: 1 }],
    ['no plan', { 'import-ap': undefined }],
    ['no result', { results: [] }],
    ['a UUID of another kind', { uuid: '00000000-0000-1000-8000-000000000000' }],
  ])('finds %s', (_name, change) => {
    const document = {
      'assessment-results': { ...documentOf(organizationWithFindings())['assessment-results'], ...change },
    };
    expect(check(JSON.parse(JSON.stringify(document)))).not.toEqual([]);
  });
});

test.each(scenarios)('of %s, what is referred to is there, and no UUID is used twice', (_name, results) => {
  const { observations = [], risks = [], findings = [], ...rest } = resultOf(results());
  const items = rest['local-definitions']['inventory-items'] ?? [];
  const known = new Set(observations.map((it) => it.uuid));
  for (const it of [...risks, ...findings].flatMap((one) => one['related-observations'])) {
    expect(known).toContain(it['observation-uuid']);
  }
  const subjects = new Set(observations.flatMap((it) => it.subjects.map((one) => one['subject-uuid'])));
  expect(subjects).toEqual(new Set(items.map((it) => it.uuid)));
  const own = [...JSON.stringify(documentOf(results())).matchAll(/"uuid":"([^"]+)"/g)].map(([, uuid]) => uuid);
  expect(new Set(own).size).toBe(own.length);
});

test('only what holds is satisfied', () => {
  const controls = [{ framework: 'nist-800-53-r5', id: 'AU-9(2)' }];
  const states = (['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA', 'NOT_APPLICABLE'] as const).map((outcome) => {
    const { findings = [] } = resultOf(
      aResults({ policies: [aPolicy({ controls })], evaluations: [anEvaluation({ outcome })] }),
    );
    return findings.map(({ target: { status, ...it } }) => [it['target-id'], status.state, status.reason]);
  });
  expect(states).toEqual([
    [
      ['trailproof_trail-is-logging', 'satisfied', 'pass'],
      ['au-9.2', 'satisfied', 'pass'],
    ],
    [
      ['trailproof_trail-is-logging', 'not-satisfied', 'fail'],
      ['au-9.2', 'not-satisfied', 'fail'],
    ],
    [
      ['trailproof_trail-is-logging', 'not-satisfied', 'other'],
      ['au-9.2', 'not-satisfied', 'other'],
    ],
    [],
  ]);
});

test('a finding is an open risk, and what a waiver accepts an approved deviation', () => {
  const results = aResults({
    evaluations: [
      anEvaluation({ outcome: 'NON_COMPLIANT' }),
      anEvaluation({ outcome: 'NON_COMPLIANT', waiver, target: aTarget({ id: 'trail/other' }) }),
    ],
  });
  const { risks = [], findings = [] } = resultOf(results);
  expect(risks.map((it) => it.status)).toEqual(['open', 'deviation-approved']);
  expect(findings.map((it) => it.target.status.state)).toEqual(['not-satisfied']);
});

test('another verdict is another document', () => {
  const of = (outcome: 'COMPLIANT' | 'NON_COMPLIANT') =>
    documentOf(aResults({ evaluations: [anEvaluation({ outcome })] }))['assessment-results'].uuid;
  expect(of('COMPLIANT')).toBe(of('COMPLIANT'));
  expect(of('COMPLIANT')).not.toBe(of('NON_COMPLIANT'));
});

describe('data types', () => {
  test('a name is a version 5 UUID', () => {
    expect(uuidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'));
  });

  test('ids of controls are tokens, those of NIST as its catalog has them', () => {
    expect(controlToken('nist-800-53-r5', 'AU-12')).toBe('au-12');
    expect(controlToken('cis-3.0', '3.1')).toBe('cis-3.0_3.1');
    expect(controlToken('soc2', 'CC 7.2')).toMatch(/^_soc2_CC_7\.2_[0-9a-f]{8}$/);
    expect(token('a b')).not.toBe(token('a/b'));
  });

  test('no name becomes markup', () => {
    expect(markup('[a](http://x) <b> `c` *d* my_log _e_', '')).toBe(
      String.raw`\[a\](http://x) \<b\> \`c\` \*d\* my_log \_e\_`,
    );
    expect(markup(' \n ', 'none')).toBe('none');
  });
});
