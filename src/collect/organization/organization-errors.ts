import { InterruptedError, UsageError } from '../../model/errors.js';
import type { Failure } from '../aws/classify-error.js';
import type { Context } from '../run/context.js';
import type { ListReach, OrganizationSurvey } from './survey.js';

/** Not one page of the accounts could be read: the run was interrupted, or where to run instead and what to allow. */
export function whyNothingIsListed(
  context: Context,
  { identity }: OrganizationSurvey,
  { failure }: Extract<ListReach, { is: 'refused' | 'cut' }>,
): UsageError | InterruptedError {
  if (context.aws.settings.signal.aborted) return new InterruptedError('Interrupted before any account was read.');
  const caller = context.sessions.base.accountId;
  const { id, managementAccountId } = identity;
  const { message } = failure;
  if (failure.reason !== 'access-denied') {
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
