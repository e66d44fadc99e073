/** AWS partitions that CloudTrail runs in, with what differs between them. */
const partitions = {
  aws: { leaderRegion: 'us-east-1', dnsSuffix: 'amazonaws.com' },
  'aws-cn': { leaderRegion: 'cn-north-1', dnsSuffix: 'amazonaws.com.cn' },
  'aws-us-gov': { leaderRegion: 'us-gov-west-1', dnsSuffix: 'amazonaws.com' },
  'aws-eusc': { leaderRegion: 'eusc-de-east-1', dnsSuffix: 'amazonaws.eu' },
  'aws-iso': { leaderRegion: 'us-iso-east-1', dnsSuffix: 'c2s.ic.gov' },
  'aws-iso-b': { leaderRegion: 'us-isob-east-1', dnsSuffix: 'sc2s.sgov.gov' },
  'aws-iso-e': { leaderRegion: 'eu-isoe-west-1', dnsSuffix: 'cloud.adc-e.uk' },
  'aws-iso-f': { leaderRegion: 'us-isof-south-1', dnsSuffix: 'csp.hci.ic.gov' },
} as const;

export type Partition = keyof typeof partitions;

export function isPartition(text: string): text is Partition {
  return Object.hasOwn(partitions, text);
}

/** The Region in which the partition's global services (IAM, Organizations, CloudFront) record their events. */
export function leaderRegion(partition: Partition): string {
  return partitions[partition].leaderRegion;
}

/**
 * Regions that every account of the `aws` partition has enabled and cannot disable: those launched before
 * 2019-03-20. All other Regions are opt-in.
 * Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const alwaysEnabledAws = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/**
 * Regions that each account of the partition surely has. Of partitions without opt-in that is said of the leader
 * Region alone: which others there are is nowhere listed here.
 */
export function alwaysEnabledRegions(partition: string): readonly string[] {
  if (partition === 'aws') return [...alwaysEnabledAws];
  // Outside of the partition aws no Region is opt-in.
  if (partition === 'aws-cn') return ['cn-north-1', 'cn-northwest-1'];
  if (partition === 'aws-us-gov') return ['us-gov-east-1', 'us-gov-west-1'];
  return [leaderRegion(isPartition(partition) ? partition : 'aws')];
}

/** True when an account of this partition may have the Region switched off. Other partitions know no opt-in. */
export function isOptInRegion(partition: Partition, region: string): boolean {
  return partition === 'aws' && !alwaysEnabledAws.has(region);
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All behind the fifth colon, e.g. `trail/main` or `log-group:name`. */
  readonly resource: string;
}

/** Parses an ARN; undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

/** True for a 12-digit AWS account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
