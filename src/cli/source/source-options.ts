import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';
import { isAccountId } from '../../model/identifiers.js';
import type { ShardNumber } from '../../model/shard.js';
import { parseShard } from './shard-number.js';
import { declareOptions } from '../options/index.js';
import { splitList } from '../process/split-list.js';

/** Adds the flags that say which accounts are entered, and how. */
export function addEntryOptions(command: Command): void {
  declareOptions(command, [
    'account',
    'exclude-account',
    'ou',
    'role-name',
    'external-id',
    'concurrency',
    'region',
    'profile',
  ]);
}

/** Adds the flags that choose the state that is evaluated, whenever and wherever it was read. */
export function addStateOptions(command: Command): void {
  declareOptions(command, ['source', 'aggregator', 'as-of', 'silent-after', 'sample']);
}

/** Adds the flags that say what is read and how. */
export function addSourceOptions(command: Command): void {
  addEntryOptions(command);
  declareOptions(command, ['log-archive-account', 'deep', 'shard', 'resume', 'verbose']);
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
  /** Of the AWS configuration; undefined: that of the environment. */
  readonly profile: string | undefined;
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
  readonly profile?: string;
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
    profile: raw.profile,
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

/** Days after which an account of which no file of AWS Config came is silent; undefined: as many as usual. */
export function parseSilentAfter(value: string | number | undefined): number | undefined {
  return value === undefined ? undefined : wholeNumber('--silent-after', String(value), 1, 3650);
}

/** The name of a role, with its path where it has one. */
export function checkedRoleName(name: string, flag = '--role-name'): string {
  if (name.length <= 512 && /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name)) return name;
  throw new UsageError(`${flag} '${name}' is not a role name.`, 'Give the name, not the ARN: TrailproofAudit');
}

/** Regions that a flag names, each once. */
export function regionNames(flag: string, values: readonly string[]): string[] {
  const regions = [...new Set(values.flatMap(splitList))].toSorted();
  const wrong = regions.find((it) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(it));
  if (wrong === undefined) return regions;
  throw new UsageError(`${flag} '${wrong}' is not an AWS Region.`, 'Write it as in eu-central-1.');
}

/** Account ids that a flag names, each once. */
export function accountIds(flag: string, values: readonly string[] = []): string[] {
  return [...new Set(values.flatMap(splitList).map((value) => accountId(flag, value) ?? value))].toSorted();
}

function accountId(flag: string, value: string | undefined): string | undefined {
  if (value === undefined || isAccountId(value)) return value;
  throw new UsageError(
    `${flag} '${value}' is not an account id.`,
    'An account id has 12 digits, leading zeros included.',
  );
}

function organizationalUnit(value: string): string {
  if (/^(ou-[a-z0-9]+-[a-z0-9]+|r-[a-z0-9]+)$/.test(value)) return value;
  throw new UsageError(
    `--ou '${value}' is not the id of an OU.`,
    'Write it as in ou-ab12-34cd56ef, or r-ab12 for the root.',
  );
}

/** A whole number within its bounds, or a UsageError that names the flag. */
export function wholeNumber(flag: string, value: string, minimum: number, maximum: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= minimum && number <= maximum) return number;
  throw new UsageError(`${flag} '${value}' is not a whole number from ${minimum} to ${maximum}.`);
}
