import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { aBucketTarget, aPolicy, aResults, anEvaluation, aTarget } from '../../test/support/results-builders.js';
import { findingsOfEachKind, noOrganizationTrail } from '../../test/support/fix-findings.js';
import { loadInventory } from '../storage/index.js';
import { evaluate } from '../evaluate/index.js';
import { groupFindings } from '../model/finding-groups.js';
import type { Bucket, Inventory } from '../model/inventory.js';
import { known } from '../model/known.js';
import type { Evaluation, Results } from '../model/results.js';
import { loadPolicies } from '../index.js';
import { severityRank } from '../text/order.js';
import { commandLine } from './command.js';
import { planFixes } from './plan.js';
import { shellPlan } from './print/shell.js';
import { terraformPlan } from './print/terraform.js';
import { stages, type FixPlan } from './step.js';

const sample = await loadInventory('src/sample/inventory.json');
const { policies } = loadPolicies({ packs: ['core', 'alarms', 'protection'] });

function judged(inventory: Inventory): Results {
  return evaluate(inventory, policies, { startedAt: sample.capturedAt, finishedAt: sample.capturedAt, version: '0' });
}

function commandsOf({ steps }: FixPlan): string {
  return steps.flatMap((it) => it.commands.map(commandLine)).join('\n');
}

function failing(policyId: string, evaluation: Partial<Evaluation> = {}): Evaluation {
  const reasons = [{ assert: 'a', message: 'It fails.', because: [] }];
  return anEvaluation({ policyId, outcome: 'NON_COMPLIANT', reasons, ...evaluation });
}

const all = planFixes(judged(sample), sample);

test('each finding is in one step or left to people', () => {
  const results = judged(sample);
  const plan = planFixes(results, sample);
  const told = [...plan.steps.flatMap((it) => it.fixes), ...plan.byHand.map((it) => it.open)];
  const fingerprints = new Set(told.map((it) => it.group.root.fingerprint));
  const groups = groupFindings(results.evaluations, severityRank);
  expect(fingerprints).toEqual(new Set(groups.map((it) => it.root.fingerprint)));
  const both = plan.byHand.filter((it) => plan.steps.some((step) => step.fixes.includes(it.open)));
  expect(both).toEqual([]);
});

test('steps are in the order of the stages, by account', () => {
  const order = Object.keys(stages);
  const places = all.steps.map((it) => `${order.indexOf(it.stage)} ${it.accountId}`);
  expect(places).toEqual(places.toSorted());
  expect(new Set(all.steps.map((it) => it.stage)).size).toBeGreaterThan(4);
});

test('what receives logs is changed before the trails that send them', () => {
  const at = (text: string) => commandsOf(all).indexOf(text);
  expect(at('put-bucket-policy')).toBeGreaterThan(-1);
  expect(at('kms create-key')).toBeGreaterThan(-1);
  for (const earlier of ['put-bucket-policy', 'kms create-key', 'iam create-role']) {
    expect(at(earlier)).toBeLessThan(at('update-trail'));
  }
  expect(at('update-trail')).toBeLessThan(at('start-logging'));
});

test('a bucket policy keeps what it has, and all that is to be added is in one call', () => {
  const own = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Own',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::888899990000:role/reader' },
        Action: 's3:GetObject',
        Resource: '*',
      },
    ],
  };
  const inventory: Inventory = {
    ...sample,
    buckets: sample.buckets.map((it) =>
      it.name === 'northwind-erp-audit' ? { ...it, policy: known(JSON.stringify(own)) } : it,
    ),
  };
  const results = judged(inventory);
  const plan = planFixes(results, inventory, { accounts: ['888899990000'] });
  const steps = plan.steps.filter((it) => commandsOf({ steps: [it], byHand: [] }).includes('put-bucket-policy'));
  expect(steps).toHaveLength(1);
  const [step] = steps;
  const text = (step?.commands ?? []).map(commandLine).join('\n');
  for (const sid of ['"Own"', 'CloudTrailWrites', 'RefusePlainHttp']) expect(text).toContain(sid);
  const back = typeof step?.rollback === 'string' ? '' : (step?.rollback ?? []).map(commandLine).join('\n');
  expect(back).toContain(JSON.stringify(own));
});

test('trails of two Regions with one name and one bucket get Sids and roles of their own', () => {
  const twin = 'arn:aws:cloudtrail:eu-west-1:888899990000:trail/erp-audit';
  const second = sample.trails
    .filter((it) => it.name === 'erp-audit')
    .map((it) => Object.assign({}, it, { arn: twin, homeRegion: 'eu-west-1' }));
  const inventory: Inventory = { ...sample, trails: [...sample.trails, ...second] };
  const text = commandsOf(planFixes(judged(inventory), inventory, { accounts: ['888899990000'] }));
  for (const of of [/"Sid":"(\w+888899990000\w+)"/g, /create-role\s+(?:\\\s+)?--role-name (\S+)/g]) {
    const names = [...text.matchAll(of)].map((it) => it[1]);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('a default retention is made longer and can be set back, and a stricter one is left to people', () => {
  const locked = (mode: string, changed: Partial<Bucket> = {}): string => {
    const inventory: Inventory = {
      ...sample,
      buckets: sample.buckets.map((it) =>
        it.name === 'northwind-organization-logs'
          ? { ...it, objectLock: known({ enabled: true, mode, days: 30 }), ...changed }
          : it,
      ),
    };
    const { steps } = planFixes(judged(inventory), inventory);
    const step = steps.find((it) => it.stage === 'limits');
    return [...(step?.commands ?? []), ...(typeof step?.rollback === 'object' ? step.rollback : [])]
      .map(commandLine)
      .join('\n');
  };
  expect(locked('GOVERNANCE')).toMatch(/"Days":365[^]*"Days":30\b/);
  expect(locked('COMPLIANCE')).toBe('');
  const Principal = { Service: 'config.amazonaws.com' };
  const shared = { Statement: [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: '*' }] };
  expect(locked('GOVERNANCE', { policy: known(JSON.stringify(shared)) }), 'AWS Config delivers there').toBe('');
});

test('settings of one trail are one call', () => {
  const lab = all.steps.filter((it) => it.stage === 'trails' && it.accountId === '777788889999');
  const updates = lab.flatMap((it) => it.commands.map(commandLine)).filter((it) => it.includes('update-trail'));
  expect(updates).toHaveLength(1);
  for (const flag of ['--kms-key-id', '--enable-log-file-validation', '--cloud-watch-logs-log-group-arn']) {
    expect(updates[0]).toContain(flag);
  }
});

test('selectors are completed, and the way back is what was set', () => {
  const policy = 'account-records-management-events';
  const { steps } = planFixes(judged(sample), sample, { policies: [policy] });
  const step = steps.find((it) => commandsOf({ steps: [it], byHand: [] }).includes('put-event-selectors'));
  expect(step?.fixes.map((it) => it.policy.id)).toContain(policy);
  expect((step?.commands ?? []).map(commandLine).join('')).toContain('"ExcludeManagementEventSources":[]');
  expect(typeof step?.rollback).not.toBe('string');
});

describe('left to people', () => {
  const whyOf = (evaluation: Evaluation, policy = aPolicy({ id: evaluation.policyId })) => {
    const plan = planFixes(aResults({ policies: [policy], evaluations: [evaluation] }), undefined);
    return { steps: plan.steps.length, why: plan.byHand[0]?.why ?? '' };
  };

  test.each<readonly [string, Partial<Evaluation>, string]>([
    ['what a landing zone manages', { fix: 'Reset the landing zone.' }, 'landing zone'],
    ['a resource whose owner is not known', { target: aTarget({ accountId: 'unknown' }) }, 'not known'],
    ['a name that AWS does not give', { target: aTarget({ id: 'file:///etc/passwd' }) }, 'name'],
    ['a name that a shell would run', { target: aTarget({ id: 'trail/$(id)' }) }, 'name'],
    ['what was not evaluated again', { carriedForward: { lastSeen: '2026-01-01T00:00:00Z' } }, 'this run'],
  ])('%s', (_name, evaluation, why) => {
    const told = whyOf(failing('trail-is-logging', evaluation));
    expect(told.steps).toBe(0);
    expect(told.why).toContain(why);
  });

  test('policies of your own', () => {
    expect(whyOf(failing('trail-is-logging'), aPolicy({ source: './mine.yaml' })).why).toContain('your own');
  });

  test('what needs an inventory says so', () => {
    const bucket = failing('log-bucket-requires-tls', { target: aBucketTarget('acme-logs', '222222222222') });
    expect(whyOf(bucket).why).toContain('--inventory');
  });

  test('a trail whose bucket is gone', () => {
    expect(commandsOf(all)).not.toContain('try-out');
    expect(all.byHand.map((it) => it.open.group.root.target.name)).toContain('try-out');
  });
});

test('what is waived, or follows from another finding, has no step of its own', () => {
  const waiver = { id: 'W-1', reason: 'Known.', owner: 'x', expires: '2027-01-01' };
  const cause = failing('trail-is-logging');
  const effect = failing('trail-is-logging', { target: aTarget({ id: 'trail/b' }), causedBy: cause.fingerprint });
  const waived = failing('trail-is-logging', { target: aTarget({ id: 'trail/c' }), waiver });
  const plan = planFixes(aResults({ evaluations: [cause, effect, waived] }), undefined);
  expect(plan.steps.map((it) => it.fixes.map((open) => open.group.root.fingerprint))).toEqual([[cause.fingerprint]]);
});

test('without an inventory a trail is no resource of Terraform: what is not known would be reset', () => {
  const results = aResults({ evaluations: [failing('trail-validates-log-files')] });
  const text = terraformPlan(planFixes(results, undefined), results, (id) => id);
  expect(text).not.toContain('resource "aws_cloudtrail"');
  expect(text).toContain('Not here, but as a command');
});

describe('each kind of finding', () => {
  const each = findingsOfEachKind(sample);
  const plan = planFixes(each.results, each.inventory);

  test('has a step, but for what the AWS CLI of everyone does not know', () => {
    expect(plan.byHand.map((it) => it.open.policy.id)).toEqual(['trail-does-not-record-its-own-deliveries']);
    expect(new Set(plan.steps.map((it) => it.stage))).toEqual(
      new Set(['destinations', 'protection', 'trails', 'logging', 'limits']),
    );
  });

  test('other selectors and Insights are kept, and exclusions of management events are gone', () => {
    const text = commandsOf(plan);
    expect(text).toContain('AWS::Lambda::Function');
    expect(text).toContain('"NotStartsWith":["arn:aws:s3:::northwind-organization-logs/"]');
    expect(text).not.toContain('kms.amazonaws.com');
    expect(text).toContain(
      '[{"InsightType":"ApiCallRateInsight","EventCategories":["Management"]},{"InsightType":"ApiErrorRateInsight"}]',
    );
  });

  test('a lock comes last, and a deletion is cancelled before the key is enabled', () => {
    expect(plan.steps.at(-1)?.what).toContain('locked for');
    const text = commandsOf(plan);
    expect(text.indexOf('cancel-key-deletion')).toBeLessThan(text.indexOf('enable-key '));
  });

  test('an organization trail: trusted access, the trail, its logging', () => {
    const none = noOrganizationTrail(sample);
    const { steps, byHand } = planFixes(none.results, none.inventory);
    expect(byHand).toEqual([]);
    expect(steps.map((it) => it.stage)).toEqual(['organization', 'trails', 'logging']);
    expect(planFixes(none.results, sample).steps).toEqual([]);
  });
});

test('the script names each account, its way back and its cost, and no finding twice', () => {
  const text = shellPlan(all, judged(sample), (id) => `${id} (name)`);
  expect(text).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(text).toContain('# ---- Account 888899990000 (name)\nas_account 888899990000\n');
  const steps = text.split('\n').filter((it) => it.startsWith('# Fixes: '));
  expect(steps).toHaveLength(all.steps.length);
  expect(text.split('\n').filter((it) => it.startsWith('# Costs: '))).toHaveLength(all.steps.length);
  expect(text.split('\n').filter((it) => it.startsWith('# Back:'))).toHaveLength(all.steps.length);
});

test('a profile that is named for an account wins over keys in the environment, and a wrong one is named', () => {
  const script = shellPlan(all, judged(sample), (id) => id);
  const functions = script.slice(script.indexOf('as_account() {'), script.indexOf('# ==== '));
  const cli = 'command() { if [ "$2" = --profile ]; then echo "${3#p-}"; else echo 999900001111; fi; }';
  const run = (lines: string, env: Readonly<Record<string, string>>) =>
    spawnSync('bash', ['--norc', '-c', `${cli}\n${functions}\n${lines}`], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', AWS_ACCESS_KEY_ID: 'x', ...env },
    });
  const named = { PROFILE_111122223333: 'p-111122223333' };
  expect(run('as_account 111122223333; as_account 999900001111; echo both', named).stdout).toBe('both\n');
  expect(run('as_account 222233334444', { PROFILE_222233334444: 'p-111122223333' })).toMatchObject({
    status: 1,
    stderr:
      'The next steps are for account 222233334444, and profile p-111122223333 is of 111122223333: export PROFILE_222233334444=NAME\n',
  });
  expect(run('as_account 222233334444', {}).stderr).toContain('and the credentials are of 999900001111');
});
