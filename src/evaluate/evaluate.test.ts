import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  aGap,
  aKey,
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  anOrganization,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { evaluateInventory } from '../../test/support/scan-world.js';
import type { Inventory } from '../model/inventory.js';
import type { Evaluation, Results } from '../model/results.js';
import { schemaCheck } from '../json-schema.js';

const members = ['222222222222', '333333333333', '444444444444'];

function organizationOf(parts: Partial<Inventory> = {}): Inventory {
  const observed = members.map((id) => anAccount({ id, observedTrails: [anObservation({})] }));
  return anInventory({
    accounts: [anAccount({ id: MANAGEMENT }), ...observed],
    trails: [aTrail({})],
    buckets: [aBucket({})],
    keys: [aKey({})],
    ...parts,
  });
}

const of = (results: Results, policyId: string, target: string): Evaluation | undefined =>
  results.evaluations.find((it) => it.policyId === policyId && it.target.id === target);

describe('an evaluation', () => {
  const results = evaluateInventory(organizationOf());

  test('has an identity that outlives versions: this one may never change', () => {
    const preimage = ['v1', 'trail-is-logging', 'aws', MANAGEMENT, 'eu-central-1', trailArn(), ''].join('\n');
    const { fingerprint } = of(results, 'trail-is-logging', trailArn()) ?? {};
    expect(fingerprint).toBe(createHash('sha256').update(preimage).digest('hex'));
    expect(new Set(results.evaluations.map((it) => it.fingerprint)).size).toBe(results.evaluations.length);
  });

  test('says what decided, also where all is well', () => {
    expect(of(results, 'trail-is-logging', trailArn())).toMatchObject({
      outcome: 'COMPLIANT',
      reasons: [
        { assert: 'logging', message: 'holds', because: [{ expr: 'trail.isLogging', value: true }] },
        { assert: 'superseded', message: 'holds', because: [{ expr: 'trail.isLogging', value: true }] },
      ],
      gaps: [],
    });
  });

  test('names what failed with its message, the worst severity, and not what holds', () => {
    const trails = [aTrail({ description: { logFileValidationEnabled: false } })];
    const failing = of(evaluateInventory(organizationOf({ trails })), 'trail-validates-log-files', trailArn());
    expect(failing).toMatchObject({ outcome: 'NON_COMPLIANT', severity: 'medium' });
    expect(failing?.reasons).toEqual([
      {
        assert: 'validation',
        message: failing?.message,
        severity: 'medium',
        because: [
          { expr: 'trail.logFileValidationEnabled', value: false },
          { expr: 'size(trail.alsoValidatedBy)', value: 0 },
        ],
      },
    ]);
    expect(failing?.message).toContain(trailArn());
  });

  test('says why a policy does not apply', () => {
    const trails = [aTrail({ status: { isLogging: false } })];
    expect(of(evaluateInventory(organizationOf({ trails })), 'trail-delivers-without-error', trailArn())).toMatchObject(
      {
        outcome: 'NOT_APPLICABLE',
        message: 'Does not apply: trail.isLogging is false, trail.delivery.hasError is false.',
        reasons: [{ assert: 'when' }],
      },
    );
  });

  test('names the gaps that leave it open, with the call and the account', () => {
    const gap = aGap({ id: 'g1', call: 'cloudtrail:GetTrailStatus', accountId: MANAGEMENT, reason: 'throttled' });
    const trails = [aTrail({ status: unknown('g1') })];
    const open = of(evaluateInventory(organizationOf({ trails, gaps: [gap] })), 'trail-is-logging', trailArn());
    expect(open).toMatchObject({ outcome: 'INSUFFICIENT_DATA', gaps: ['g1'] });
    expect(open?.message).toContain(`cloudtrail:GetTrailStatus in account ${MANAGEMENT}`);
    expect(open?.message).toContain('(throttled)');
  });

  test('says what no call could have told in the words of its gap', () => {
    const trails = [aTrail({ status: { latestDigestDeliveryTime: undefined as never } })];
    const open = of(evaluateInventory(organizationOf({ trails })), 'trail-delivers-without-error', trailArn());
    expect(open?.outcome).toBe('INSUFFICIENT_DATA');
    expect(open?.message).toContain(`No digest file of trail ${trailArn()} has ever come`);
    expect(open?.message).not.toContain('could not be read');
  });
});

describe('causes', () => {
  const causesOf = (results: Results, policyId: string) =>
    members.map((id) => {
      const cause = results.evaluations.find((it) => it.fingerprint === of(results, policyId, id)?.causedBy);
      return cause === undefined ? 'none' : `${cause.policyId} ${cause.target.id}`;
    });

  test('lost events of members lead to the stopped organization trail', () => {
    const stopped = members.map((id) =>
      anAccount({ id, observedTrails: [anObservation({ status: known(aStatus({ isLogging: false })) })] }),
    );
    const results = evaluateInventory(
      organizationOf({
        trails: [aTrail({ status: { isLogging: false } })],
        accounts: [anAccount({ id: MANAGEMENT }), ...stopped],
      }),
    );
    const root = `trail-is-logging ${trailArn()}`;
    expect(causesOf(results, 'account-records-management-events')).toEqual([root, root, root]);
    expect(of(results, 'account-records-management-events', MANAGEMENT)?.causedBy).toBeDefined();
  });

  test('what no policy on the trail speaks of is found once, in the account that owns the trail', () => {
    const selectors = known({
      basic: [
        {
          readWriteType: 'WriteOnly',
          includeManagementEvents: true,
          excludeManagementEventSources: [],
          dataResources: [],
        },
      ],
      advanced: [],
    });
    const results = evaluateInventory(organizationOf({ trails: [aTrail({ eventSelectors: selectors })] }));
    const root = `account-records-management-events ${MANAGEMENT}`;
    expect(causesOf(results, 'account-records-management-events')).toEqual([root, root, root]);
    expect(of(results, 'account-records-management-events', MANAGEMENT)?.causedBy).toBeUndefined();
  });

  test('what an event data store loses is found once, in the account that owns it', () => {
    const store = (details: Parameters<typeof anEventDataStore>[0]) => {
      const eventDataStores = [anEventDataStore(details)];
      const accounts = [MANAGEMENT, ...members].map((id) => anAccount({ id }));
      return evaluateInventory(organizationOf({ trails: [], eventDataStores, accounts }));
    };
    for (const details of [{ status: 'STOPPED_INGESTION' }, { multiRegionEnabled: false }]) {
      const results = store({ details });
      const root = `account-records-management-events ${MANAGEMENT}`;
      expect(causesOf(results, 'account-records-management-events')).toEqual([root, root, root]);
      expect(of(results, 'account-records-management-events', MANAGEMENT)?.causedBy).toBeUndefined();
    }
  });

  test('a store without its key leads to the key, also where it names an alias', () => {
    const arn = 'arn:aws:kms:eu-central-1:111111111111:alias/lake';
    const key = aKey({ metadata: { keyState: 'Disabled' } });
    const keys = [{ ...key, names: [...key.names, arn] }];
    const eventDataStores = [anEventDataStore({ details: { kmsKeyId: arn } })];
    const accounts = [MANAGEMENT, ...members].map((id) => anAccount({ id }));
    const results = evaluateInventory(organizationOf({ trails: [], eventDataStores, accounts, keys }));
    const root = `kms-key-is-usable ${key.arn}`;
    expect(causesOf(results, 'account-records-management-events')).toEqual([root, root, root]);
  });

  test('members that no organization trail reaches lead to the organization', () => {
    const results = evaluateInventory(
      organizationOf({
        trails: [],
        buckets: [],
        keys: [],
        accounts: [MANAGEMENT, ...members].map((id) => anAccount({ id })),
      }),
    );
    const root = 'organization-trail-covers-every-account o-example123';
    expect(causesOf(results, 'account-records-management-events')).toEqual([root, root, root]);
    expect(causesOf(results, 'account-has-multi-region-trail')).toEqual([root, root, root]);
    expect(results.summary.findings).toBe(1);
    expect(results.summary.accountsAffected).toBe(4);
  });

  test('always end at a finding that has no cause itself', () => {
    const results = evaluateInventory(
      organizationOf({ trails: [], accounts: [MANAGEMENT, ...members].map((id) => anAccount({ id })) }),
    );
    const byFingerprint = new Map(results.evaluations.map((it) => [it.fingerprint, it]));
    const caused = results.evaluations.filter((it) => it.causedBy !== undefined);
    expect(caused.length).toBeGreaterThan(0);
    for (const { causedBy = '' } of caused) {
      expect(byFingerprint.get(causedBy)).toMatchObject({ outcome: 'NON_COMPLIANT' });
      expect(byFingerprint.get(causedBy)?.causedBy).toBeUndefined();
    }
  });
});

describe('accounts', () => {
  test('listed = evaluated + out of scope + unreadable', () => {
    const gap = aGap({ id: 'g', call: 'sts:AssumeRole', accountId: MEMBER, message: 'AccessDenied' });
    const accounts = [
      anAccount({ id: MANAGEMENT }),
      anAccount({ id: MEMBER, name: 'prod', ownTrails: unknown('g') }),
      anAccount({ id: '333333333333', name: 'old', state: 'SUSPENDED', outOfScope: 'its state is SUSPENDED' }),
    ];
    expect(evaluateInventory(organizationOf({ accounts, gaps: [gap] })).coverage.accounts).toEqual({
      listed: 3,
      evaluated: 1,
      outOfScope: [{ id: '333333333333', name: 'old', reason: 'its state is SUSPENDED' }],
      unreadable: [{ id: MEMBER, name: 'prod', reason: 'sts:AssumeRole: AccessDenied' }],
    });
  });

  test('a list of accounts that broke off is not passed over', () => {
    const gap = aGap({ id: 'g', call: 'organizations:ListAccounts', message: 'Throttling' });
    const results = evaluateInventory(
      organizationOf({ organization: anOrganization({ accountsGap: 'g' }), gaps: [gap] }),
    );
    expect(results.coverage.accounts).toMatchObject({ listed: 5, evaluated: 4, unreadable: [{ id: 'unknown' }] });
    expect(of(results, 'organization-trail-covers-every-account', 'o-example123')?.outcome).toBe('INSUFFICIENT_DATA');
  });
});

test('a run without an organization gives policies on it no target, and says so', () => {
  const results = evaluateInventory(anInventory({ organization: null, accounts: [anAccount({ id: MANAGEMENT })] }));
  expect(results.policies.find((it) => it.id === 'organization-trail-covers-every-account')?.targets).toBe(0);
  expect(results.organization).toBeNull();
});

test('evaluations are sorted by account, Region, target and policy, whatever the order of the inventory', () => {
  const inventory = organizationOf();
  const reversed = { ...inventory, accounts: inventory.accounts.toReversed(), trails: inventory.trails.toReversed() };
  const keys = (it: Results) =>
    it.evaluations.map((e) => [e.target.accountId, e.target.region, e.target.type, e.target.id, e.policyId].join(' '));
  const results = evaluateInventory(inventory);
  expect(keys(results)).toEqual(keys(results).toSorted());
  expect(evaluateInventory(reversed).evaluations).toEqual(results.evaluations);
});

test('the results are valid against their published schema', () => {
  const validate = schemaCheck('schema/results.v1.json');
  expect(validate(JSON.parse(JSON.stringify(evaluateInventory(organizationOf()))))).toBe(true);
});
