import type { SnapshotItem } from './fake-aws/index.js';
import { changed, itemsOf } from './config-items.js';
import { known } from '../../src/model/known.js';
import { aBucket, aKey, anAccount, anInventory, aTrail, keyArn, logGroupArn } from './inventory-builders.js';

type Type = 'trail' | 'bucket' | 'key' | 'block' | 'recorder';

const types: Readonly<Record<Type, string>> = {
  trail: 'AWS::CloudTrail::Trail',
  bucket: 'AWS::S3::Bucket',
  key: 'AWS::KMS::Key',
  block: 'AWS::S3::AccountPublicAccessBlock',
  recorder: 'AWS::Config::ConfigurationRecorder',
};

const usual = itemsOf(anInventory());

/** All items of the usual inventory but those of some types, as AWS Config saw them for the first time. */
export function discovered(at: string, except: readonly Type[] = []): SnapshotItem[] {
  const left = new Set(except.map((it) => types[it]));
  const isMeant = (it: SnapshotItem): boolean => !left.has(it.resourceType);
  return changed(usual.filter(isMeant), isMeant, () => seenAt(at, 'ResourceDiscovered'));
}

/** The usual items of a type as they were recorded at a moment, with what of their configuration was different. */
export function recorded(
  type: Type,
  at: string,
  configuration: Readonly<Record<string, unknown>> = {},
  parts: Partial<SnapshotItem> = {},
): SnapshotItem[] {
  const items = usual.filter((it) => it.resourceType === types[type]);
  return changed(
    items,
    () => true,
    (it) => ({ ...seenAt(at, 'OK'), configuration: { ...it.configuration, ...configuration }, ...parts }),
  );
}

/** Their end. */
export function ended(type: Type, at: string, status = 'ResourceDeleted'): SnapshotItem[] {
  return recorded(
    type,
    at,
    {},
    { configurationItemStatus: status, configuration: null, supplementaryConfiguration: {} },
  );
}

function seenAt(at: string, configurationItemStatus: string) {
  return { configurationItemCaptureTime: at, configurationItemStatus };
}

/** Items of accounts that have a trail, a bucket and a key of their own each. */
export function itemsOfOwners(
  accounts: readonly string[],
  isOrganizationTrail: (accountId: string) => boolean,
): SnapshotItem[] {
  const key = (accountId: string): string => keyArn(`key-${accountId}`, accountId);
  return itemsOf(
    anInventory({
      accounts: accounts.map((id) => anAccount({ id })),
      trails: accounts.map((accountId) =>
        aTrail({
          accountId,
          name: `own-${accountId}`,
          description: {
            isOrganizationTrail: isOrganizationTrail(accountId),
            s3BucketName: `logs-${accountId}`,
            kmsKeyId: key(accountId),
            cloudWatchLogsLogGroupArn: logGroupArn('trail', accountId),
          },
        }),
      ),
      buckets: accounts.map((accountId) =>
        aBucket({
          name: `logs-${accountId}`,
          arn: `arn:aws:s3:::logs-${accountId}`,
          owner: known({ accountId, region: 'eu-central-1' }),
          encryption: known({ sseAlgorithm: 'aws:kms', bucketKeyEnabled: true, kmsMasterKeyId: key(accountId) }),
        }),
      ),
      keys: accounts.map((accountId) => aKey({ arn: key(accountId) })),
    }),
  );
}
