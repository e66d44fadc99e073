import type { Waiver } from '../waivers/index.js';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  aGap,
  anAccount,
  anInventory,
  anOrganization,
  aTrail,
  MANAGEMENT,
  MEMBER,
  known,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { evaluateInventory } from '../../test/support/scan-world.js';
import { aWaiver } from '../../test/support/waiver-builders.js';
import type { Inventory } from '../model/inventory.js';
import { causesOf } from '../report/parts/findings.js';
import { withWaivers } from './index.js';
import { schemaCheck } from '../json-schema.js';

const unit = 'ou-ab12-11111111';

/** The organization trail does not log; nobody else records anything. */
function stopped(parts: Partial<Inventory> = {}): Inventory {
  return anInventory({
    accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, parents: known(['r-ab12', unit]) })],
    trails: [aTrail({ status: { isLogging: false } })],
    buckets: [aBucket({})],
    keys: [],
    ...parts,
  });
}

function run(inventory: Inventory, waivers: readonly Partial<Waiver>[]) {
  const results = evaluateInventory(inventory);
  return { before: results, ...withWaivers(results, waivers.map(aWaiver), inventory) };
}

const year = { created: inDays(-10), expires: inDays(300) };

function inDays(days: number): string {
  return new Date(Date.parse(anInventory().capturedAt) + days * 86_400_000).toISOString().slice(0, 10);
}

describe('results with waivers', () => {
  test('count as findings what is not waived, in the summary as in the reports', () => {
    const { before, results } = run(stopped(), [{ resources: [trailArn()], ...year }]);
    const { findings, waived } = causesOf(results);
    expect(results.summary.findings).toBe(findings.length);
    expect(results.summary.waived).toBe(waived);
    expect(results.summary.findings).toBe(before.summary.findings - 1);
    expect(results.summary.byOutcome).toEqual(before.summary.byOutcome);
  });

  test.each([
    ['one account', { accounts: [MANAGEMENT] }, false],
    ['an OU', { ous: [unit] }, false],
    ['the root', { ous: ['r-ab12'] }, true],
    ['no account', {}, true],
  ])('of %s accept with a cause what the organization lacks: %s', (_, where, isAccepted) => {
    const inventory = stopped({
      accounts: [
        anAccount({ id: MANAGEMENT, parents: known(['r-ab12', unit]) }),
        anAccount({ id: MEMBER, parents: known(['r-ab12']) }),
      ],
    });
    const { results } = run(inventory, [{ policies: ['trail-is-logging'], ...where, ...year }]);
    const it = results.evaluations.find(({ policyId }) => policyId === 'organization-trail-covers-every-account');
    expect(it).toMatchObject({ outcome: 'NON_COMPLIANT' });
    expect(it?.causedBy).toBe(results.evaluations.find(({ policyId }) => policyId === 'trail-is-logging')?.fingerprint);
    expect(it?.waiver !== undefined).toBe(isAccepted);
  });

  test('accept with a cause all that follows from it', () => {
    const { before, results } = run(stopped(), [{ resources: [trailArn()], ...year }]);
    const cause = before.evaluations.find((it) => it.policyId === 'trail-is-logging');
    const followers = results.evaluations.filter((it) => it.causedBy === cause?.fingerprint);
    expect(followers.length).toBeGreaterThan(0);
    expect(followers.map((it) => it.waiver?.via)).toEqual(followers.map(() => cause?.fingerprint));
  });

  test('know the accounts below an OU from the inventory', () => {
    const { results } = run(stopped({ trails: [] }), [
      { policies: ['account-records-management-events'], ous: [unit], ...year },
    ]);
    const waived = results.evaluations.filter((it) => it.waiver !== undefined);
    expect(waived.map((it) => `${it.policyId} ${it.target.id}`)).toEqual([
      `account-records-management-events ${MEMBER}`,
    ]);
  });

  test('take the time at which the state was read', () => {
    const { results, diagnostics } = run(stopped(), [
      { resources: [trailArn()], created: inDays(-9), expires: inDays(-1) },
    ]);
    expect(results.waivers).toMatchObject([{ state: 'expired', accepts: 1 }]);
    expect(diagnostics).toMatchObject([{ code: 'waiver-expired' }]);
    expect(run(stopped(), [{ resources: [trailArn()], ...year, expires: inDays(0) }]).results.waivers).toMatchObject([
      { state: 'used' },
    ]);
  });

  test('tell of an account that has left the organization, unless its list broke off', () => {
    const named = [{ accounts: ['999999999999'], ...year }];
    const { results, diagnostics } = run(stopped(), named);
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'waiver-stale' }]);
    expect(results.waivers).toMatchObject([{ state: 'stale', accepts: 0 }]);
    const broken = stopped({ organization: anOrganization({ accountsGap: 'g' }), gaps: [aGap({ id: 'g' })] });
    expect(run(broken, named).diagnostics.map((it) => it.code)).toEqual(['waiver-unused']);
    expect(run(stopped({ organization: null }), named).diagnostics.map((it) => it.code)).toEqual(['waiver-unused']);
  });

  test('cannot accept what could not be read', () => {
    const unread = stopped({ trails: [aTrail({ status: unknown('g') })], gaps: [aGap({ id: 'g' })] });
    const { before, results, diagnostics } = run(unread, [{ resources: [trailArn()], ...year }]);
    expect(results.evaluations).toEqual(before.evaluations);
    expect(results.waivers).toMatchObject([{ state: 'not-evaluated' }]);
    expect(diagnostics).toMatchObject([{ severity: 'notice', code: 'waiver-not-evaluated' }]);
  });

  test('are valid against their published schema', () => {
    const validate = schemaCheck('schema/results.v1.json');
    const { results } = run(stopped(), [
      { id: 'W-1', resources: [trailArn()], ticket: 'SEC-1', compensatingControl: 'Someone looks.', ...year },
      { id: 'W-2', policies: ['account-records-management-events'], assert: ['reads'], ous: [unit], ...year },
      { id: 'W-3', accounts: ['999999999999'], created: inDays(-9), expires: inDays(-1) },
      { id: 'W-4', accounts: ['999999999999'], ...year },
    ]);
    validate(results);
    expect(validate.errors).toBeNull();
  });
});
