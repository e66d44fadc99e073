import type { Account, EventBus } from '../../model/inventory.js';
import { required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { oneInEachRegion, type Owned } from './in-each-region.js';

/** The default event bus of each enabled Region of an account: one call for a Region. */
export async function readEventBuses(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<Owned<EventBus>> {
  return await oneInEachRegion(context, regions, async (region) => await readEventBus(context, session, region));
}

async function readEventBus(context: Context, session: Session, region: string): Promise<EventBus> {
  const { accountId } = session;
  const arn = `arn:${context.partition}:events:${region}:${accountId}:event-bus/default`;
  // Without a name: the default event bus.
  const { it, evidence } = await context.aws.ask(
    session,
    'events:DescribeEventBus',
    {},
    { region, resource: arn },
    (output) => required(output.Arn, 'Arn'),
  );
  return { arn, name: 'default', accountId, region, busArn: it, evidence };
}
