import { UsageError } from '../../model/errors.js';
import type { Failure } from '../aws/classify-error.js';
import type { Context } from '../run/context.js';
import type { OrganizationIdentity } from './organization.js';

/** The accounts cannot be listed: where to run instead, or what to allow. */
export function cannotListAccounts(
  context: Context,
  identity: OrganizationIdentity,
  failure: Failure | undefined,
): UsageError {
  const caller = context.sessions.base.accountId;
  const { id, managementAccountId } = identity;
  const message = failure?.message ?? 'no answer';
  if (failure?.reason !== 'access-denied') {
    return new UsageError(`The accounts of organization ${id} could not be listed: ${message}`, 'Try again later.');
  }
  if (caller === managementAccountId) {
    return new UsageError(
      `The caller may not list the accounts of organization ${id}: ${message}`,
      'Allow organizations:ListAccounts and the other actions that trailproof permissions prints.',
    );
  }
  return new UsageError(
    `Account ${caller} is a member of organization ${id} and may not list its accounts: ${message}`,
    `Run Trailproof in the management account ${managementAccountId} or in a delegated administrator, ` +
      `or check this account alone with --account ${caller}.`,
  );
}

/** It cannot be told whether there is an organization at all. */
export function cannotDescribeOrganization(accountId: string, failure: Failure): UsageError {
  return new UsageError(
    `Whether account ${accountId} is in an organization could not be read: ${failure.message}`,
    `Allow organizations:DescribeOrganization, or check this account alone with --account ${accountId}.`,
  );
}

/** A single account cannot be split, and is read whole in less time than it takes to look at an earlier inventory. */
export function nothingToSplit(accountId: string): UsageError {
  return new UsageError(
    `Account ${accountId} is read alone, without an organization: there is nothing to split or to resume.`,
    'Leave out --shard and --resume, or run in the management account or a delegated administrator.',
  );
}
