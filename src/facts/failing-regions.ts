import type { Trail, TrailStatus } from '../model/inventory.js';
import { doubt, listOf, sure } from './three-valued.js';
import type { OpenList, Tri } from './values.js';

/** Notes on a Region, each of which gives the gap's id. */
export interface RegionNotes {
  /** It knows no such trail. */
  readonly unknown: (region: string) => string;
  /** The digest files of each hour came no more, and no error is told. */
  readonly silent: (region: string, since: string) => string;
}

const maxDigestSilence = 3 * 60 * 60 * 1000;

/**
 * The Regions, besides its home Region, in which the owner of a multi-Region trail is told that it is stopped, or that
 * nothing can be delivered. Those that were not asked are left out; doubtful are those that gave no status, and those in
 * which digest files stopped coming: they come each hour, events or not, and no time-out is ever told.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function failingRegions(
  { regionalStatuses = [], description, status: home }: Pick<Trail, 'regionalStatuses' | 'description' | 'status'>,
  capturedAt: string,
  notes: RegionNotes,
): OpenList<string> {
  const validates = description.state === 'known' && description.value.logFileValidationEnabled;
  const logs = home.state !== 'known' || home.value.isLogging;
  const isMember = ({ region, status }: RegionalStatus): Tri<boolean> => {
    if (status.state === 'unknown') return doubt([status.gap]);
    if (status.state === 'absent') return doubt([notes.unknown(region)]);
    if (hasError(status.value) || (logs && !status.value.isLogging)) return sure(true);
    const { latestDigestDeliveryTime: digest } = status.value;
    const isSilent =
      validates && digest !== undefined && Date.parse(capturedAt) - Date.parse(digest) > maxDigestSilence;
    return isSilent ? doubt([notes.silent(region, digest)]) : sure(false);
  };
  return listOf(regionalStatuses.map((it) => ({ value: it.region, isMember: isMember(it) })));
}

type RegionalStatus = NonNullable<Trail['regionalStatuses']>[number];

function hasError({ latestDeliveryError, latestDigestDeliveryError }: TrailStatus): boolean {
  return latestDeliveryError !== undefined || latestDigestDeliveryError !== undefined;
}
