import { parseArn } from '../../model/identifiers.js';
import type { DeliveryTarget, Vpc } from '../../model/inventory.js';
import { absent, known, mapKnown, unknown, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';

interface Resolved {
  /** Undefined: the destination names no resource. */
  readonly it: Known<string | undefined>;
  readonly evidence: Vpc['evidence'];
}

/**
 * Where delivery destinations of CloudWatch Logs lead to: those of one account and Region are listed together, in the
 * account that has them, which may be another than the one that logs.
 *
 * @param arns of delivery destinations
 * @returns by ARN the bucket, log group or stream behind it; absent: there is no such destination
 */
export async function readDeliveryDestinations(
  context: Context,
  arns: readonly string[],
  organizationAccounts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Resolved>> {
  const places = new Map<string, string[]>();
  for (const arn of new Set(arns)) {
    const { accountId = '', region = '' } = parseArn(arn) ?? {};
    const place = `${accountId} ${region}`;
    places.set(place, [...(places.get(place) ?? []), arn]);
  }
  const sorted = [...places].toSorted(([a], [b]) => byText(a, b));
  const read = await context.limit(sorted, async ([place, all]) => {
    const [accountId = '', region = ''] = place.split(' ');
    const list = await listIn(context, { accountId, region }, organizationAccounts);
    return all.map((arn): readonly [string, Resolved] => {
      const { it, evidence } = list;
      if (it.state !== 'known') return [arn, { it, evidence }];
      const found = it.value.find((one) => one.arn === arn);
      return [arn, { it: found === undefined ? absent : known(found.resource), evidence }];
    });
  });
  return new Map(read.flat());
}

interface Destination {
  readonly arn: string;
  readonly resource: string | undefined;
}

async function listIn(
  context: Context,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  organizationAccounts: ReadonlySet<string>,
): Promise<{ readonly it: Known<readonly Destination[]>; readonly evidence: Vpc['evidence'] }> {
  const call = 'logs:DescribeDeliveryDestinations';
  const { ledger, clock } = context.aws.settings;
  // No account outside of the organization is ever entered.
  if (!organizationAccounts.has(accountId)) {
    const message = `Delivery destinations of account ${accountId}, which is not of the organization, are not asked for.`;
    const gap = ledger.addGap({ call, accountId, region }, { reason: 'not-collected', message }, new Date(clock.now()));
    return { it: gap, evidence: {} };
  }
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { it: entered.gap, evidence: {} };
  const input = { limit: 50 };
  return await context.aws.askAll(
    entered.session,
    call,
    input,
    { region },
    {
      token: (output) => output.nextToken,
      next: (nextToken) => ({ ...input, nextToken }),
      items: (output) =>
        required(output.deliveryDestinations, 'deliveryDestinations').map(
          ({ arn, deliveryDestinationConfiguration: to }): Destination => ({
            arn: required(arn, 'arn'),
            // One of X-Ray has none.
            resource: to?.destinationResourceArn,
          }),
        ),
    },
  );
}

/** A delivery with what stands behind its destination, as far as it could be read. */
export function withResource(target: DeliveryTarget, resolved: Resolved | undefined): DeliveryTarget {
  if (resolved === undefined) return target;
  switch (resolved.it.state) {
    case 'known':
      return resolved.it.value === undefined ? target : { ...target, destination: withoutFolder(resolved.it.value) };
    case 'absent':
      return { ...target, destinationFound: absent };
    case 'unknown':
      return { ...target, destinationFound: unknown(resolved.it.gap) };
  }
}

/** A bucket may be named with a folder in it, a log group with `:*` behind it. */
function withoutFolder(arn: string): string {
  return arn.replace(/^(arn:[\w-]+:s3:::[^/]+)\/.*$/, '$1').replace(/^(arn:[\w-]+:logs:.*:log-group:[^:]+):\*$/, '$1');
}

export function deliveriesIn(targets: Known<readonly DeliveryTarget[]> | undefined): readonly DeliveryTarget[] {
  return targets?.state === 'known' ? targets.value : [];
}

export function mapDeliveries(
  targets: Known<readonly DeliveryTarget[]> | undefined,
  change: (it: DeliveryTarget) => DeliveryTarget,
): { readonly deliveryTargets?: Known<readonly DeliveryTarget[]> } {
  return targets === undefined ? {} : { deliveryTargets: mapKnown(targets, (all) => all.map(change)) };
}
