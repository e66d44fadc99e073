import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { Inventory, TrailStatus } from '../model/inventory.js';
import { loadPolicies } from '../index.js';
import { evaluate } from './index.js';

/** What the owner of an organization trail decides, and a member may prove wrong. */
const asked = new Set([
  'account-has-multi-region-trail',
  'account-records-management-events',
  'organization-trail-covers-every-account',
  'trail-delivers-without-error',
  'trail-is-logging',
  'trail-sends-to-cloudwatch-logs',
]);
const policies = loadPolicies({ packs: ['core'] }).policies.filter((it) => asked.has(it.id));
const others = ['444444444444', MEMBER];

/** The outcomes by policy and account. */
function outcomes(owner: Inventory['trails'][number]['status'], told: readonly TrailStatus[]): Map<string, string> {
  const observed = told.map((status) => [anObservation({ status: known(status) })]);
  const inventory = anInventory({
    trails: [aTrail({ status: owner })],
    accounts: [
      anAccount({ id: MANAGEMENT }),
      ...others.map((id, index) => anAccount({ id, observedTrails: observed[index] ?? [] })),
    ],
  });
  const run = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '1.0.0' };
  const { evaluations } = evaluate(inventory, policies, run);
  return new Map(evaluations.map((it) => [`${it.policyId} ${it.target.accountId}`, it.outcome]));
}

const long = '2026-09-20T00:00:00.000Z';
const failure = fc.constantFrom<Partial<TrailStatus>>(
  { latestDeliveryError: 'AccessDenied', latestDeliveryTime: long },
  { latestDigestDeliveryError: 'AccessDenied', latestDigestDeliveryTime: long },
  { latestCloudWatchLogsDeliveryError: 'AccessDenied', latestCloudWatchLogsDeliveryTime: long },
  { isLogging: false, stopLoggingTime: long },
  { latestDeliveryTime: long, latestDigestDeliveryTime: long, latestCloudWatchLogsDeliveryTime: long },
);
const status = fc.oneof(fc.constant({}), failure).map((it) => aStatus(it));
const members = fc.tuple(status, status);

test('what members tell never stands for what only the owner could: nothing holds, and health proves no failure', () => {
  fc.assert(
    fc.property(members, (told) => {
      const found = [...outcomes(unknown('denied'), told).values()];
      expect(found).not.toContain('COMPLIANT');
      const isHealthy = told.every((it) => JSON.stringify(it) === JSON.stringify(aStatus()));
      expect(isHealthy && found.includes('NON_COMPLIANT')).toBe(false);
    }),
    { numRuns: 12 },
  );
});

test('a failure that one more member sees makes nothing hold that did not', () => {
  fc.assert(
    fc.property(fc.option(failure, { nil: undefined }), failure, fc.nat(1), (ofOwner, seen, index) => {
      const owner = known(aStatus(ofOwner ?? {}));
      const healthy = [aStatus(), aStatus()];
      const before = outcomes(owner, healthy);
      const after = outcomes(owner, healthy.with(index, aStatus(seen)));
      const having = (outcome: string, all: ReadonlyMap<string, string>) =>
        [...all].flatMap(([what, it]) => (it === outcome ? [what] : []));
      expect(having('COMPLIANT', before)).toEqual(expect.arrayContaining(having('COMPLIANT', after)));
      // What fails by the owner's word goes on failing.
      expect(having('NON_COMPLIANT', after)).toEqual(expect.arrayContaining(having('NON_COMPLIANT', before)));
    }),
    { numRuns: 12 },
  );
});
