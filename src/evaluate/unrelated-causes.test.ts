import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  absent,
  anAccount,
  anInventory,
  anObservation,
  aTrail,
  MANAGEMENT,
  MEMBER,
} from '../../test/support/inventory-builders.js';
import { loadPolicies, type LoadedPolicies } from '../index.js';
import { evaluate } from './index.js';

function load(policies: Readonly<Record<string, string>>, ...packs: readonly string[]): LoadedPolicies {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-causes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(policies)) writeFileSync(join(folder, name), text);
  return loadPolicies({ folders: [folder], packs });
}

const policyOf = (id: string, target: string, expr: string, params = ''): string => `version: 1
id: ${id}
title: Title
severity: informational
description: D
rationale: R
remediation: { text: T }
target: ${target}
${params}assert:
  - { id: holds, expr: "${expr}", message: It does not. }
`;

test('a policy that fails on the same organization over something else is no cause', () => {
  const inventory = anInventory({ trails: [], accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER })] });
  const own = policyOf('organization-is-managed-by-another', 'organization', "organization.managementAccountId == '1'");
  const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '1.0.0' };
  const asked = new Set(['account-has-multi-region-trail', 'organization-is-managed-by-another']);
  const policies = load({ 'own.yaml': own }, 'core').policies.filter((it) => asked.has(it.id));
  const results = evaluate(inventory, policies, run);
  expect(results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT')).toHaveLength(3);
  expect(results.evaluations.filter((it) => it.causedBy !== undefined)).toEqual([]);
  expect(results.summary.bySeverity).toMatchObject({ high: 1, informational: 1 });
});

describe('an own policy on the same trail or organization', () => {
  const kmsLeftOut = {
    basic: [
      {
        readWriteType: 'All',
        includeManagementEvents: true,
        excludeManagementEventSources: ['kms.amazonaws.com'],
        dataResources: [],
      },
    ],
    advanced: [],
  };
  const old = '2026-09-01T00:00:00.000Z';
  const dead = { latestDeliveryTime: old, latestDeliveryError: 'AccessDenied' };
  const refused = { ...dead, latestNotificationError: 'AuthorizationError' };
  const everywhere = [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, observedTrails: [anObservation()] })];
  const unseen = [anObservation({ status: absent })];
  const notThere = [MANAGEMENT, MEMBER].map((id) => anAccount({ id, observedTrails: unseen }));
  const topic = { snsTopicArn: `arn:aws:sns:us-east-1:${MANAGEMENT}:t` };

  test.each<[string, Parameters<typeof anInventory>[0], string, string]>([
    [
      'selectors',
      { trails: [aTrail({ eventSelectors: kmsLeftOut })], accounts: everywhere },
      'trail',
      'size(trail.eventSelectors) > 4',
    ],
    [
      'another channel',
      { trails: [aTrail({ status: refused, description: topic })], accounts: everywhere },
      'trail',
      '!has(trail.delivery.notifications.error)',
    ],
    ['a name', { trails: [aTrail({ status: dead })], accounts: everywhere }, 'trail', "trail.name == 'x'"],
    ['names of trails', { accounts: notThere }, 'organization', "organization.trails.exists(t, t.name == 'x')"],
    ['how many trails there are', { accounts: notThere }, 'organization', 'size(organization.trails) > 4'],
    ['whether there are two accounts', { accounts: notThere }, 'organization', 'size(organization.accounts) > 4'],
  ])('that fails over %s is no cause', (_, parts, target, expr) => {
    const inventory = anInventory(parts);
    const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '1.0.0' };
    const asked = new Set(['account-records-management-events', 'own']);
    const { policies } = load({ 'own.yaml': policyOf('own', target, expr) }, 'core');
    const judge = (ids: (id: string) => boolean) =>
      evaluate(
        inventory,
        policies.filter((it) => ids(it.id)),
        run,
      ).evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
    const alone = judge((id) => id === 'account-records-management-events');
    const both = judge((id) => asked.has(id));
    expect(alone.length).toBeGreaterThan(0);
    expect(both.some((it) => it.policyId === 'own')).toBe(true);
    expect(both.filter((it) => it.policyId !== 'own')).toEqual(alone);
  });

  test('that no trail reaches the account is one', () => {
    const inventory = anInventory({ accounts: notThere });
    const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '1.0.0' };
    const own = policyOf('own', 'organization', 'organization.accounts.all(a, a.isInOrganizationTrail)');
    const asked = new Set(['account-records-management-events', 'own']);
    const policies = load({ 'own.yaml': own }, 'core').policies.filter((it) => asked.has(it.id));
    const { evaluations } = evaluate(inventory, policies, run);
    const cause = evaluations.find((it) => it.policyId === 'own');
    expect(cause).toMatchObject({ outcome: 'NON_COMPLIANT' });
    const member = evaluations.find((it) => it.policyId !== 'own' && it.target.accountId === MEMBER);
    expect(member?.causedBy).toBe(cause?.fingerprint);
  });
});

test('what is out of range on every target is refused at its place', () => {
  const params = 'params: { maxDays: { type: integer, default: 90 } }\n';
  const expr = 'now - days(params.maxDays) < now';
  const { diagnostics } = load({ 'own.yaml': policyOf('far-away', 'trail', expr, params.replace('90', '999999')) });
  expect(diagnostics).toMatchObject([
    { severity: 'error', code: 'out-of-range', message: "'days(params.maxDays)' is out of range on every target" },
  ]);
  expect(load({ 'own.yaml': policyOf('near', 'trail', expr, params) }).diagnostics).toEqual([]);
});

test('what is out of range on one target is not known, named, and no gap', () => {
  const expr = "int(trail.homeRegion == 'x' ? 1 : 9007199254740991) + trail.arn.size() > 0";
  const { policies, diagnostics } = load({ 'own.yaml': policyOf('large', 'trail', expr) });
  expect(diagnostics).toEqual([]);
  const inventory = anInventory();
  const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '1.0.0' };
  const [found] = evaluate(
    inventory,
    policies.filter((it) => it.id === 'large'),
    run,
  ).evaluations;
  expect(found).toMatchObject({ outcome: 'INSUFFICIENT_DATA', gaps: [] });
  expect(found?.message).toContain('is out of range');
});
