import type { EventDataStoreDetails } from '../model/inventory.js';
import { normalizeAdvancedEventSelectors, type RawAdvancedEventSelector } from './event-selectors.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** GetEventDataStore's answer, as far as it is used. */
export interface RawEventDataStore {
  readonly Status?: string | undefined;
  readonly AdvancedEventSelectors?: readonly RawAdvancedEventSelector[] | undefined;
  readonly MultiRegionEnabled?: boolean | undefined;
  readonly OrganizationEnabled?: boolean | undefined;
  readonly TerminationProtectionEnabled?: boolean | undefined;
  readonly RetentionPeriod?: number | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly BillingMode?: string | undefined;
  /** Paths of what AWS gave and the SDK does not know. */
  readonly unknownMembers?: readonly string[] | undefined;
}

/** What decides on which events it records is always told; the rest opens only what needs it. */
export function normalizeEventDataStore(raw: RawEventDataStore): EventDataStoreDetails {
  return defined({
    status: required(raw.Status, 'Status'),
    multiRegionEnabled: required(raw.MultiRegionEnabled, 'MultiRegionEnabled'),
    organizationEnabled: required(raw.OrganizationEnabled, 'OrganizationEnabled'),
    terminationProtectionEnabled: raw.TerminationProtectionEnabled,
    retentionPeriod: raw.RetentionPeriod,
    kmsKeyId: optionalText(raw.KmsKeyId),
    billingMode: optionalText(raw.BillingMode),
    advancedEventSelectors: normalizeAdvancedEventSelectors(
      required(raw.AdvancedEventSelectors, 'AdvancedEventSelectors'),
      raw.unknownMembers,
    ),
  });
}
