import type { SubscriptionFilter } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** An item of DescribeSubscriptionFilters, as far as it is used. */
export interface RawSubscriptionFilter {
  readonly filterName?: string | undefined;
  readonly filterPattern?: string | undefined;
  readonly destinationArn?: string | undefined;
  readonly applyOnTransformedLogs?: boolean | undefined;
  readonly fieldSelectionCriteria?: string | undefined;
}

export function normalizeSubscriptionFilter(raw: RawSubscriptionFilter): SubscriptionFilter {
  return defined({
    name: required(raw.filterName, 'filterName'),
    // An empty pattern, which AWS may leave out, matches every event.
    pattern: raw.filterPattern ?? '',
    destinationArn: required(raw.destinationArn, 'destinationArn'),
    applyOnTransformedLogs: raw.applyOnTransformedLogs ?? false,
    fieldSelectionCriteria: optionalText(raw.fieldSelectionCriteria),
  });
}
