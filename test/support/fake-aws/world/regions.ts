import { byText } from '../../../../src/text/order.js';
/** Regions that are on in every account, by partition. */
const onByDefault: Readonly<Record<string, readonly string[]>> = {
  aws: [
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
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

/** Regions that an account must switch on. */
const optIn: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ca-west-1',
    'eu-central-2',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
  ],
};

export interface RegionStatus {
  readonly name: string;
  readonly status: string;
}

interface HasPartition {
  readonly partition: string;
  readonly regions?: readonly string[];
}

interface HasRegions {
  readonly optInRegions: Readonly<Record<string, string>>;
}

/** Every Region of the partition with its opt-in status in the account, as account:ListRegions orders them: by name. */
export function regionsOf(world: HasPartition, account: HasRegions): readonly RegionStatus[] {
  const { partition } = world;
  const byDefault = (world.regions ?? onByDefault[partition] ?? []).map((name) => ({
    name,
    status: 'ENABLED_BY_DEFAULT',
  }));
  const byChoice = (optIn[partition] ?? []).map((name) => ({ name, status: account.optInRegions[name] ?? 'DISABLED' }));
  return [...byDefault, ...byChoice].toSorted((a, b) => byText(a.name, b.name));
}

/** Whether the account's credentials are known in the Region. */
export function isRegionOn({ partition }: HasPartition, account: HasRegions, region: string): boolean {
  if (onByDefault[partition]?.includes(region) === true) return true;
  const status = optIn[partition]?.includes(region) === true ? account.optInRegions[region] : undefined;
  return status === 'ENABLED' || status === 'DISABLING';
}

/** Where the partition's global services live. */
export function leaderRegion(partition: string): string {
  switch (partition) {
    case 'aws-cn':
      return 'cn-north-1';
    case 'aws-us-gov':
      return 'us-gov-west-1';
    default:
      return 'us-east-1';
  }
}
