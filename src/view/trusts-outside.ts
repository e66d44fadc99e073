import { Unknown, ViewList, type Value, type ViewFunction } from '../expression/index.js';
import { iam } from '../facts/index.js';
import { remembered } from './remembered.js';

const verdictOf = remembered(
  (text: string, accountId: string, accountIds: readonly string[], organizationIds: readonly string[]) =>
    iam.trustsOutside(text, { accountId, accountIds, organizationIds }).verdict,
);

/** Reads a trust policy as IAM does. It needs nothing of the View, so that policies on events have it, too. */
export const trustsOutside: ViewFunction = {
  name: 'trustsOutside',
  params: ['string', 'string', 'list<string>', 'list<string>'],
  names: ['trustPolicy', 'accountId', 'trustedAccounts', 'trustedOrganizations'],
  example: {
    target: 'event',
    expr: "trustsOutside(event.requestParameters.?policyDocument.orValue(''), event.recipientAccountId, ['444455556666'], ['o-a1b2c3d4e5'])",
  },
  returns: 'bool',
  meaning:
    'A trust policy, as JSON, lets somebody assume the role who is neither of this account, nor of an account or organization that is trusted. AWS services count as inside. Unknown: the text is not a trust policy.',
  reads: [],
  apply([trustPolicy, accountId, trustedAccounts, trustedOrganizations]) {
    const accounts = textsOf(trustedAccounts);
    const organizationIds = textsOf(trustedOrganizations);
    if (accounts instanceof Unknown) return accounts;
    if (organizationIds instanceof Unknown) return organizationIds;
    const verdict = verdictOf(textOf(trustPolicy), textOf(accountId), accounts, organizationIds);
    return verdict === 'unknown' ? new Unknown([]) : verdict === 'yes';
  },
};

/** The checker lets only texts through where one is due. */
function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError('trustsOutside() was called with what its parameters do not take.');
}

function textsOf(list: Value | undefined): readonly string[] | Unknown {
  if (!(list instanceof ViewList)) throw new TypeError('trustsOutside() was called without its lists.');
  const texts = list.members.filter((it) => typeof it === 'string');
  const isWhole = list.rest === undefined && list.doubtful.length === 0 && texts.length === list.members.length;
  return isWhole ? texts : new Unknown([]);
}
