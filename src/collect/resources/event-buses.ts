import type { Account, EventBus } from '../../model/inventory.js';
import { alwaysEnabledRegions } from '../../model/identifiers.js';
import { known, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { enabledRegions } from './regions.js';

export interface OwnedEventBuses {
  /** Their ARNs; unknown when the Regions could not be listed: then there may be more. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly EventBus[];
}

/** The default event bus of each enabled Region of an account: one call for a Region. */
export async function readEventBuses(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<OwnedEventBuses> {
  const enabled = enabledRegions(regions) ?? alwaysEnabledRegions(context.partition);
  const found = await Promise.all(enabled.map((region) => readEventBus(context, session, region)));
  return { arns: regions.state === 'unknown' ? regions : known(found.map(({ arn }) => arn).toSorted()), found };
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
