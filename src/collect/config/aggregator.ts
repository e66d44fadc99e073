import { UsageError } from '../../model/errors.js';
import { required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import { readFailures, type SourceFailures } from './aggregator-failures.js';
import { hiddenBy, type HiddenBy } from './aggregator-filter.js';

/** Accounts whose data reaches an aggregator, and what stops that of others. */
export interface AggregatorSources {
  /** All Regions, or those named. */
  readonly regions: 'all' | readonly string[];
  /** Accounts that it names itself; undefined for an aggregator of the organization. */
  readonly accounts: readonly string[] | undefined;
  /** Which of it AWS says is not up to date. */
  readonly failures: SourceFailures;
  readonly hides: HiddenBy;
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
    hides: hiddenBy(context, name, aggregator.AggregatorFilters),
  };
}
