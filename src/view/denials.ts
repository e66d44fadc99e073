import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import { type ActionDenial, controlDenial, deletionDenial, type OwnerControls } from '../facts/index.js';
import type { Account, Bucket, Organization } from '../model/inventory.js';
import { trailActions } from '../model/trail-actions.js';
import { controlPath, unreadAlone } from './controls.js';
import { fromTri, texts } from './convert.js';
import { bucketSetting } from './documents.js';
import { logPlaces } from './log-places.js';
import { trailsOfOrganization } from './membership.js';
import { PartObject } from './object.js';
import { totalMap } from './total-map.js';
import type { World } from './world.js';

function denialObject({ scope, exceptPrincipals, why }: ActionDenial, owner: ViewObject, field: string): Value {
  return new PartObject('Denial', { scope, exceptPrincipals: texts(exceptPrincipals), why }, owner, field);
}

/** To whom the service control policies above an account deny each action. */
export function scpDenials(account: Account, world: World, self: ViewObject): Value {
  const { organization, partition } = world.inventory;
  return totalMap((action) => {
    if (organization === null) return denialsAlone(account, world, self);
    const { levels, gaps } = controlPath(account.id, organization, 'SERVICE_CONTROL_POLICY', world);
    const member = {
      accountId: account.id,
      partition,
      isManagementAccount: account.id === organization.managementAccountId,
      organizationId: organization.id,
      ...pathOf(account, organization),
    };
    const undecided = (because: readonly string[]): string => {
      const what = `Whether service control policies deny ${action} in account ${account.id} could not be decided.`;
      const place = { accountId: account.id, region: 'global', resource: action };
      const message = [what, ...because].join(' ');
      return world.note({ call: 'organizations:DescribePolicy', ...place, reason: 'unsupported', message });
    };
    const resources = usedOn(action, account, organization, world);
    return fromTri(controlDenial(levels, gaps, member, action, resources, undecided), (it) =>
      denialObject(it, self, 'scpDenials'),
    );
  });
}

/**
 * What an account can use an action on, as ARNs with wildcards: the trails that it owns, and the organization's where it
 * administers CloudTrail. Where they are not all known, and where there is none yet, any trail; of other actions anything.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
 */
function usedOn(action: string, account: Account, organization: Organization, world: World): readonly string[] {
  if (!trailActions.some((it) => it.toLowerCase() === action.toLowerCase())) return ['*'];
  const { id, ownTrails, ownTrailsGap } = account;
  const { managementAccountId, delegatedAdministrators: administrators } = organization;
  const orAny = (arns: readonly string[], owner: string): readonly string[] =>
    arns.length > 0 ? arns : [`arn:${world.inventory.partition}:cloudtrail:*:${owner}:trail/*`];
  const own = ownTrails.state === 'known' && ownTrailsGap === undefined ? ownTrails.value : [];
  const isMember = administrators.state === 'known' && !administrators.value.includes(id);
  if (isMember || administrators.state === 'absent') return orAny(own, id);
  const { members, doubtful, rest } = trailsOfOrganization(organization, world);
  const isWhole = doubtful.length === 0 && rest === undefined;
  const theirs = orAny(isWhole ? members.map(({ arn }) => arn) : [], managementAccountId);
  return ownTrails.state === 'known' && ownTrailsGap === undefined
    ? [...own, ...theirs]
    : [...orAny([], id), ...theirs];
}

function denialsAlone({ id }: Account, world: World, self: ViewObject): Value {
  const gaps = unreadAlone(id, 'SERVICE_CONTROL_POLICY', world);
  if (gaps.length > 0) return new Unknown(gaps);
  const why = 'the account is in no organization';
  return denialObject({ scope: 'no-one', exceptPrincipals: [], why }, self, 'scpDenials');
}

export function pathOf({ parents }: Account, { id }: Organization): { readonly organizationPath?: string } {
  return parents.state === 'known' ? { organizationPath: [id, ...parents.value, ''].join('/') } : {};
}

function ownerControls({ owner }: Bucket, world: World): OwnerControls {
  const { organization } = world.inventory;
  const none = { levels: [], gaps: [], organizationPath: undefined, isManagementAccount: false };
  if (owner.state !== 'known') return none;
  const { accountId } = owner.value;
  if (organization === null) return { ...none, gaps: unreadAlone(accountId, 'SERVICE_CONTROL_POLICY', world) };
  const account = world.lookup.account(accountId);
  const path = account === undefined ? {} : pathOf(account, organization);
  return {
    ...controlPath(accountId, organization, 'SERVICE_CONTROL_POLICY', world),
    organizationPath: path.organizationPath,
    isManagementAccount: accountId === organization.managementAccountId,
  };
}

/** To whom erasing the logs of a bucket is denied. */
export function logDeletionDenial(bucket: Bucket, world: World, self: ViewObject): Value {
  const prefixes = logPlaces(bucket, world);
  if (prefixes.open !== undefined) return new Unknown(prefixes.open.gaps);
  const denial = deletionDenial(bucket, prefixes.known, ownerControls(bucket, world), bucketSetting(bucket, world));
  return fromTri(denial, (it) => denialObject(it, self, 'deletionDenial'));
}
