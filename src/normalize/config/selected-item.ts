import { MalformedAnswer } from '../malformed-answer.js';
import type { ConfigItem, ItemType } from './item.js';

/** Members that AWS Config writes of every resource of a type, whatever is set. */
const always: { readonly [T in ItemType]: readonly string[] } = {
  'AWS::CloudTrail::Trail': [
    'name',
    'trailARN',
    'homeRegion',
    's3BucketName',
    'includeGlobalServiceEvents',
    'isMultiRegionTrail',
    'logFileValidationEnabled',
    'hasCustomEventSelectors',
  ],
  'AWS::CloudTrail::EventDataStore': ['Name', 'AdvancedEventSelectors', 'MultiRegionEnabled', 'OrganizationEnabled'],
  // What is read of a bucket is in its supplementaryConfiguration, which is checked member by member.
  'AWS::S3::Bucket': [],
  'AWS::KMS::Key': ['keyId', 'keyState', 'keyManager', 'origin', 'creationDate'],
  'AWS::S3::AccountPublicAccessBlock': [
    'blockPublicAcls',
    'ignorePublicAcls',
    'blockPublicPolicy',
    'restrictPublicBuckets',
  ],
  'AWS::Config::ConfigurationRecorder': ['Name', 'Recording', 'RecordingGroup'],
};

/**
 * An item as a query's result has it. A query gives what it selects: of a configuration of which only parts were
 * selected it cannot be told what is not set and what was not asked for.
 *
 * @throws MalformedAnswer when the configuration is not there as a whole
 */
export function wholeSelection(item: ConfigItem): ConfigItem {
  if (item.isGone) return item;
  const missing = always[item.type].filter((it) => !Object.hasOwn(item.configuration, it));
  if (missing.length === 0) return item;
  throw new MalformedAnswer(
    `The row has parts of the configuration only, without ${missing.join(', ')}: select configuration as a whole.`,
  );
}
