import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';
import { isAccountId } from '../../model/identifiers.js';
import type { ShardNumber } from '../../model/shard.js';
import { parseShard } from './shard-number.js';
import { splitList } from '../process/split-list.js';

/** Adds the flags that say which accounts are entered, and how. */
export function addEntryOptions(command: Command): void {
  command
    .option('--account <id...>', 'only these accounts')
    .option('--exclude-account <id...>', 'all but these accounts')
    .option('--ou <id...>', 'only accounts in or below these OUs')
    .option('--role-name <name>', 'the role to assume in each account', 'TrailproofAudit')
    .option('--external-id <id>', 'external id of that role')
    .option('--concurrency <n>', 'accounts at once', '32')
    .option('--region <region>', "where AWS is asked first (default: the environment's)");
}

/** Adds the flags that choose the state that is judged, whenever and wherever it was read. */
export function addStateOptions(command: Command): void {
  command
    .option(
      '--source <source>',
      'live, config, config+live, a saved inventory, or files of AWS Config, also s3://…',
      'live',
    )
    .option('--aggregator <name>', "with config: the aggregator to ask, instead of the account's own recorders")
    .option('--as-of <time>', 'with config or files of AWS Config: the state at that time')
    .option('--sample', 'the embedded sample organization instead of AWS');
}

/** Adds the flags that say what is read and how. */
export function addSourceOptions(command: Command): void {
  addEntryOptions(command);
  command
    .option('--log-archive-account <id>', 'the account that owns the log buckets, where nothing else names it')
    .option(
      '--deep',
      'ask members for their own event data stores, and every account for log buckets (many more calls)',
    )
    .option(
      '--shard <i/n>',
      'read one of n parts of the accounts, to be merged: 2/4; n alone in an AWS Batch array job or a Kubernetes indexed job',
    )
    .option('--resume <file>', 'read only what this inventory, at most a day old, lacks')
    .option('--verbose', 'say more on stderr');
}

export interface SourceOptions {
  readonly roleName: string;
  readonly externalId: string | undefined;
  readonly logArchiveAccount: string | undefined;
  readonly scope: {
    readonly accounts: readonly string[];
    readonly excludedAccounts: readonly string[];
    readonly organizationalUnits: readonly string[];
  };
  readonly deep: boolean;
  readonly concurrency: number;
  readonly region: string | undefined;
  readonly shard: ShardNumber | undefined;
  /** An earlier inventory. */
  readonly resume: string | undefined;
}

interface RawSourceOptions {
  readonly account?: readonly string[];
  readonly excludeAccount?: readonly string[];
  readonly ou?: readonly string[];
  /** Missing where a command enters no account. */
  readonly roleName?: string;
  readonly externalId?: string;
  readonly logArchiveAccount?: string;
  readonly deep?: true;
  readonly concurrency: string;
  readonly region?: string;
  readonly shard?: string;
  readonly resume?: string;
}

/**
 * The flags, checked.
 *
 * @param environment where `--shard N` finds which of the shards this is.
 * @throws UsageError naming the flag, what is wrong and what to write instead.
 */
export function parseSourceOptions(options: unknown, environment: NodeJS.ProcessEnv = {}): SourceOptions {
  // Commander gives each option that addSourceOptions declares the type it declares there.
  const raw = options as RawSourceOptions;
  const [region] = regionNames('--region', raw.region === undefined ? [] : [raw.region]);
  return {
    roleName: checkedRoleName(raw.roleName ?? 'TrailproofAudit'),
    externalId: raw.externalId,
    logArchiveAccount: accountId('--log-archive-account', raw.logArchiveAccount),
    scope: parseScope(options),
    deep: raw.deep === true,
    concurrency: wholeNumber('--concurrency', raw.concurrency, 1, 500),
    region,
    shard: raw.shard === undefined ? undefined : parseShard(raw.shard, environment),
    resume: raw.resume,
  };
}

/** Which accounts are meant: `--account`, `--exclude-account` and `--ou`, checked. */
export function parseScope(options: unknown): SourceOptions['scope'] {
  const raw = options as RawSourceOptions;
  return {
    accounts: accountIds('--account', raw.account),
    excludedAccounts: accountIds('--exclude-account', raw.excludeAccount),
    organizationalUnits: (raw.ou ?? []).flatMap(splitList).map(organizationalUnit),
  };
}

/** The name of a role, with its path where it has one. */
export function checkedRoleName(name: string): string {
  if (name.length <= 512 && /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name)) return name;
  throw new UsageError(`--role-name '${name}' is no role name.`, 'Give the name, not the ARN: TrailproofAudit');
}

/** Regions that a flag names, each once. */
export function regionNames(flag: string, values: readonly string[]): string[] {
  const regions = [...new Set(values.flatMap(splitList))].toSorted();
  const wrong = regions.find((it) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(it));
  if (wrong === undefined) return regions;
  throw new UsageError(`${flag} '${wrong}' is no AWS Region.`, 'Write it as in eu-central-1.');
}

/** Account ids that a flag names, each once. */
export function accountIds(flag: string, values: readonly string[] = []): string[] {
  return [...new Set(values.flatMap(splitList).map((value) => accountId(flag, value) ?? value))].toSorted();
}

function accountId(flag: string, value: string | undefined): string | undefined {
  if (value === undefined || isAccountId(value)) return value;
  throw new UsageError(`${flag} '${value}' is no account id.`, 'An account id has 12 digits, leading zeros included.');
}

function organizationalUnit(value: string): string {
  if (/^(ou-[a-z0-9]+-[a-z0-9]+|r-[a-z0-9]+)$/.test(value)) return value;
  throw new UsageError(
    `--ou '${value}' is no id of an OU.`,
    'Write it as in ou-ab12-34cd56ef, or r-ab12 for the root.',
  );
}

/** A whole number within its bounds, or a UsageError that names the flag. */
export function wholeNumber(flag: string, value: string, minimum: number, maximum: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= minimum && number <= maximum) return number;
  throw new UsageError(`${flag} '${value}' is not a whole number from ${minimum} to ${maximum}.`);
}
