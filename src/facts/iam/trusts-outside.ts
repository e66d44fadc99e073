import { isObject } from '../../model/is-object.js';
import { isAccountId, parseArn } from '../../model/identifiers.js';
import { type IamDocument, isMalformed, type MalformedDocument } from './document.js';
import { isAllowed } from './evaluate.js';
import { accountsNamedIn, principalsNamedIn } from './named-in.js';
import { parseIamDocument } from './parse.js';
import type { ContextValue, Requester } from './request.js';
import { anonymous, otherwiseNamed, principalsOfAccount, principalsOfAnyAccount } from './requesters.js';
import { parseStrictJson } from './strict-json.js';
import { textsOf } from './texts.js';
import { anyOf, forSome, type Verdict } from './verdict.js';

/** Whom a role may trust. */
export interface Inside {
  /** of the account of the role, and of others that are trusted */
  readonly accountIds: readonly string[];
  /** any member of these is trusted */
  readonly organizationIds: readonly string[];
}

/**
 * Whether somebody outside may assume a role with this trust policy: a principal of an account that is not inside, an
 * identity provider of such an account, or whoever there is. AWS services, and identity providers that belong to no
 * account, are not outside. What a condition demands of the request, such as an external ID, an outsider may fulfil.
 *
 * @param text the trust policy, as JSON
 * @returns unknown where the document cannot be understood
 */
export function trustsOutside(text: string, inside: Inside): Verdict {
  const document = readTrust(text);
  const partition = /\barn:(aws[a-z-]*):/.exec(text)?.[1] ?? 'aws';
  const organizations: Readonly<Record<string, ContextValue>> = {
    'aws:PrincipalOrgID': { state: 'any', like: ['o-?*'], unlike: inside.organizationIds, orAbsent: true },
    'aws:PrincipalOrgPaths': {
      state: 'any',
      like: ['o-?*/*'],
      unlike: inside.organizationIds.map((it) => `${it}/*`),
      orAbsent: true,
    },
  };
  const ask = (
    of: IamDocument | MalformedDocument,
    requester: Requester,
    context: Readonly<Record<string, ContextValue>> = {},
  ): Verdict => forSome(isAllowed(of, { requester, actions, resources: ['*'], context }));
  const ofAccounts = withoutProviders(document);
  const isOutside = (accountId: string): boolean => !inside.accountIds.includes(accountId);
  return anyOf([
    ...accountsNamedIn(document)
      .filter(isOutside)
      .map((it) => ask(ofAccounts, principalsOfAccount(it, { partition }), organizations)),
    ask(ofAccounts, principalsOfAnyAccount(partition), organizations),
    ask(ofAccounts, anonymous()),
    ...providersIn(document)
      .filter((it) => isOutside(parseArn(it)?.accountId ?? ''))
      .map((it) => ask(document, otherwiseNamed(it))),
  ]);
}

/** All ways into a role: also those of identity providers. */
const actions = ['sts:AssumeRole*'];

/** The identity providers that are of an account. */
function providersIn(document: IamDocument | MalformedDocument): readonly string[] {
  return principalsNamedIn(document).flatMap((it) =>
    it.type === 'federated' && isAccountId(parseArn(it.provider)?.accountId ?? '') ? [it.provider] : [],
  );
}

/** Who comes through an identity provider has no account yet. A Deny to such sessions may deny less than it says. */
function withoutProviders(document: IamDocument | MalformedDocument): IamDocument | MalformedDocument {
  if ('problem' in document) return document;
  const statements = document.statements.flatMap((it) => {
    const { principal } = it;
    if (principal === undefined || isMalformed(principal) || principal.isNegated) return [it];
    const members = principal.members.filter((member) => member.type !== 'federated');
    return members.length === 0 ? [] : [{ ...it, principal: { ...principal, members } }];
  });
  return { ...document, statements };
}

/**
 * AWS takes no wildcards within principals. Where one stands in an Allow all the same, it is taken for everyone: what is
 * as wide as that must not pass for nobody.
 */
function readTrust(text: string): IamDocument | MalformedDocument {
  const json = parseStrictJson(text);
  if ('problem' in json || !isObject(json.value)) return parseIamDocument(text, 'trust');
  const { Statement: statement, ...more } = json.value;
  const widened = Array.isArray(statement) ? statement.map(widen) : statement === undefined ? [] : widen(statement);
  return parseIamDocument(JSON.stringify({ ...more, Statement: widened }), 'trust');
}

function widen(statement: unknown): unknown {
  if (!isObject(statement) || statement['Effect'] === 'Deny') return statement;
  const { Principal: principal } = statement;
  if (!isObject(principal)) return statement;
  const isWide = Object.values(principal).some((it) => textsOf(it)?.some((name) => /[*?]/.test(name)) === true);
  return isWide ? { ...statement, Principal: '*' } : statement;
}
