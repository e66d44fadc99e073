import type { Account, SecurityHub } from '../../model/inventory.js';
import { required } from '../../normalize/index.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { oneInEachRegion, type Owned } from './in-each-region.js';

/**
 * Security Hub in each enabled Region of an account, on or off: one call for a Region. Its ARN is the one that it has
 * where it is on.
 */
export async function readSecurityHubs(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<Owned<SecurityHub>> {
  return await oneInEachRegion(context, regions, async (region) => await readSecurityHub(context, session, region));
}

async function readSecurityHub(context: Context, session: Session, region: string): Promise<SecurityHub> {
  const { accountId } = session;
  const arn = `arn:${context.partition}:securityhub:${region}:${accountId}:hub/default`;
  const place = { region, resource: arn };
  const answer = await context.aws.tryCall(session, call, {}, place, (output) => required(output.HubArn, 'HubArn'));
  const { it, evidence } =
    'failure' in answer ? context.aws.gap(session, call, place, explained(answer.failure, region)) : answer;
  return { arn, name: 'default', accountId, region, hubArn: it, evidence };
}

const call = 'securityhub:DescribeHub';

/**
 * Where AWS offers no Security Hub its endpoint has no address. So it is where names are not resolved: that there is
 * none is for whoever knows to say.
 */
function explained(failure: Failure, region: string): Failure {
  if (failure.code !== 'ENOTFOUND') return failure;
  const list = 'https://docs.aws.amazon.com/general/latest/gr/sechub.html';
  const todo = `If ${list} does not list ${region}, name the Region in the parameter withoutSecurityHub of security-hub-is-enabled, and it is not asked there.`;
  return { ...failure, message: `${failure.message}: Security Hub CSPM has no address in ${region}. ${todo}` };
}
