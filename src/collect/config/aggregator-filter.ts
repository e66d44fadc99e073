import type { ConfigurationAggregator } from '@aws-sdk/client-config-service';
import type { Unknown } from '../../model/known.js';
import type { ItemType } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

/** Why what is recorded of a type does not reach an aggregator; undefined: it does. */
export type HiddenBy = (type: ItemType) => Unknown | undefined;

/**
 * What an aggregator's filters keep out: with INCLUDE only the types that it lists are taken in, and only what the
 * service-linked recorders of the services that it lists recorded.
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_AggregatorFilters.html
 */
export function hiddenBy(
  context: Context,
  name: string,
  filters: ConfigurationAggregator['AggregatorFilters'],
): HiddenBy {
  const types = filters?.ResourceType?.Value ?? [];
  const services = filters?.ServicePrincipal?.Value ?? [];
  const kinds: readonly (string | undefined)[] = [filters?.ResourceType?.Type, filters?.ServicePrincipal?.Type];
  const unknownKind = kinds.find((it) => it !== undefined && it !== 'INCLUDE');
  const why = (type: ItemType): string | undefined => {
    if (unknownKind !== undefined) return `is of a kind that is not known, ${unknownKind}: ${type} may be missing`;
    if (types.length > 0 && !types.includes(type)) return `takes in ${types.toSorted().join(', ')} only, not ${type}`;
    if (services.length === 0) return undefined;
    return `takes in only what the recorders of ${services.toSorted().join(', ')} record: ${type} that the accounts' own recorders record may be missing`;
  };
  return (type) => {
    const text = why(type);
    if (text === undefined) return undefined;
    const { sessions, region, aws } = context;
    const message = `Aggregator ${name} has a filter: it ${text}. Name an aggregator without one with --aggregator.`;
    return aws.settings.ledger.addGap(
      {
        call: 'config:DescribeConfigurationAggregators',
        accountId: sessions.base.accountId,
        region,
        resource: `${name} ${type}`,
      },
      { reason: 'not-collected', message },
      new Date(aws.settings.clock.now()),
    );
  };
}
