import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Inventory, TrailDescription } from '../../../src/model/inventory.js';
import { absent, known } from '../../../src/model/known.js';
import type { Evaluation } from '../../../src/model/results.js';
import { itemsOf } from '../../support/config-items.js';
import {
  aBucket,
  aKey,
  aLogGroup,
  allBlocked,
  anAccount,
  anInventory,
  aTrail,
  keyArn,
  logGroupArn,
  MANAGEMENT,
  MEMBER,
  nothingBlocked,
} from '../../support/inventory-builders.js';
import { recordedInventory } from '../../support/memory-source.js';
import { evaluateInventory } from '../../support/scan-world.js';
import { asApiItem } from '../../support/fake-aws/services/config-encodings.js';

/** What AWS Config decides of a resource whose item is there. */
const decided = new Set([
  'trail-validates-log-files',
  'trail-encrypts-with-kms',
  'kms-key-is-usable',
  'log-bucket-requires-tls',
  'log-bucket-is-versioned',
  'log-bucket-logs-access',
  'log-bucket-retains-logs',
]);

/** What it never does: whether a trail logs is asked of live AWS only. */
const undecided = ['trail-is-logging', 'trail-delivers-without-error'];

/** It may show that these do not hold, as no trail could do it; never that they do. */
const neverPassed = new Set([
  ...undecided,
  'account-records-management-events',
  'account-has-multi-region-trail',
  'organization-trail-covers-every-account',
]);

const tls = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::trail-logs', 'arn:aws:s3:::trail-logs/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

const trail = fc.record({
  isMultiRegionTrail: fc.boolean(),
  logFileValidationEnabled: fc.boolean(),
  kmsKeyId: fc.constantFrom(keyArn(), undefined),
  cloudWatchLogsLogGroupArn: fc.constantFrom(logGroupArn(), undefined),
});

const bucket = fc.record({
  policy: fc.constantFrom(absent, known(tls)),
  acl: fc.constantFrom(
    known([{ grantee: 'owner', granteeType: 'CanonicalUser', permission: 'FULL_CONTROL' }]),
    known([{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', granteeType: 'Group', permission: 'READ' }]),
  ),
  publicAccessBlock: fc.constantFrom(absent, known(allBlocked), known(nothingBlocked)),
  versioning: fc
    .constantFrom('Enabled', 'Suspended', 'Unversioned')
    .map((status) => known({ status, mfaDelete: false })),
  objectLock: fc.constantFrom(absent, known({ enabled: true, mode: 'COMPLIANCE', days: 400 })),
  accessLogging: fc.constantFrom(absent, known({ targetBucket: 'access-logs', targetPrefix: 'trail/' })),
  lifecycleRules: fc
    .option(fc.integer({ min: 1, max: 800 }), { nil: undefined })
    .map((days) =>
      known(
        days === undefined
          ? []
          : [{ id: 'expire', isEnabled: true, prefix: '', expirationDays: days, requiresTags: false }],
      ),
    ),
});

const key = fc.record({
  keyState: fc.constantFrom('Enabled', 'Disabled', 'PendingDeletion'),
  enabled: fc.boolean(),
});

/** Members that are undefined take the builder's default away, which their type cannot say. */
function set(parts: Partial<Record<keyof TrailDescription, unknown>>): Partial<TrailDescription> {
  return parts as Partial<TrailDescription>;
}

/** An organization with a trail of its own and one of a member, in whatever shape. */
const organization: fc.Arbitrary<Inventory> = fc
  .record({ own: trail, members: trail, bucket, key, blocks: fc.constantFrom(allBlocked, nothingBlocked) })
  .map(({ own, members, bucket: facets, key: of, blocks }) =>
    anInventory({
      accounts: [
        anAccount({ id: MANAGEMENT, name: 'management', publicAccessBlock: known(blocks) }),
        anAccount({ id: MEMBER }),
      ],
      trails: [
        aTrail({ description: set(own) }),
        aTrail({ name: 'own', accountId: MEMBER, description: set(members) }),
      ],
      buckets: [aBucket(facets)],
      logGroups:
        own.cloudWatchLogsLogGroupArn === undefined && members.cloudWatchLogsLogGroupArn === undefined
          ? []
          : [aLogGroup()],
      keys: [
        aKey({ metadata: { keyState: of.keyState }, rotation: known({ enabled: of.enabled, periodInDays: 365 }) }),
      ],
    }),
  );

test('AWS Config and live AWS agree on what AWS Config can evaluatePolicy, and nothing else is decided', async () => {
  await fc.assert(
    fc.asyncProperty(organization, fc.boolean(), async (live, asApi) => {
      const recorded = await recordedInventory(live, itemsOf(live), asApi ? asApiItem : undefined);
      const before = verdicts(evaluateInventory(live).evaluations);
      const results = evaluateInventory(recorded);
      const after = verdicts(results.evaluations);
      expect([...after.keys()]).toEqual([...before.keys()]);
      const closed = [...after].filter(([, it]) => it.outcome !== 'INSUFFICIENT_DATA');
      expect(closed.map(([id, it]) => [id, it.outcome])).toEqual(closed.map(([id]) => [id, before.get(id)?.outcome]));
      const open = results.evaluations.filter((it) => it.outcome === 'INSUFFICIENT_DATA');
      expect(open.filter((it) => decided.has(it.policyId))).toEqual([]);
      expect(open.map((it) => it.policyId)).toEqual(expect.arrayContaining(undecided));
      const passed = results.evaluations.filter((it) => it.outcome === 'COMPLIANT');
      expect(passed.filter((it) => neverPassed.has(it.policyId))).toEqual([]);
      const reasons = new Map(results.gaps.map((gap) => [gap.id, gap.reason]));
      const why = new Set(open.flatMap((it) => it.gaps.map((gap) => reasons.get(gap))));
      expect([...why].filter((it) => it !== 'not-recorded-by-config' && it !== 'unsupported')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

function verdicts(evaluations: readonly Evaluation[]): Map<string, Evaluation> {
  return new Map(evaluations.map((it) => [`${it.policyId} ${it.target.id}`, it]));
}
