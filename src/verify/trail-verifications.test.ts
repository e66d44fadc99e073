import { expect, test } from 'vitest';
import { anAccount, anInventory, aTrail, MANAGEMENT } from '../../test/support/inventory-builders.js';
import { edit, nth } from '../../test/support/signed-bucket/tamper.js';
import {
  at,
  expecting,
  homeRegion,
  SignedWorld,
  trailFacts,
  verifyWorld,
} from '../../test/support/signed-bucket/world.js';
import type { LogVerification } from '../model/inventory.js';
import type { VerificationRecord } from '../model/verification.js';
import { nothingKnown } from './expectation.js';
import type { VerifyOptions } from './options.js';
import { withVerifications } from './trail-verifications.js';

const inventory = anInventory({
  organization: null,
  accounts: [anAccount({ id: MANAGEMENT })],
  trails: [
    aTrail({
      name: 'management',
      homeRegion,
      description: { isOrganizationTrail: false, isMultiRegionTrail: false, s3BucketName: 'organization-logs' },
    }),
  ],
});

async function recordOf(
  given: Partial<VerifyOptions> = {},
  tamper: (world: SignedWorld, logFile: string) => void = () => undefined,
): Promise<VerificationRecord> {
  const world = new SignedWorld();
  const chain = world.sixHours({ account: MANAGEMENT });
  tamper(world, nth(chain.logFiles, 12));
  return await verifyWorld(world, { expectation: expecting([trailFacts({ account: MANAGEMENT })]), ...given });
}

function found(...records: readonly VerificationRecord[]): LogVerification | undefined {
  return withVerifications(inventory, records).trails[0]?.logVerification;
}

test('a whole verification is complete', async () => {
  expect(found(await recordOf())).toEqual({
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-01T06:00:00Z',
    asOf: '2026-11-01T11:00:00Z',
    tampering: 0,
    isComplete: true,
    isPart: false,
    accounts: 1,
    regions: 1,
    message: 'Every digest file and log file is there and valid.',
  });
});

test('what one verification found tampered with, a later one does not undo', async () => {
  const edited = await recordOf({ window: { from: at(2), to: at(5) } }, (world, key) =>
    edit(world, key, (it) => `${it} `),
  );
  const later = found(await recordOf(), edited);
  expect(later).toMatchObject({ to: '2026-11-01T06:00:00Z', tampering: 1, isComplete: true });
  expect(later?.message).toContain('is not what its digest file says');
});

test('what could not be read leaves it incomplete', async () => {
  const record = await recordOf({}, (world, key) => void world.store.refusals.set(`organization-logs/${key}`, 'kms'));
  expect(found(record)).toMatchObject({ tampering: 0, isComplete: false, isPart: false });
});

test('a sample is not complete', async () => {
  expect(found(await recordOf({ sample: { perDigest: 1, seed: '0' } }))).toMatchObject({ isComplete: false });
});

test.each<readonly [string, Partial<VerifyOptions>]>([
  ['accounts that were named', { choice: { trails: undefined, accounts: [MANAGEMENT], regions: undefined } }],
  ['Regions that were named', { choice: { trails: undefined, accounts: undefined, regions: [homeRegion] } }],
  ['what the layout of the bucket tells', { expectation: nothingKnown }],
])('a verification of %s is of a part', async (_, given) => {
  expect(found(await recordOf(given))).toMatchObject({ tampering: 0, isPart: true });
});

test('a Region that the scan knows and the verification does not makes it a part', async () => {
  const multi = {
    ...inventory,
    trails: [aTrail({ name: 'management', homeRegion, description: { isOrganizationTrail: false } })],
  };
  const [trail] = withVerifications(multi, [await recordOf()]).trails;
  expect(trail?.logVerification).toMatchObject({ isComplete: true, isPart: true });
  expect(trail?.logVerification?.message).toMatch(/^Account \d+ in [a-z0-9-]+ was not verified\.$/);
});

test('a trail that no verification has a chain of stays unknown', async () => {
  const other = { ...inventory, trails: [aTrail({ name: 'other', homeRegion })] };
  expect(withVerifications(other, [await recordOf()]).trails[0]).not.toHaveProperty('logVerification');
});
