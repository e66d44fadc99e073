import type { LifecycleRule } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalTime } from './text.js';

interface RawFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: object | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
  readonly And?:
    | {
        readonly Prefix?: string | undefined;
        readonly Tags?: readonly object[] | undefined;
        readonly ObjectSizeGreaterThan?: number | undefined;
        readonly ObjectSizeLessThan?: number | undefined;
      }
    | undefined;
}

interface RawTransition {
  readonly Days?: number | undefined;
  readonly Date?: Date | undefined;
  readonly StorageClass?: string | undefined;
}

/** A rule of GetBucketLifecycleConfiguration. */
export interface RawLifecycleRule {
  readonly ID?: string | undefined;
  readonly Status?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Filter?: RawFilter | undefined;
  readonly Expiration?: { readonly Days?: number | undefined; readonly Date?: Date | undefined } | undefined;
  readonly NoncurrentVersionExpiration?:
    | { readonly NoncurrentDays?: number | undefined; readonly NewerNoncurrentVersions?: number | undefined }
    | undefined;
  readonly Transitions?: readonly RawTransition[] | undefined;
}

/** The old form of a rule has its prefix at top level, the new one in a filter. */
export function normalizeLifecycleRule(raw: RawLifecycleRule): LifecycleRule {
  const { Filter: filter, Expiration: expiration, NoncurrentVersionExpiration: noncurrent } = raw;
  const and = filter?.And;
  return defined({
    id: raw.ID ?? '',
    isEnabled: required(raw.Status, 'Status') === 'Enabled',
    prefix: and?.Prefix ?? filter?.Prefix ?? raw.Prefix ?? '',
    expirationDays: expiration?.Days,
    expirationDate: optionalTime(expiration?.Date, 'Expiration.Date'),
    noncurrentDays: noncurrent?.NoncurrentDays,
    newerNoncurrentVersions: noncurrent?.NewerNoncurrentVersions,
    ...transitionsOf(raw),
    requiresTags: filter?.Tag !== undefined || (and?.Tags ?? []).length > 0,
    objectSizeGreaterThan: and?.ObjectSizeGreaterThan ?? filter?.ObjectSizeGreaterThan,
    objectSizeLessThan: and?.ObjectSizeLessThan ?? filter?.ObjectSizeLessThan,
  });
}

/** A date moves on one day whatever is older then. */
function transitionsOf({ Transitions: raw = [] }: RawLifecycleRule): Partial<LifecycleRule> {
  if (raw.length === 0) return {};
  const days = raw.map((it) => it.Days).filter((it) => it !== undefined);
  return {
    ...(days.length === 0 ? {} : { transitionDays: Math.min(...days) }),
    // One without a class opens only what asks for it.
    transitions: raw.map((it) => ({ storageClass: it.StorageClass ?? '', days: it.Days ?? 0 })),
  };
}
