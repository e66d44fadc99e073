import { absent, known, type Known } from '../model/known.js';
import { required } from './malformed-answer.js';
import { optionalText } from './text.js';

interface Behavior {
  readonly RealtimeLogConfigArn?: string | undefined;
}

/** GetDistributionConfig's answer, as far as it is used. */
export interface RawDistributionConfig {
  readonly Logging?: { readonly Enabled?: boolean | undefined; readonly Bucket?: string | undefined } | undefined;
  readonly DefaultCacheBehavior?: Behavior | undefined;
  readonly CacheBehaviors?:
    | { readonly Quantity?: number | undefined; readonly Items?: readonly Behavior[] | undefined }
    | undefined;
}

export interface DistributionConfig {
  /** Of standard logging (legacy). */
  readonly bucket: string | undefined;
  /** ARN of the real-time log configuration of each cache behavior; undefined: it has none. */
  readonly realTimeConfigs: readonly (string | undefined)[];
}

/** Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
export function normalizeDistributionConfig(raw: RawDistributionConfig): DistributionConfig {
  const { Logging: logging, CacheBehaviors: others } = raw;
  const behaviors = [
    required(raw.DefaultCacheBehavior, 'DefaultCacheBehavior'),
    ...((others?.Quantity ?? 0) === 0 ? [] : required(others?.Items, 'CacheBehaviors.Items')),
  ];
  return {
    bucket: logging?.Enabled === true ? required(optionalText(logging.Bucket), 'Logging.Bucket') : undefined,
    realTimeConfigs: behaviors.map((it) => optionalText(it.RealtimeLogConfigArn)),
  };
}

/**
 * The least sampling rate of the real-time logs of a distribution's cache behaviors, in percent.
 *
 * @param rates one for each cache behavior; absent: it has no real-time logs
 * @returns absent where a behavior has none, whatever else is unknown
 */
export function leastSampling(rates: readonly Known<number>[]): Known<number> {
  if (rates.length === 0 || rates.some(({ state }) => state === 'absent')) return absent;
  const unread = rates.find((it) => it.state === 'unknown');
  if (unread !== undefined) return unread;
  return known(Math.min(...rates.flatMap((it) => (it.state === 'known' ? [it.value] : []))));
}
