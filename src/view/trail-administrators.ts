import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import { type OpenList, type TrailAdministrator, trailAdministrators } from '../facts/index.js';
import type { Account, Organization, Trail } from '../model/inventory.js';
import { evidenceOfCalls } from './account-evidence.js';
import { controlPath, controlPolicyCalls } from './controls.js';
import { fromOpenList, texts } from './convert.js';
import { pathOf } from './denials.js';
import { allEvidenceOf } from './fields.js';
import { trailsOfOrganization } from './membership.js';
import { PartObject } from './object.js';
import { neverRecorded, type World } from './world.js';

const field = 'trailAdministrators';
const call = 'iam:GetAccountAuthorizationDetails';

/** Who in an account can stop, delete or change the organization's trails. */
export function trailAdministratorsOf(account: Account, world: World, self: ViewObject): Value {
  const { id, trailRights } = account;
  const { organization, partition } = world.inventory;
  if (trailRights === undefined || organization === null) return notAsked(id, world);
  const isManagementAccount = id === organization.managementAccountId;
  const place = {
    partition,
    managementAccountId: organization.managementAccountId,
    organizationId: organization.id,
    ...pathOf(account, organization),
    controls: isManagementAccount
      ? { levels: [], gaps: [] }
      : controlPath(id, organization, 'SERVICE_CONTROL_POLICY', world),
    trails: arnsOf(trailsOfOrganization(organization, world), organization),
  };
  const undecided = (arn: string, because: readonly string[]): string => {
    const message = [`Whether ${arn} can change the organization's trails could not be decided.`, ...because].join(' ');
    return world.note({ call, accountId: id, region: 'global', resource: arn, reason: 'unsupported', message });
  };
  return fromOpenList(trailAdministrators(trailRights, place, undecided), (it) => shown(it, self));
}

/** Only the management account owns trails of the organization. */
function arnsOf({ members, doubtful, rest }: OpenList<Trail>, organization: Organization): OpenList<string> {
  const isTheirs = ({ accountId }: Trail): boolean => accountId === organization.managementAccountId;
  return {
    members: members.filter(isTheirs).map(({ arn }) => arn),
    doubtful: doubtful.filter((it) => isTheirs(it.value)).map((it) => ({ value: it.value.arn, gaps: it.gaps })),
    ...(rest === undefined ? {} : { rest }),
  };
}

function notAsked(accountId: string, world: World): Unknown {
  const message =
    `Account ${accountId} was not asked whose policies let them change trails: the management account and delegated ` +
    'administrators of CloudTrail are, live, where a policy asks.';
  const reason = neverRecorded(world.inventory);
  return new Unknown([world.note({ call, accountId, region: 'global', reason, message })]);
}

function shown({ name, arn, kind, actions, policies }: TrailAdministrator, self: ViewObject): ViewObject {
  const values = { name, arn, kind, actions: fromOpenList(actions, (it) => it), policies: texts(policies) };
  return new PartObject('TrailAdministrator', values, self, field);
}

export function evidenceOfTrailRights(account: Account, world: World): readonly (readonly string[])[] {
  const { trailRights } = account;
  if (trailRights === undefined) return [];
  return [allEvidenceOf(trailRights), evidenceOfCalls(account, world, controlPolicyCalls)];
}
