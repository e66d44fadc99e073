import { describe, expect, test } from 'vitest';
import {
  hostileOrganization,
  nothingReadable,
  organizationWithFindings,
  organizationWithoutFindings,
} from '../../../test/golden/scenarios.js';
import {
  aFingerprint,
  aGap,
  aPolicy,
  aResults,
  aTarget,
  anAccountTarget,
  anEvaluation,
  fingerprintOf,
} from '../../../test/support/results-builders.js';
import type { Evaluation, Results } from '../../model/results.js';
import { sarif, sarifWarnings } from './index.js';
import { sarifLog } from './build.js';
import type { SarifResult, SarifRule, SarifRun } from './log.js';

function runOf(results: Results, policySet = 'baseline'): SarifRun {
  const [run] = sarifLog(results, policySet).runs;
  if (run === undefined) throw new Error('The log has no run.');
  return run;
}

function onlyResult(evaluation: Partial<Evaluation>, parts: Parameters<typeof aResults>[0] = {}): SarifResult {
  const evaluations = [anEvaluation({ outcome: 'NON_COMPLIANT', ...evaluation }), ...(parts.evaluations ?? [])];
  const [result] = runOf(aResults({ ...parts, evaluations })).results;
  if (result === undefined) throw new Error('The run has no result.');
  return result;
}

function onlyRule(policy: Parameters<typeof aPolicy>[0]): SarifRule {
  const [rule] = runOf(aResults({ policies: [aPolicy(policy)] })).tool.driver.rules;
  if (rule === undefined) throw new Error('The run has no rule.');
  return rule;
}

function manyFindings(count: number): Results {
  const evaluations = Array.from({ length: count }, (_, index) =>
    anEvaluation({ outcome: 'NON_COMPLIANT', target: anAccountTarget(`${100_000_000_000 + index}`, '') }),
  );
  return aResults({ evaluations });
}

describe('rules', () => {
  test('are all policies by id, those that hold too', () => {
    const run = runOf(aResults({ policies: [aPolicy({ id: 'b-holds' }), aPolicy({ id: 'a-holds' })] }));
    expect(run.tool.driver.rules.map(({ id, name }) => [id, name])).toEqual([
      ['a-holds', 'AHolds'],
      ['b-holds', 'BHolds'],
    ]);
  });

  test.each([
    ['critical', 'error', '9.5', 'error'],
    ['high', 'error', '8.0', 'error'],
    ['medium', 'warning', '5.5', 'warning'],
    ['low', 'note', '3.0', 'recommendation'],
    ['informational', 'note', undefined, 'recommendation'],
  ] as const)('%s is level %s with security-severity %s', (severity, level, score, problem) => {
    const rule = onlyRule({ severity });
    expect(rule.defaultConfiguration.level).toBe(level);
    expect(rule.properties['security-severity']).toBe(score);
    expect(rule.properties['problem.severity']).toBe(problem);
  });

  test('keep to the lengths that GitHub shows', () => {
    const rule = onlyRule({ title: 't'.repeat(300), description: 'd'.repeat(3_000) });
    expect(rule.shortDescription.text).toHaveLength(100);
    expect(rule.fullDescription.text).toHaveLength(1_024);
  });

  test('show the title where there is no description', () => {
    expect(onlyRule({ title: 'It logs', description: '' }).fullDescription.text).toBe('It logs');
  });

  test('have ten tags at most, security first', () => {
    const controls = Array.from({ length: 20 }, (_, index) => ({ framework: 'cis-3.0', id: `3.${index + 10}` }));
    const tags = onlyRule({ controls: controls.toReversed() }).properties['tags'];
    expect(tags).toEqual(['security', 'cloudtrail', 'aws', ...controls.slice(0, 7).map(({ id }) => `cis-3.0/${id}`)]);
  });
});

describe('results', () => {
  test('are findings only', () => {
    const waiver = { id: 'W-1', reason: 'It is known.', owner: 'me', expires: '2027-01-01' };
    const on = (account: string) => ({ target: anAccountTarget(account, '') });
    const cause = fingerprintOf('trail-is-logging', anAccountTarget('100000000005', ''));
    const evaluations = [
      anEvaluation({ ...on('100000000001'), outcome: 'COMPLIANT' }),
      anEvaluation({ ...on('100000000002'), outcome: 'NOT_APPLICABLE' }),
      anEvaluation({ ...on('100000000003'), outcome: 'INSUFFICIENT_DATA' }),
      anEvaluation({ ...on('100000000004'), outcome: 'NON_COMPLIANT', waiver }),
      anEvaluation({ ...on('100000000005'), outcome: 'NON_COMPLIANT' }),
      anEvaluation({ ...on('100000000006'), outcome: 'NON_COMPLIANT', causedBy: cause }),
    ];
    const { results } = runOf(aResults({ evaluations }));
    expect(results.map(({ partialFingerprints }) => partialFingerprints['trailproof/finding/v1'])).toEqual([cause]);
  });

  test('carry the fingerprint, the beginning of it for GitHub', () => {
    const fingerprint = aFingerprint('x');
    expect(onlyResult({ fingerprint }).partialFingerprints).toEqual({
      primaryLocationLineHash: `${fingerprint.slice(0, 32)}:1`,
      'trailproof/finding/v1': fingerprint,
    });
  });

  test('have the severity of the evaluation, the rule that of the policy', () => {
    const run = runOf(
      aResults({
        policies: [aPolicy({ severity: 'low' })],
        evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT', severity: 'critical' })],
      }),
    );
    expect(run.results[0]?.level).toBe('error');
    expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe('3.0');
  });

  test('are sorted by the severity of their rule, rule and path', () => {
    const failing = (policyId: string, account: string) =>
      anEvaluation({ policyId, outcome: 'NON_COMPLIANT', target: anAccountTarget(account, '') });
    const { results } = runOf(
      aResults({
        policies: [
          aPolicy({ id: 'a-low', severity: 'low' }),
          aPolicy({ id: 'b-critical', severity: 'critical' }),
          aPolicy({ id: 'c-critical', severity: 'critical' }),
        ],
        evaluations: [
          failing('a-low', '100000000001'),
          failing('c-critical', '100000000001'),
          failing('b-critical', '100000000002'),
          failing('b-critical', '100000000001'),
        ],
      }),
    );
    expect(results.map(({ ruleId, locations }) => `${ruleId} ${locations[0].logicalLocations[0]?.name}`)).toEqual([
      'b-critical 100000000001',
      'b-critical 100000000002',
      'c-critical 100000000001',
      'a-low 100000000001',
    ]);
  });
});

describe('a message', () => {
  test('is the policy’s own when it names the target', () => {
    const message = `Trail ${aTarget().id} is off.`;
    expect(onlyResult({ message }).message.text).toBe(message);
  });

  test('names the target when the policy’s does not', () => {
    expect(onlyResult({ message: 'It is off' }).message.text).toBe(
      'Trail main in account 111111111111, eu-central-1: It is off.',
    );
  });

  test('says whom it touches, ten by name', () => {
    const cause = anAccountTarget('100000000000', 'management');
    const others = Array.from({ length: 12 }, (_, index) =>
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target: anAccountTarget(`${100_000_000_001 + index}`, ''),
        causedBy: fingerprintOf('trail-is-logging', cause),
      }),
    );
    const { text } = onlyResult(
      { target: cause, message: 'Account 100000000000 is off.' },
      { evaluations: others },
    ).message;
    expect(text).toContain('It touches 13 accounts: 100000000000 (management), 100000000001,');
    expect(text).toMatch(/100000000009 and 3 more accounts\.$/);
  });

  test('says what decided, without times', () => {
    const because = [
      { expr: 'trail.isLogging', value: false },
      { expr: 'trail.stoppedAt', value: '2026-11-20T10:00:00Z' },
      { expr: 'trail.kmsKeyId', value: 'none' },
      { expr: 'trail.days', value: 3 },
    ];
    const reasons = [{ assert: 'a', message: 'It is off.', because }];
    expect(onlyResult({ reasons }).message.text).toMatch(
      /Decided by: trail\.isLogging is false, trail\.kmsKeyId is "none" and trail\.days is 3\.$/,
    );
  });

  test('holds no link but ours', () => {
    const { text } = onlyResult(
      { message: String.raw`[click](http://evil.example) \](2)` },
      { policies: [aPolicy({ source: 'mine.yaml', line: 4 })] },
    ).message;
    expect(text).toContain(String.raw`\[click\](http://evil.example) \\\](2)`);
    expect([...text.matchAll(/(?<!\\)(?:\\\\)*\[/g)]).toHaveLength(1);
    expect(text).toMatch(/ See its \[policy\]\(1\)\.$/);
  });

  test('links to a policy of the user’s only', () => {
    expect(onlyResult({}, { policies: [aPolicy({ source: 'builtin' })] }).relatedLocations).toBeUndefined();
    expect(onlyResult({}, { policies: [aPolicy({ source: './p/mine.yaml', line: 4 })] }).relatedLocations).toEqual([
      {
        id: 1,
        message: { text: 'the policy' },
        physicalLocation: {
          artifactLocation: { uri: 'p/mine.yaml' },
          region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 2 },
        },
      },
    ]);
  });
});

describe('the run', () => {
  test.each([
    ['an organization', {}, 'baseline', 'trailproof/baseline/o-a1b2c3d4e5/'],
    ['a single account', { organization: null }, 'cis-3.0', 'trailproof/cis-3.0/111111111111/'],
    ['no one known', { organization: null, run: { caller: 'me' } }, 'core', 'trailproof/core/unknown/'],
  ])('of %s has its category', (_name, parts, policySet, category) => {
    expect(runOf(aResults(parts), policySet).automationDetails.id).toBe(category);
  });

  test('cannot be led into another category', () => {
    expect(runOf(aResults({}), 'a/b').automationDetails.id).toMatch(/^trailproof\/a_b_[0-9a-f]{8}\/o-a1b2c3d4e5\/$/);
  });

  test.each([
    ['all is well', organizationWithoutFindings(), true],
    ['there are findings', organizationWithFindings(), true],
    ['nothing could be evaluated', nothingReadable(), false],
    ['it was stopped', { ...organizationWithoutFindings(), run: aResults({ run: { interrupted: true } }).run }, false],
  ])('when %s: successful is %s', (_name, results, successful) => {
    expect(runOf(results).invocations[0]?.executionSuccessful).toBe(successful);
    expect(sarifWarnings(results).some((it) => it.includes('Do not upload'))).toBe(!successful);
    expect([...sarif(results)].join('')).toContain(`"executionSuccessful": ${successful}`);
  });

  test('that is not complete is written with a warning', () => {
    expect(sarifWarnings(organizationWithFindings())).toEqual([
      expect.stringContaining('not complete: 2 evaluations not known, 1 account not readable.'),
    ]);
    expect(sarifWarnings(organizationWithoutFindings())).toEqual([]);
  });

  test('says what could not be read, a hundred of each and the rest in one', () => {
    const unreadable = Array.from({ length: 103 }, (_, index) => ({
      id: `${100_000_000_000 + index}`,
      name: '',
      reason: 'No.',
    }));
    const gaps = Array.from({ length: 150 }, (_, index) => aGap({ call: `s3:Get${index}` }));
    const notifications = runOf(aResults({ accounts: { evaluated: 1, unreadable }, gaps })).invocations[0]
      ?.toolExecutionNotifications;
    const texts = (id: string) => notifications?.filter((it) => it.descriptor.id === id).map((it) => it.message.text);
    expect(texts('account-not-readable')).toHaveLength(101);
    expect(texts('account-not-readable')?.at(-1)).toBe('And 3 more accounts.');
    expect(texts('value-not-readable')).toHaveLength(101);
    expect(texts('value-not-readable')?.at(-1)).toBe('And 50 more kinds of gap.');
  });

  test('sums up gaps by call and reason', () => {
    const gaps = ['111111111111', '222222222222'].map((accountId) => aGap({ accountId, message: 'No [way](1)' }));
    const [notification] = runOf(aResults({ gaps })).invocations[0]?.toolExecutionNotifications ?? [];
    expect(notification?.message.text).toBe(
      String.raw`kms:GetKeyRotationStatus: access-denied, 2 times, in 111111111111 and 222222222222. For example: No \[way\](1)`,
    );
  });
});

describe('many findings', () => {
  test('up to 5,000 are alerts of their own, more are told of', () => {
    expect(sarifWarnings(manyFindings(5_000))).toEqual([]);
    expect(runOf(manyFindings(5_000)).results).toHaveLength(5_000);
    expect(sarifWarnings(manyFindings(5_001))).toEqual([expect.stringContaining('5001 findings')]);
    const run = runOf(manyFindings(25_001));
    expect(run.results.length).toBeLessThanOrEqual(5_000);
    expect(run.invocations[0]?.toolExecutionNotifications.map(({ descriptor }) => descriptor.id)).toEqual([
      'findings-grouped',
    ]);
  });
});

test('two findings with one identity are our bug, thrown before anything is written', () => {
  const twice = anEvaluation({ outcome: 'NON_COMPLIANT' });
  const results = aResults({ evaluations: [twice, { ...twice, fingerprint: `${twice.fingerprint.slice(0, 32)}0` }] });
  expect(() => sarif(results)).toThrow('same rule, path and fingerprint');
});

test('hostile names leave one path of safe characters for each finding', () => {
  const { results } = runOf(hostileOrganization());
  const uris = results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri);
  expect(new Set(uris).size).toBe(results.length);
  for (const uri of uris) expect(uri).toMatch(/^aws\/\d{12}\/eu-central-1\/cloudtrail\/trail\/[A-Za-z0-9._-]+$/);
});
