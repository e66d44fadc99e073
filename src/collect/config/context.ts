import { UsageError } from '../../model/errors.js';
import { Aws } from '../aws/aws-call.js';
import { everyAccessPoint } from '../aws/operations/choices.js';
import { identify } from '../aws/identity.js';
import { limiter, type Context } from '../run/context.js';
import type { ScopeOptions } from '../organization/scope.js';
import type { Started } from '../run/start.js';
import { Sessions } from '../aws/sessions.js';
import { NotRecorded } from './not-recorded.js';

interface Entry {
  readonly roleName: string;
  readonly externalId: string | undefined;
  readonly concurrency: number;
  /** Each account's recorders are judged, too. */
  readonly asksRecorders: boolean;
}

/** The means to ask AWS Config, as the caller. */
export async function configContext(
  { settings, base, region }: Started,
  { roleName, externalId, concurrency, asksRecorders }: Entry,
) {
  const at = new Date(settings.clock.now());
  const aws = new Aws(settings);
  const identity = await identify(aws, base, region);
  const notRecorded = new NotRecorded(settings.ledger, at);
  const { partition } = identity;
  const context: Context = {
    aws,
    sessions: new Sessions(aws, base.as(identity.accountId), { partition, region, roleName, externalId }),
    partition,
    region,
    limit: limiter(concurrency),
    asksRecorders,
    asksFullAccess: aws.isSelected('iam:ListEntitiesForPolicy'),
    asksTrailRights: aws.isSelected('iam:GetAccountAuthorizationDetails'),
    asksEveryAccessPoint: settings.calls?.has(everyAccessPoint) === true,
    // AWS Config keeps the delivery status of a flow log as it was when the log last changed.
    chosen: new Set(),
    notAsked: {
      regions: notRecorded.gap('account:ListRegions'),
      publicAccessBlock: notRecorded.gap('s3control:GetPublicAccessBlock'),
    },
  };
  return { context, identity, notRecorded, at };
}

/** Without an aggregator there is one account: a scope that names others was meant for something else. */
export function checkAlone(scope: ScopeOptions, accountId: string): void {
  if ([...scope.accounts, ...scope.excludedAccounts, ...scope.organizationalUnits].every((id) => id === accountId)) {
    return;
  }
  throw new UsageError(
    `Without an aggregator, --source config reads account ${accountId} alone: there is nothing to choose from.`,
    'Leave out --account, --exclude-account and --ou, or name an aggregator with --aggregator.',
  );
}
