import type { Account, DeliveryTarget, LoadBalancer, LoadBalancerLogging } from '../../model/inventory.js';
import { known, mapKnown } from '../../model/known.js';
import { normalizeAttributes, normalizeClassicAttributes, required } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { readDeliveries } from './deliveries.js';
import { type InRegion, type Owned, ownedInRegions } from './in-each-region.js';

/**
 * The load balancers of an account in each enabled Region, with their access logs: two calls for a Region, one for each
 * load balancer, one more for each Network Load Balancer, and two for what CloudWatch Logs delivers, where there is any
 * but a Classic one.
 */
export async function readLoadBalancers(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<Owned<LoadBalancer>> {
  return await ownedInRegions(context, regions, async (region) => {
    const [current, classic] = await Promise.all([
      readCurrent(context, session, region),
      readClassic(context, session, region),
    ]);
    return {
      list: current.list.state === 'unknown' ? current.list : classic.list,
      found: [...current.found, ...classic.found],
    };
  });
}

/** As CloudWatch Logs names the access logs of each kind that it delivers. */
const logTypes = ['ALB_ACCESS_LOGS', 'NLB_ACCESS_LOGS'];

/** The kinds that have access logs. */
const logging: ReadonlySet<string> = new Set(['application', 'network']);

async function readCurrent(context: Context, session: Session, region: string): Promise<InRegion<LoadBalancer>> {
  const input = { PageSize: 400 };
  const list = await context.aws.askAll(
    session,
    'elbv2:DescribeLoadBalancers',
    input,
    { region },
    {
      token: (output) => output.NextMarker,
      next: (Marker) => ({ ...input, Marker }),
      items: (output) =>
        required(output.LoadBalancers, 'LoadBalancers').map((it) => ({
          arn: required(it.LoadBalancerArn, 'LoadBalancerArn'),
          name: required(it.LoadBalancerName, 'LoadBalancerName'),
          type: required(it.Type, 'Type'),
        })),
    },
  );
  const all = list.it.state === 'known' ? list.it.value : list.partial;
  const deliveries = all.some(({ type }) => logging.has(type))
    ? await readDeliveries(context, session, region, logTypes)
    : { it: known<ReadonlyMap<string, readonly DeliveryTarget[]>>(new Map()), evidence: {} };
  const found = await Promise.all(
    all.map(async ({ arn, name, type }): Promise<LoadBalancer> => {
      const [attributes, listeners] = await Promise.all([
        logging.has(type) ? readAttributes(context, session, region, arn) : none,
        type === 'network' ? readListeners(context, session, region, arn) : noTls,
      ]);
      return {
        arn,
        name,
        accountId: session.accountId,
        region,
        type,
        hasTlsListener: listeners.it,
        logging: attributes.it,
        deliveries: mapKnown(deliveries.it, (byArn) => (byArn.get(arn) ?? []).map(({ id }) => id)),
        deliveryTargets: mapKnown(deliveries.it, (byArn) => byArn.get(arn) ?? []),
        evidence: { ...list.evidence, ...deliveries.evidence, ...attributes.evidence, ...listeners.evidence },
      };
    }),
  );
  return { list: list.it, found };
}

/** A Gateway Load Balancer has no access logs to be turned on. */
const none: Answer<LoadBalancerLogging> = { it: known({}), evidence: {} };

/** Listeners of other kinds have other protocols. */
const noTls: Answer<boolean> = { it: known(false), evidence: {} };

async function readAttributes(
  context: Context,
  session: Session,
  region: string,
  arn: string,
): Promise<Answer<LoadBalancerLogging>> {
  return await context.aws.ask(
    session,
    'elbv2:DescribeLoadBalancerAttributes',
    { LoadBalancerArn: arn },
    { region, resource: arn },
    (output) => normalizeAttributes(required(output.Attributes, 'Attributes')),
  );
}

async function readListeners(
  context: Context,
  session: Session,
  region: string,
  arn: string,
): Promise<Answer<boolean>> {
  const input = { LoadBalancerArn: arn, PageSize: 400 };
  const list = await context.aws.askAll(
    session,
    'elbv2:DescribeListeners',
    input,
    { region, resource: arn },
    {
      token: (output) => output.NextMarker,
      next: (Marker) => ({ ...input, Marker }),
      items: (output) => required(output.Listeners, 'Listeners').map((it) => required(it.Protocol, 'Protocol')),
    },
  );
  // One is enough, whatever could not be read.
  const isThere = list.it.state !== 'known' && list.partial.includes('TLS');
  return { it: isThere ? known(true) : mapKnown(list.it, (all) => all.includes('TLS')), evidence: list.evidence };
}

/** Those of the first generation have an API of their own, which gives no ARNs. */
async function readClassic(context: Context, session: Session, region: string): Promise<InRegion<LoadBalancer>> {
  const { accountId } = session;
  const input = { PageSize: 400 };
  const list = await context.aws.askAll(
    session,
    'elb:DescribeLoadBalancers',
    input,
    { region },
    {
      token: (output) => output.NextMarker,
      next: (Marker) => ({ ...input, Marker }),
      items: (output) =>
        required(output.LoadBalancerDescriptions, 'LoadBalancerDescriptions').map((it) =>
          required(it.LoadBalancerName, 'LoadBalancerName'),
        ),
    },
  );
  const names = list.it.state === 'known' ? list.it.value : list.partial;
  const found = await Promise.all(
    names.map(async (name): Promise<LoadBalancer> => {
      const arn = `arn:${context.partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/${name}`;
      const attributes = await context.aws.ask(
        session,
        'elb:DescribeLoadBalancerAttributes',
        { LoadBalancerName: name },
        { region, resource: arn },
        (output) => normalizeClassicAttributes(required(output.LoadBalancerAttributes, 'LoadBalancerAttributes')),
      );
      return {
        arn,
        name,
        accountId,
        region,
        type: 'classic',
        hasTlsListener: known(false),
        logging: attributes.it,
        // CloudWatch Logs delivers nothing for them.
        deliveries: known([]),
        deliveryTargets: known([]),
        evidence: { ...list.evidence, ...attributes.evidence },
      };
    }),
  );
  return { list: list.it, found };
}
