import { Unknown, ViewList, type Value, type ViewFunction } from '../expression/index.js';
import { iam } from '../facts/index.js';

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
    const inside = { accountId: textOf(accountId), accountIds: accounts, organizationIds };
    const verdict = verdictOf(textOf(trustPolicy), inside);
    return verdict === 'unknown' ? new Unknown([]) : verdict === 'yes';
  },
};

/** Pipelines make roles with the same few trust policies, again and again: those asked last, by all that is asked of them. */
const verdicts = new Map<string, 'yes' | 'no' | 'unknown'>();
const [mostVerdicts, longestText] = [500, 8192];

function verdictOf(text: string, inside: Parameters<typeof iam.trustsOutside>[1]): 'yes' | 'no' | 'unknown' {
  const key = JSON.stringify([text, inside.accountId, inside.accountIds, inside.organizationIds]);
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  const { verdict } = iam.trustsOutside(text, inside);
  if (verdicts.size >= mostVerdicts) verdicts.clear();
  if (key.length <= longestText) verdicts.set(key, verdict);
  return verdict;
}

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
