import type { DeliveryTarget } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';

/**
 * The deliveries of an account and Region, by the ARN of what logs.
 *
 * @param logTypes as the sources name their logs
 */
export async function readDeliveries(
  context: Context,
  session: Session,
  region: string,
  logTypes: readonly string[],
): Promise<{
  readonly it: Known<ReadonlyMap<string, readonly DeliveryTarget[]>>;
  readonly evidence: Readonly<Record<string, string>>;
}> {
  const input = { limit: 50 };
  const [sources, deliveries] = await Promise.all([
    context.aws.askAll(
      session,
      'logs:DescribeDeliverySources',
      input,
      { region },
      {
        token: (output) => output.nextToken,
        next: (nextToken) => ({ ...input, nextToken }),
        items: (output) =>
          required(output.deliverySources, 'deliverySources').map((it) => ({
            name: required(it.name, 'name'),
            arns: it.resourceArns ?? [],
            isActive: it.status !== 'INACTIVE' && it.logType !== undefined && logTypes.includes(it.logType),
          })),
      },
    ),
    context.aws.askAll(
      session,
      'logs:DescribeDeliveries',
      input,
      { region },
      {
        token: (output) => output.nextToken,
        next: (nextToken) => ({ ...input, nextToken }),
        items: (output) =>
          required(output.deliveries, 'deliveries').map((it) => ({
            id: required(it.id, 'id'),
            source: required(it.deliverySourceName, 'deliverySourceName'),
            through: required(it.deliveryDestinationArn, 'deliveryDestinationArn'),
            type: required(it.deliveryDestinationType, 'deliveryDestinationType'),
          })),
      },
    ),
  ]);
  const evidence = { ...sources.evidence, ...deliveries.evidence };
  if (sources.it.state !== 'known') return { it: sources.it, evidence };
  if (deliveries.it.state !== 'known') return { it: deliveries.it, evidence };
  const byArn = new Map<string, DeliveryTarget[]>();
  for (const { name, arns, isActive } of sources.it.value) {
    const targets = deliveries.it.value.flatMap(({ source, ...target }) =>
      source === name && isActive ? [target] : [],
    );
    for (const arn of arns) byArn.set(arn, [...(byArn.get(arn) ?? []), ...targets].toSorted(byId));
  }
  return { it: known(byArn), evidence };
}

function byId({ id: a }: DeliveryTarget, { id: b }: DeliveryTarget): number {
  return byText(a, b);
}
