import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, textIn, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { isDelegatedAdministrator, organizationOf } from '../world/index-world.js';
import { regionsOf } from '../world/regions.js';
import type { WorldAccount } from '../world/world.js';
import type { Call, Service } from './call.js';
import { pageOf } from './page.js';

export const accountManagement: Service = {
  name: 'account',
  operations: { ListRegions: { action: 'account:ListRegions', isPaged: true, answer: listRegions } },
};

function listRegions(call: Call): HttpAnswer {
  const { input, index } = call;
  const size = numberIn(input, 'MaxResults') ?? 20;
  if (!(size >= 1 && size <= 50)) throw invalid('MaxResults must be between 1 and 50.');
  const wanted = textsIn(input, 'RegionOptStatusContains') ?? [];
  const regions = regionsOf(index.world, askedAccount(call)).filter(
    (region) => wanted.length === 0 || wanted.includes(region.status),
  );
  const page = pageOf(call, regions, {
    token: textIn(input, 'NextToken'),
    size,
    badToken: () => invalid('The pagination token is invalid.'),
  });
  return jsonAnswer({
    Regions: page.items.map((region) => ({ RegionName: region.name, RegionOptStatus: region.status })),
    NextToken: page.next,
  });
}

/** Other accounts may be asked about from the management account and delegated administrators, with trusted access. */
function askedAccount(call: Call): WorldAccount {
  const { caller, index } = call;
  const asked = textIn(call.input, 'AccountId');
  const account = index.accounts.get(asked ?? caller.accountId);
  if (asked === undefined && account !== undefined) return account;
  const organization = organizationOf(index, caller.accountId);
  const isManagement = organization?.managementAccountId === caller.accountId;
  const mayAsk =
    organization !== undefined &&
    organization.trustedServices.includes('account.amazonaws.com') &&
    (isManagement || isDelegatedAdministrator(organization, caller.accountId, 'account.amazonaws.com'));
  // The management account must leave its own id out.
  if (!mayAsk || account === undefined || (isManagement && asked === caller.accountId)) {
    const message = `User: ${caller.arn} is not authorized to perform: account:ListRegions`;
    throw new ServiceError(
      403,
      'AccessDeniedException',
      `${message} (Your organization must first enable trusted access)`,
    );
  }
  if (organizationOf(index, account.id) !== undefined) return account;
  throw new ServiceError(403, 'AccessDeniedException', `Account ${account.id} is not in your organization.`);
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'ValidationException', message);
}
