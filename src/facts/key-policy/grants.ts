import { parseArn } from '../../model/identifiers.js';
import type { Key, KeyGrant } from '../../model/inventory.js';
import type { DocumentSetting, Reach } from '../document-reach/index.js';
import { allHold, doubt, listOf, sure } from '../three-valued.js';
import type { OpenList } from '../values.js';

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
      return [{ value, isMember: allHold([sure(true), ...doubts]) }];
    }),
  );
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
