import { Unknown, type Value, type ViewFunction } from '../expression/index.js';
import { iam } from '../facts/index.js';
import { remembered } from './remembered.js';

const verdictOf = remembered((text: string, account: string) => iam.allowsAdministration(text, account).verdict);

/** Reads an identity policy as IAM does. It needs nothing of the View, so that policies on events have it, too. */
export const allowsAdministration: ViewFunction = {
  name: 'allowsAdministration',
  params: ['string', 'string'],
  names: ['identityPolicy', 'accountId'],
  example: {
    target: 'event',
    expr: "allowsAdministration(event.requestParameters.?policyDocument.orValue(''), event.recipientAccountId)",
  },
  returns: 'bool',
  meaning:
    'An identity policy, as JSON, allows every action, or all of IAM but for actions that it names, on users, roles, groups or policies of the account that it does not name one by one. Unconditional denials are taken off, conditions are taken for fulfilled; rights that are given action by action are not found. Unknown: the text is not a policy.',
  reads: [],
  apply([identityPolicy, accountId]) {
    const verdict = verdictOf(textOf(identityPolicy), textOf(accountId));
    return verdict === 'unknown' ? new Unknown([]) : verdict === 'yes';
  },
};

/** The checker lets only texts through where one is due. */
function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError('allowsAdministration() was called with what its parameters do not take.');
}
