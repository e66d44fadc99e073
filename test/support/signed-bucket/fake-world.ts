import {
  aBucket,
  anAccount,
  anOrganization,
  aStatus,
  aTrail,
  aWorld,
  type World,
  type WorldObject,
} from '../fake-aws/index.js';
import { accountId, logBucket, type SignedWorld } from './world.js';

export const organizationId = 'o-exampleorg1';
/** The management account of the fake, and the accounts beside it. */
export const management = accountId;
export const logArchive = '222233334444';
export const member = '333344445555';

/** What lies in the buckets of a signed world, for the fake AWS. */
export function objectsOf(world: SignedWorld): Record<string, Record<string, WorldObject>> {
  return Object.fromEntries([...world.store.buckets].map(([name, objects]) => [name, Object.fromEntries(objects)]));
}

export function publicKeysOf(world: SignedWorld): World['publicKeys'] {
  return Object.fromEntries([...world.keys].map(([region, keys]) => [region, keys.map((it) => it.listed)]));
}

/** An organization whose trail writes to the bucket of the log archive account, or of the management account. */
export function fakeOrganization(
  world: SignedWorld,
  parts: {
    readonly trail?: Parameters<typeof aTrail>[0];
    readonly bucket?: Parameters<typeof aBucket>[0];
    readonly world?: Partial<World>;
  } = {},
): World {
  return aWorld({
    organization: anOrganization(),
    accounts: [
      anAccount({ id: management, name: 'management' }),
      anAccount({ id: logArchive, name: 'log-archive' }),
      anAccount({ id: member, name: 'member', state: 'SUSPENDED' }),
    ],
    trails: [
      aTrail({
        Name: 'management',
        IsOrganizationTrail: true,
        IsMultiRegionTrail: false,
        S3BucketName: logBucket,
        status: aStatus(),
        ...parts.trail,
      }),
    ],
    buckets: [aBucket({ name: logBucket, accountId: management, ...parts.bucket })],
    objects: objectsOf(world),
    publicKeys: publicKeysOf(world) ?? {},
    ...parts.world,
  });
}
