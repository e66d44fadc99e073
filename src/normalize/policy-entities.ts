import type { PolicyEntities } from '../model/inventory.js';
import { required } from './malformed-answer.js';

/** A page of ListEntitiesForPolicy's answer, as far as it is used. */
export interface RawPolicyEntities {
  readonly PolicyRoles?: readonly { readonly RoleName?: string | undefined }[] | undefined;
  readonly PolicyUsers?: readonly { readonly UserName?: string | undefined }[] | undefined;
  readonly PolicyGroups?: readonly { readonly GroupName?: string | undefined }[] | undefined;
}

/** The names of those to whom a managed policy is attached; a list that is missing is no empty one. */
export function normalizePolicyEntities(raw: RawPolicyEntities): PolicyEntities {
  return {
    roles: required(raw.PolicyRoles, 'PolicyRoles').map((it) => required(it.RoleName, 'PolicyRoles.RoleName')),
    users: required(raw.PolicyUsers, 'PolicyUsers').map((it) => required(it.UserName, 'PolicyUsers.UserName')),
    groups: required(raw.PolicyGroups, 'PolicyGroups').map((it) => required(it.GroupName, 'PolicyGroups.GroupName')),
  };
}
