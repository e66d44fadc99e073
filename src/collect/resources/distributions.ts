import type { Distribution, DistributionLogging } from '../../model/inventory.js';
import { known, mapKnown, type Known } from '../../model/known.js';
import { leastSampling, normalizeDistributionConfig, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import { readDeliveries } from './deliveries.js';
import type { Context } from '../run/context.js';

export interface OwnedDistributions {
  /** ARNs; unknown when their list could not be read to its end. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly Distribution[];
}

/**
 * Where CloudFront, and the delivery of its logs, is set up. In other partitions there is none.
 * Source: https://docs.aws.amazon.com/general/latest/gr/cf_region.html
 */
const homes: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' };

/**
 * The CloudFront distributions of an account with their logging: a call for the list, one for each, one for each
 * real-time log configuration, and two for what CloudWatch Logs delivers, where there is a distribution.
 */
export async function readDistributions(context: Context, session: Session): Promise<OwnedDistributions> {
  const region = homes[context.partition];
  if (region === undefined) return { arns: known([]), found: [] };
  const list = await listDistributions(context, session, region);
  const summaries = list.it.state === 'known' ? list.it.value : list.partial;
  const arns = mapKnown(list.it, (all) => all.map(({ arn }) => arn).toSorted());
  if (summaries.length === 0) return { arns, found: [] };
  const deliveries = await readDeliveries(context, session, region, ['ACCESS_LOGS']);
  const sampling = new Map<string, Promise<Sampling>>();
  const found = await Promise.all(
    summaries.map(async ({ arn, name, isEnabled }): Promise<Distribution> => {
      const logging = await readLogging(context, session, { region, resource: arn }, name, sampling);
      return {
        arn,
        name,
        accountId: session.accountId,
        region: 'global',
        isEnabled,
        logging: logging.it,
        deliveries: mapKnown(deliveries.it, (all) => (all.get(arn) ?? []).map(({ id }) => id)),
        deliveryTargets: mapKnown(deliveries.it, (all) => all.get(arn) ?? []),
        evidence: { ...list.evidence, ...deliveries.evidence, ...logging.evidence },
      };
    }),
  );
  return { arns, found };
}

async function listDistributions(context: Context, session: Session, region: string) {
  return await context.aws.askAll(
    session,
    'cloudfront:ListDistributions',
    {},
    { region },
    {
      token: ({ DistributionList: list }) => (list?.IsTruncated === true ? list.NextMarker : undefined),
      next: (Marker) => ({ Marker }),
      items: ({ DistributionList: list }) =>
        required(list?.Quantity, 'Quantity') === 0
          ? []
          : required(list?.Items, 'Items').map((it) => ({
              arn: required(it.ARN, 'ARN'),
              name: required(it.Id, 'Id'),
              isEnabled: required(it.Enabled, 'Enabled'),
            })),
    },
  );
}

type Place = { readonly region: string; readonly resource: string };
type Evidence = Readonly<Record<string, string>>;
type Sampling = { readonly it: Known<number>; readonly evidence: Evidence };

async function readLogging(
  context: Context,
  session: Session,
  place: Place,
  Id: string,
  sampling: Map<string, Promise<Sampling>>,
): Promise<{ readonly it: Known<DistributionLogging>; readonly evidence: Evidence }> {
  const config = await context.aws.ask(session, 'cloudfront:GetDistributionConfig', { Id }, place, (output) =>
    normalizeDistributionConfig(required(output.DistributionConfig, 'DistributionConfig')),
  );
  if (config.it.state !== 'known') return { it: config.it, evidence: config.evidence };
  const { bucket, realTimeConfigs } = config.it.value;
  // One behavior without real-time logs decides; how the others sample need not be known.
  const arns = realTimeConfigs.flatMap((arn) => arn ?? []);
  const isWhole = arns.length === realTimeConfigs.length;
  const rates = isWhole
    ? await Promise.all(arns.map((arn) => samplingOf(context, session, place.region, arn, sampling)))
    : [];
  const realTimeSampling = leastSampling(rates.map(({ it }) => it));
  return {
    it: known({ ...(bucket === undefined ? {} : { bucket }), realTimeSampling }),
    evidence: Object.assign({ ...config.evidence }, ...rates.map(({ evidence }) => evidence)),
  };
}

/** Each configuration is read once, however many behaviors use it. */
async function samplingOf(
  context: Context,
  session: Session,
  region: string,
  ARN: string,
  read: Map<string, Promise<Sampling>>,
): Promise<Sampling> {
  const place = { region, resource: ARN };
  const reading =
    read.get(ARN) ??
    context.aws.ask(session, 'cloudfront:GetRealtimeLogConfig', { ARN }, place, (output) =>
      required(output.RealtimeLogConfig?.SamplingRate, 'SamplingRate'),
    );
  read.set(ARN, reading);
  return await reading;
}
