import { anAccount, anOrganization, anOrganizationalUnit, aWorld, managementAccountId } from './build-accounts.js';
import { aBucket, aKey, aLogGroup } from './build-destinations.js';
import { aTrail } from './build-trails.js';
import type { World, WorldAccount } from './world.js';

const logArchiveAccountId = '222233334444';

const units = ['production', 'staging', 'development', 'sandbox', 'shared-services'].map((name, position) =>
  anOrganizationalUnit({ id: `ou-ab12-1000000${position}`, name }),
);

/**
 * An organization of so many members that one organization trail covers, for benchmarks. The trail belongs to the
 * management account; bucket and key to the log archive account. Every 50th member also has a trail, bucket, key and
 * log group of its own. The member accounts count from 000000000001.
 */
export function aLargeOrganization(members: number): World {
  const ids = Array.from({ length: members }, (_, position) => String(position + 1).padStart(12, '0'));
  const withOwnTrail = ids.filter((_, position) => position % 50 === 49);
  const archive = { accountId: logArchiveAccountId };
  const archiveKey = aKey(archive);
  const archiveBucket = `example-organization-logs-${logArchiveAccountId}`;
  return aWorld({
    organization: anOrganization({ organizationalUnits: units }),
    accounts: [
      anAccount({ id: managementAccountId, name: 'management' }),
      anAccount({ id: logArchiveAccountId, name: 'log-archive' }),
      ...ids.map(member),
    ],
    trails: [
      aTrail({
        Name: 'organization-trail',
        IsOrganizationTrail: true,
        S3BucketName: archiveBucket,
        KmsKeyId: archiveKey.arn,
      }),
      ...withOwnTrail.map((accountId) =>
        aTrail({
          accountId,
          Name: 'own-trail',
          S3BucketName: ownBucket(accountId),
          KmsKeyId: aKey({ accountId }).arn,
          CloudWatchLogsLogGroupArn: aLogGroup({ accountId }).details.arn,
          CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/cloudtrail-logs`,
        }),
      ),
    ],
    buckets: [
      aBucket({ ...archive, name: archiveBucket, versioning: 'Enabled' }),
      ...withOwnTrail.map((accountId) => aBucket({ accountId, name: ownBucket(accountId) })),
    ],
    keys: [archiveKey, ...withOwnTrail.map((accountId) => aKey({ accountId }))],
    logGroups: withOwnTrail.map((accountId) => aLogGroup({ accountId })),
  });
}

function member(id: string, position: number): WorldAccount {
  const unit = units[position % units.length];
  return unit === undefined ? anAccount({ id }) : anAccount({ id, parent: unit.id });
}

function ownBucket(accountId: string): string {
  return `example-trail-logs-${accountId}`;
}
