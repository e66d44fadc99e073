import {
  aBucket,
  aKey,
  aLogGroup,
  anAccount,
  anOrganization,
  aTrail,
  aWorld,
  managementAccountId as management,
  type World,
  type WorldAccount,
} from './fake-aws/index.js';

export { management };
export const logArchive = '222233334444';
export const prod = '333344445555';
export const dev = '444455556666';

export const archiveBucket = 'example-organization-logs';

/** Parts that a test replaces in the organization below. */
export interface OrganizationParts extends Partial<World> {
  readonly trail?: Parameters<typeof aTrail>[0];
  readonly bucket?: Parameters<typeof aBucket>[0];
  readonly prodAccount?: Partial<WorldAccount>;
  readonly devAccount?: Partial<WorldAccount>;
}

/**
 * An organization as it should be: one organization trail with validation, key and log group in the management
 * account, its versioned bucket in the log archive account, and two members, prod and dev.
 */
export function anOrganizationWithATrail(parts: OrganizationParts = {}): World {
  const { trail, bucket, prodAccount, devAccount, ...world } = parts;
  return aWorld({
    organization: anOrganization(),
    accounts: [
      anAccount({ id: management, name: 'management' }),
      anAccount({ id: logArchive, name: 'log-archive' }),
      anAccount({ id: prod, name: 'prod', ...prodAccount }),
      anAccount({ id: dev, name: 'dev', ...devAccount }),
    ],
    trails: [
      aTrail({
        Name: 'organization',
        IsOrganizationTrail: true,
        S3BucketName: archiveBucket,
        KmsKeyId: aKey({ accountId: logArchive }).arn,
        CloudWatchLogsLogGroupArn: `${aLogGroup().details.logGroupArn}:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${management}:role/cloudtrail-logs`,
        ...trail,
      }),
    ],
    buckets: [aBucket({ name: archiveBucket, accountId: logArchive, versioning: 'Enabled', ...bucket })],
    keys: [aKey({ accountId: logArchive, rotation: { KeyRotationEnabled: true } })],
    logGroups: [aLogGroup({})],
    ...world,
  });
}

/** An account's own trail with bucket, key and log group, all in that account. */
export function anOwnTrail(
  accountId: string,
  trail: Parameters<typeof aTrail>[0] = {},
  metricFilters: NonNullable<Parameters<typeof aLogGroup>[0]>['metricFilters'] = [],
): Pick<World, 'trails' | 'buckets' | 'keys' | 'logGroups'> {
  const key = aKey({
    accountId,
    KeyId: `00000000-0000-0000-0000-${accountId}`,
    rotation: { KeyRotationEnabled: true },
  });
  const logGroup = aLogGroup({ accountId, metricFilters });
  return {
    trails: [
      aTrail({
        accountId,
        Name: 'own',
        S3BucketName: `logs-of-${accountId}`,
        KmsKeyId: key.arn,
        CloudWatchLogsLogGroupArn: `${logGroup.details.logGroupArn}:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/cloudtrail-logs`,
        ...trail,
      }),
    ],
    buckets: [aBucket({ name: `logs-of-${accountId}`, accountId })],
    keys: [key],
    logGroups: [logGroup],
  };
}

/** The first world with everything of the others in it, too. */
export function joined(world: World, ...others: readonly Partial<World>[]): World {
  const all = [world, ...others];
  return {
    ...world,
    accounts: all.flatMap((it) => it.accounts ?? []),
    trails: all.flatMap((it) => it.trails ?? []),
    eventDataStores: all.flatMap((it) => it.eventDataStores ?? []),
    buckets: all.flatMap((it) => it.buckets ?? []),
    keys: all.flatMap((it) => it.keys ?? []),
    logGroups: all.flatMap((it) => it.logGroups ?? []),
    alarms: all.flatMap((it) => it.alarms ?? []),
    muteRules: all.flatMap((it) => it.muteRules ?? []),
    eventRules: all.flatMap((it) => it.eventRules ?? []),
    eventBuses: all.flatMap((it) => it.eventBuses ?? []),
    iamRoles: all.flatMap((it) => it.iamRoles ?? []),
    attachments: all.flatMap((it) => it.attachments ?? []),
    iamGroups: all.flatMap((it) => it.iamGroups ?? []),
    iamUsers: all.flatMap((it) => it.iamUsers ?? []),
    managedPolicies: Object.assign({}, ...all.map((it) => it.managedPolicies)),
    topics: all.flatMap((it) => it.topics ?? []),
  };
}

/** The account to which the management account delegates CloudTrail. */
export const security = '666677778888';

/** The same organization, and this account. */
export function anOrganizationWithADelegate(): World {
  return joined(
    anOrganizationWithATrail({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: security, service: 'cloudtrail.amazonaws.com' }],
      }),
    }),
    { accounts: [anAccount({ id: security, name: 'security' })] },
  );
}
