import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import { asffSchema } from '../../../test/support/official-schemas/index.js';
import { aPolicy, aResults, anAccountTarget, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import { UsageError } from '../../model/errors.js';
import type { Results } from '../../model/results.js';
import type { ReportOptions } from '../options.js';
import { asff } from './index.js';
import { parseProductArn } from './product-arn.js';

interface Finding {
  readonly AwsAccountId: string;
  readonly ProductArn: string;
  readonly Description: string;
  readonly Compliance: { readonly Status: string };
  readonly Severity: { readonly Label: string };
  readonly RecordState: string;
  readonly Resources: readonly { readonly Id: string }[];
  readonly ProductFields: Readonly<Record<string, string>>;
}
interface Call {
  readonly Findings: readonly Finding[];
}

const check = asffSchema();

function calls(results: Results, options: ReportOptions = {}): readonly Call[] {
  const lines = [...asff(results, options)].join('').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line): Call => JSON.parse(line) as Call); // each is checked against the schema below
}

describe('the model of BatchImportFindings', () => {
  test.each([
    ['findings', organizationWithFindings],
    ['no findings', organizationWithoutFindings],
    ['nothing readable', nothingReadable],
    ['hostile names', hostileOrganization],
  ])('holds for %s', (_name, results) => {
    const all = calls(results());
    expect(all.length).toBeGreaterThan(0);
    for (const call of all) expect(check(call)).toEqual([]);
  });

  test.each([
    ['a member too many', { extra: 1 }],
    ['no title', { Title: undefined }],
    ['a title of blanks', { Title: '  ' }],
    ['a title that is too long', { Title: 'x'.repeat(257) }],
    ['an account that is none', { AwsAccountId: '1' }],
    ['no resource', { Resources: [] }],
    ['another status', { Compliance: { Status: 'COMPLIANT' } }],
  ])('finds %s', (_name, change) => {
    const [call] = calls(organizationWithFindings());
    const broken = { Findings: [{ ...call?.Findings[0], ...change }] };
    expect(check(JSON.parse(JSON.stringify(broken)))).not.toEqual([]);
  });
});

test('a call holds at most 100 findings, of one account and Region', () => {
  const evaluations = Array.from({ length: 250 }, (_, index) =>
    anEvaluation({
      target: aTarget({ id: `trail/${index}`, accountId: index < 201 ? '111111111111' : '222222222222' }),
    }),
  );
  const all = calls(aResults({ evaluations }));
  expect(all.map((it) => it.Findings.length)).toEqual([100, 100, 1, 49]);
  for (const { Findings } of all) expect(new Set(Findings.map((it) => it.ProductArn)).size).toBe(1);
});

test('each finding is of its own account, in the default product, unless another product is named', () => {
  const results = aResults({
    evaluations: [anEvaluation(), anEvaluation({ target: anAccountTarget('222222222222', '') })],
  });
  const own = calls(results).flatMap((it) => it.Findings);
  expect(own.map((it) => [it.AwsAccountId, it.ProductArn])).toEqual([
    ['111111111111', 'arn:aws:securityhub:eu-central-1:111111111111:product/111111111111/default'],
    ['222222222222', 'arn:aws:securityhub:us-east-1:222222222222:product/222222222222/default'],
  ]);
  const productArn = 'arn:aws:securityhub:eu-west-1:333333333333:product/acme/checker';
  const partner = calls(results, { productArn });
  expect(partner).toHaveLength(1);
  expect(partner[0]?.Findings.map((it) => [it.AwsAccountId, it.ProductArn])).toEqual([
    ['111111111111', productArn],
    ['222222222222', productArn],
  ]);
});

test('an owner that is not known is spoken for by the management account', () => {
  const results = aResults({
    evaluations: [anEvaluation({ target: aTarget({ accountId: 'unknown', region: 'unknown' }) })],
  });
  expect(calls(results)[0]?.Findings[0]).toMatchObject({
    AwsAccountId: '111111111111',
    ProductFields: { 'trailproof/account': 'unknown' },
  });
});

test('a pass closes what failed before, and what is waived is archived', () => {
  const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };
  const on = (id: string) => aTarget({ id: `trail/${id}` });
  const results = aResults({
    evaluations: [
      anEvaluation({ target: on('a'), outcome: 'COMPLIANT' }),
      anEvaluation({ target: on('b'), outcome: 'NON_COMPLIANT' }),
      anEvaluation({ target: on('c'), outcome: 'INSUFFICIENT_DATA' }),
      anEvaluation({ target: on('d'), outcome: 'NOT_APPLICABLE' }),
      anEvaluation({ target: on('e'), outcome: 'NON_COMPLIANT', waiver }),
    ],
  });
  const findings = calls(results).flatMap((it) => it.Findings);
  expect(findings.map((it) => [it.Compliance.Status, it.Severity.Label, it.RecordState])).toEqual([
    ['PASSED', 'INFORMATIONAL', 'ACTIVE'],
    ['FAILED', 'HIGH', 'ACTIVE'],
    ['WARNING', 'HIGH', 'ACTIVE'],
    ['NOT_AVAILABLE', 'INFORMATIONAL', 'ARCHIVED'],
    ['FAILED', 'HIGH', 'ARCHIVED'],
  ]);
});

test('long texts and many accounts stay within what a finding may have', () => {
  const long = 'x'.repeat(400_000);
  const cause = anEvaluation({
    outcome: 'NON_COMPLIANT',
    message: long,
    reasons: [{ assert: 'a', message: long, because: [] }],
  });
  const effects = Array.from({ length: 500 }, (_, index) =>
    anEvaluation({
      outcome: 'NON_COMPLIANT',
      target: anAccountTarget(String(200_000_000_000 + index), ''),
      causedBy: cause.fingerprint,
    }),
  );
  const policies = [aPolicy({ title: long, remediation: { text: long } })];
  const [call] = calls(aResults({ policies, evaluations: [cause, ...effects] }));
  expect(check(call)).toEqual([]);
  expect(call?.Findings[0]?.ProductFields['trailproof/accounts-touched']).toBe('501');
  expect(JSON.stringify(call?.Findings[0]).length).toBeLessThan(240_000);
});

test.each(['', 'acme', 'arn:aws:s3:::bucket', 'arn:aws:securityhub:eu-west-1:1:product/a/b'])(
  '%j is no product',
  (text) => {
    expect(() => parseProductArn(text)).toThrow(UsageError);
  },
);
