import { isObject } from '../../model/is-object.js';
import type { AclGrant } from '../../model/inventory.js';
import { normalizeGrant } from '../bucket.js';
import { MalformedAnswer, required } from '../malformed-answer.js';
import { objectsIn, textIn, type JsonObject } from './json.js';

/** AWS Config writes groups by a name of their own. */
const groups = new Map([
  ['AllUsers', 'http://acs.amazonaws.com/groups/global/AllUsers'],
  ['AuthenticatedUsers', 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'],
  ['LogDelivery', 'http://acs.amazonaws.com/groups/s3/LogDelivery'],
]);

const permissions = new Map([
  ['FullControl', 'FULL_CONTROL'],
  ['Read', 'READ'],
  ['Write', 'WRITE'],
  ['ReadAcp', 'READ_ACP'],
  ['WriteAcp', 'WRITE_ACP'],
]);

/** The grants of an AccessControlList. A group or permission that is not known is malformed: it may be everyone. */
export function normalizeAcl(list: JsonObject): AclGrant[] {
  const { owner } = list;
  const ownerId = isObject(owner) ? textIn(owner, 'id') : undefined;
  return objectsIn(list, 'grantList').map((grant) => {
    const permission = required(textIn(grant, 'permission'), 'permission');
    return normalizeGrant({ Grantee: grantee(grant['grantee']), Permission: permissions.get(permission) }, ownerId);
  });
}

function grantee(value: unknown): { Type: string; URI?: string; ID?: string | undefined } {
  if (typeof value === 'string') {
    const uri = groups.get(value) ?? (value.startsWith('http') ? value : undefined);
    return { Type: 'Group', URI: required(uri, 'grantee of a known group') };
  }
  if (!isObject(value)) throw new MalformedAnswer("The configuration item's grantee is neither a group nor a user.");
  return { Type: 'CanonicalUser', ID: textIn(value, 'id') };
}
