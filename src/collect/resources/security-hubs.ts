import type { Account, SecurityHub } from '../../model/inventory.js';
import { alwaysEnabledRegions } from '../../model/identifiers.js';
import { known, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { enabledRegions } from './regions.js';

export interface OwnedSecurityHubs {
  /** Their ARNs; unknown when the Regions could not be listed: then there may be more. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly SecurityHub[];
}

/**
 * Security Hub in each enabled Region of an account, on or off: one call for a Region. Its ARN is the one that it has
 * where it is on.
 */
export async function readSecurityHubs(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<OwnedSecurityHubs> {
  const enabled = enabledRegions(regions) ?? alwaysEnabledRegions(context.partition);
  const found = await Promise.all(enabled.map((region) => readSecurityHub(context, session, region)));
  return { arns: regions.state === 'unknown' ? regions : known(found.map(({ arn }) => arn).toSorted()), found };
}

async function readSecurityHub(context: Context, session: Session, region: string): Promise<SecurityHub> {
  const { accountId } = session;
  const arn = `arn:${context.partition}:securityhub:${region}:${accountId}:hub/default`;
  const { it, evidence } = await context.aws.ask(
    session,
    'securityhub:DescribeHub',
    {},
    { region, resource: arn },
    (output) => required(output.HubArn, 'HubArn'),
  );
  return { arn, name: 'default', accountId, region, hubArn: it, evidence };
}
