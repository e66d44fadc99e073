import { parseArn } from '../../model/identifiers.js';
import type { Key, KeyGrant } from '../../model/inventory.js';
import type { DocumentSetting, Reach } from '../document-reach/index.js';
import { isDenied, noDocument, onePrincipal, principalsOfAccount, withControls } from '../iam/index.js';
import { allHold, doubt, listOf, not, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';

/**
 * Whom grants of a key let do something. They work beside the key policy, which does not show them.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantReach(key: Key, actions: readonly string[], setting: DocumentSetting): OpenList<Reach> {
  const { grants } = key;
  if (grants === undefined) {
    const message = `The grants of key ${key.arn} were not read.`;
    const gap = setting.note({ call: 'kms:ListGrants', reason: 'not-collected', message }, '');
    return { members: [], doubtful: [], rest: doubt([gap]) };
  }
  if (grants.state === 'unknown') return { members: [], doubtful: [], rest: doubt([grants.gap]) };
  if (grants.state === 'absent') return { members: [], doubtful: [] };
  return listOf(
    grants.value.flatMap((grant) => {
      const granted = actions.filter((it) => grant.operations.includes(it.slice('kms:'.length)));
      if (granted.length === 0) return [];
      const value = reachOf(grant, granted, key.accountId, setting);
      const doubts = [
        setting.resourceControls.open,
        value.class === 'external-accounts' ? setting.accountsOpen : undefined,
      ].filter((it) => it !== undefined);
      return [{ value, isMember: allHold([not(deniedByControls(value, key, setting)), ...doubts]) }];
    }),
  );
}

/** Whether resource control policies, which bind whoever uses a grant, too, deny a grantee all that it was granted. */
function deniedByControls(
  { class: it, principal, accountId, actions, statement }: Reach,
  { arn }: Key,
  { organizationId, partition, accountsOpen, resourceControls, note }: DocumentSetting,
): Tri<boolean> {
  if (resourceControls.policies.length === 0 || accountId === undefined || accountId === '') return sure(false);
  const isOutside = it === 'external-accounts';
  const options = {
    ...(organizationId !== undefined && !isOutside ? { organizationId } : {}),
    ...(organizationId !== undefined && isOutside && accountsOpen === undefined
      ? { outsideOrganizationId: organizationId }
      : {}),
  };
  const requester = principal.endsWith(':root')
    ? principalsOfAccount(accountId, { partition, ...options })
    : onePrincipal(principal, options);
  const { answer, failsFor } = isDenied(withControls(noDocument, resourceControls.policies), {
    requester,
    actions,
    resources: [arn],
  });
  if (answer === 'always' || failsFor !== undefined || answer === 'never') return sure(answer === 'always');
  const message = `Whether resource control policies deny ${principal} what ${statement} of key ${arn} gives could not be decided.`;
  return doubt([note({ call: 'kms:ListGrants', reason: 'unsupported', message }, statement)]);
}

function reachOf(
  { id, grantee, isConstrained }: KeyGrant,
  actions: readonly string[],
  ownerAccountId: string,
  { accountIds }: DocumentSetting,
): Reach {
  const accountId = parseArn(grantee)?.accountId;
  return {
    class: classOf(accountId, ownerAccountId, accountIds),
    principal: grantee,
    ...(accountId === undefined ? {} : { accountId }),
    statement: `grant ${id}`,
    actions,
    conditions: isConstrained ? ['the encryption context of the grant'] : [],
    isGranted: true,
  };
}

/** A grantee without an account is a service principal. */
function classOf(accountId: string | undefined, ownerAccountId: string, accountIds: readonly string[]): Reach['class'] {
  if (accountId === undefined || accountId === '') return 'aws-services';
  if (accountId === ownerAccountId) return 'owner-account';
  return accountIds.includes(accountId) ? 'organization' : 'external-accounts';
}
