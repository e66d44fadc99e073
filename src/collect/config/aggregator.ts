import { UsageError } from '../../model/errors.js';
import { required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import type { InputOf } from '../aws/operations/index.js';

/** Accounts whose data reaches an aggregator, and what stops that of others. */
export interface AggregatorSources {
  /** All Regions, or those named. */
  readonly regions: 'all' | readonly string[];
  /** Accounts that it names itself; undefined for an aggregator of the organization. */
  readonly accounts: readonly string[] | undefined;
  /** By account: why data of it, or of one of its Regions, is not up to date. */
  readonly failures: ReadonlyMap<string, string>;
}

/**
 * What an aggregator takes in.
 *
 * @throws UsageError when there is no such aggregator, or the caller may not see it
 */
export async function describeAggregator(context: Context, name: string): Promise<AggregatorSources> {
  const { aws, sessions, region } = context;
  const described = await aws.tryCall(
    sessions.base,
    'config:DescribeConfigurationAggregators',
    { ConfigurationAggregatorNames: [name] },
    { region, resource: name },
    (output) => required(output.ConfigurationAggregators, 'ConfigurationAggregators')[0],
  );
  if ('failure' in described) {
    throw new UsageError(
      `Aggregator '${name}' could not be read in account ${sessions.base.accountId}, ${region}: ${described.failure.message}`,
      'Run where the aggregator is, and allow what trailproof permissions --source config prints.',
    );
  }
  const aggregator = described.it.state === 'known' ? described.it.value : undefined;
  if (aggregator === undefined) {
    throw new UsageError(
      `There is no aggregator '${name}' in account ${sessions.base.accountId}, Region ${region}.`,
      'aws configservice describe-configuration-aggregators lists them; --region chooses the Region.',
    );
  }
  const organization = aggregator.OrganizationAggregationSource;
  const accounts = aggregator.AccountAggregationSources ?? [];
  const sources = organization === undefined ? accounts : [organization];
  const regions = sources.some((it) => it.AllAwsRegions === true)
    ? 'all'
    : [...new Set(sources.flatMap((it) => it.AwsRegions ?? []))].toSorted();
  return {
    regions,
    accounts: organization === undefined ? accounts.flatMap((it) => it.AccountIds ?? []).toSorted() : undefined,
    failures: await readFailures(context, name),
  };
}

async function readFailures(context: Context, name: string): Promise<ReadonlyMap<string, string>> {
  const input: InputOf<'config:DescribeConfigurationAggregatorSourcesStatus'> = {
    ConfigurationAggregatorName: name,
    UpdateStatus: ['FAILED', 'OUTDATED'],
    Limit: 100,
  };
  const { it } = await context.aws.askAll(
    context.sessions.base,
    'config:DescribeConfigurationAggregatorSourcesStatus',
    input,
    { region: context.region, resource: name },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.AggregatedSourceStatusList, 'AggregatedSourceStatusList'),
    },
  );
  const failures = new Map<string, string[]>();
  for (const status of it.state === 'known' ? it.value : []) {
    const id = status.SourceId ?? '';
    const told = [status.AwsRegion, status.LastUpdateStatus, status.LastErrorMessage].filter(
      (text) => text !== undefined,
    );
    failures.set(id, [...(failures.get(id) ?? []), told.join(' ')]);
  }
  return new Map([...failures].map(([id, texts]) => [id, texts.toSorted().join('; ')]));
}
