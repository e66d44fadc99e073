import type { Trail, TrailStatus } from '../model/inventory.js';
import { doubt, listOf, sure } from './three-valued.js';
import type { OpenList, Tri } from './values.js';

/**
 * The Regions, besides its home Region, in which the owner of a multi-Region trail is told that nothing can be delivered.
 * Those that were not asked are left out; those that gave no status are doubtful.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 *
 * @param silent notes that a Region knows no such trail; gives the gap's id
 */
export function failingRegions(
  { regionalStatuses = [] }: Pick<Trail, 'regionalStatuses'>,
  silent: (region: string) => string,
): OpenList<string> {
  return listOf(
    regionalStatuses.map(({ region, status }) => ({
      value: region,
      isMember: isFailing(status, () => silent(region)),
    })),
  );
}

type Status = NonNullable<Trail['regionalStatuses']>[number]['status'];

function isFailing(status: Status, silent: () => string): Tri<boolean> {
  switch (status.state) {
    case 'known':
      return sure(hasError(status.value));
    case 'absent':
      return doubt([silent()]);
    case 'unknown':
      return doubt([status.gap]);
  }
}

function hasError({ latestDeliveryError, latestDigestDeliveryError }: TrailStatus): boolean {
  return latestDeliveryError !== undefined || latestDigestDeliveryError !== undefined;
}
