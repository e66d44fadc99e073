import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { parseArn } from '../protocol/arn.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { isDelegatedAdministrator, organizationOf } from '../world/index-world.js';
import type { WorldEventDataStore } from '../world/resources.js';
import type { Call } from './call.js';
import { pageOf } from './page.js';

/** ARNs and names; since 2021 nothing else. */
export function listEventDataStores(call: Call): HttpAnswer {
  const size = numberIn(call.input, 'MaxResults') ?? 1000;
  if (!(size >= 1 && size <= 1000)) {
    throw new ServiceError(400, 'InvalidMaxResultsException', 'MaxResults must be between 1 and 1000.');
  }
  const page = pageOf(call, storesInRegion(call), {
    token: textIn(call.input, 'NextToken'),
    size,
    badToken: () => new ServiceError(400, 'InvalidNextTokenException', 'The pagination token is not valid.'),
  });
  return jsonAnswer({
    EventDataStores: page.items.map((store) => ({ EventDataStoreArn: store.arn, Name: store.name })),
    NextToken: page.next,
  });
}

/** By ARN, or by the UUID that ends it. */
export function getEventDataStore(call: Call): HttpAnswer {
  const asked = requiredText(call.input, 'EventDataStore');
  if (asked.startsWith('arn:') && parseArn(asked)?.resource.startsWith('eventdatastore/') !== true) {
    throw new ServiceError(400, 'EventDataStoreARNInvalidException', `The event data store ARN ${asked} is not valid.`);
  }
  const found = storesInRegion(call).find((store) => store.arn === asked || store.arn.endsWith(`/${asked}`));
  if (found !== undefined) return jsonAnswer(found.details);
  throw new ServiceError(400, 'EventDataStoreNotFoundException', `The event data store ${asked} was not found.`);
}

/** The account's own, and to a delegated administrator those of the organization. */
export function storesInRegion(call: Call): readonly WorldEventDataStore[] {
  const { index, caller, region } = call;
  if (index.accounts.get(caller.accountId)?.hasCloudTrailLake === false) {
    const message = 'CloudTrail Lake is not available to this account.';
    throw new ServiceError(400, 'UnsupportedOperationException', message);
  }
  const own = index.eventDataStoresByOwner.get(caller.accountId) ?? [];
  const organization = organizationOf(index, caller.accountId);
  const isDelegated =
    organization !== undefined && isDelegatedAdministrator(organization, caller.accountId, 'cloudtrail.amazonaws.com');
  const shared = isDelegated
    ? (index.eventDataStoresByOwner.get(organization.managementAccountId) ?? []).filter(
        (store) => store.details.OrganizationEnabled === true,
      )
    : [];
  return [...own, ...shared].filter((store) => store.region === region);
}
