import type { Unknown } from '../../model/known.js';
import type { Ledger } from '../aws/ledger.js';

/** What AWS Config never records, by the call of live AWS that tells it. */
const messages = {
  'cloudtrail:GetTrailStatus': 'AWS Config does not record whether a trail logs and delivers.',
  'cloudtrail:GetEventSelectors': 'AWS Config does not record which events a trail selects.',
  'cloudtrail:GetInsightSelectors': 'AWS Config does not record which Insights events a trail selects.',
  'cloudtrail:ListEventDataStores': 'AWS Config does not record what an event data store selects.',
  'account:ListRegions': 'AWS Config does not record which Regions an account has enabled.',
  'config:DescribeConfigurationRecorders': "Where an account has no recorder is not told by AWS Config's files.",
  'config:DescribeConfigurationRecorderStatus':
    'AWS Config records whether a recorder is started, and not whether it works.',
  's3:GetBucketPolicyStatus': "AWS Config records a bucket's policy, and not S3's verdict on whether it is public.",
  's3:GetBucketOwnershipControls': 'AWS Config does not record who owns the objects of a bucket.',
  's3control:GetPublicAccessBlock': "An account's Block Public Access is looked for only where it owns a log bucket.",
  'logs:DescribeLogGroups': 'AWS Config does not record log groups.',
  'kms:GetKeyRotationStatus': 'AWS Config records that a key rotates, and not how often.',
} as const;

export type LiveOnlyCall = keyof typeof messages;

/** The gaps of what AWS Config never records: one for each call, whatever the account. */
export class NotRecorded {
  constructor(
    private readonly ledger: Ledger,
    private readonly at: Date,
  ) {}

  gap(call: LiveOnlyCall): Unknown {
    const asked = { call, accountId: '*', region: 'global' };
    return this.ledger.addGap(asked, { reason: 'not-recorded-by-config', message: messages[call] }, this.at);
  }
}
