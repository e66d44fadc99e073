import { parseArn } from '../../model/identifiers.js';
import type { PrincipalRights, RightsOnTrails, TrailRights } from '../../model/inventory.js';
import { trailActions } from '../../model/trail-actions.js';
import { withUnreadAllowing } from '../control-denial.js';
import { canPrincipal, type ControlPolicy, is, isUnknown, parseIamDocument, type Principal } from '../iam/index.js';
import { doubt, listOf, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';

/** A role or user whose policies let it stop, delete or change a trail of the organization. */
export interface TrailAdministrator {
  /** `role/NAME` or `user/NAME`. */
  readonly name: string;
  readonly arn: string;
  readonly kind: 'user' | 'role' | 'permission-set-role' | 'service-linked-role';
  readonly actions: OpenList<string>;
  /** Those of its policies, and of its groups', that speak of such actions: managed ones by name. */
  readonly policies: readonly string[];
}

/** The account in which the principals are, and the trails. */
export interface TrailPlace {
  readonly partition: string;
  readonly managementAccountId: string;
  readonly organizationId: string;
  readonly organizationPath?: string | undefined;
  /** Service control policies on the account's path; none bind the management account. */
  readonly controls: { readonly levels: Principal['controls']; readonly gaps: readonly string[] };
  /** ARNs of the organization's trails. */
  readonly trails: OpenList<string>;
}

/**
 * Who can stop, delete or change a trail of the organization, by identity policies, permissions boundaries and service
 * control policies. The root user and who may assume a role are not looked at.
 *
 * @param undecided notes why it cannot be decided for a principal
 */
export function trailAdministrators(
  { rights }: TrailRights,
  place: TrailPlace,
  undecided: (arn: string, because: readonly string[]) => string,
): OpenList<TrailAdministrator> {
  if (rights.state === 'unknown') return { members: [], doubtful: [], rest: doubt([rights.gap]) };
  if (rights.state === 'absent') return { members: [], doubtful: [] };
  const documents = parsed(rights.value);
  return listOf(
    rights.value.principals.map((it) => {
      const asked = asPrincipal(it, documents, place);
      const actions = trailActions.map((value) => ({
        value,
        isMember: canChangeSome(asked, value, place, (because) => undecided(it.arn, because)),
      }));
      return { value: shown(it, listOf(actions)), isMember: someHold(actions.map(({ isMember }) => isMember)) };
    }),
  );
}

function parsed({ documents }: RightsOnTrails): ReadonlyMap<string, ControlPolicy> {
  return new Map(
    documents.map(({ name, document }) => [
      name,
      {
        name,
        document:
          document === undefined
            ? { problem: `${name} is not among the policies that AWS listed` }
            : parseIamDocument(document, 'identity'),
      },
    ]),
  );
}

/**
 * A service-linked role is bound by no service control policy. Its path is AWS's own: nobody else can make such a role.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function asPrincipal(
  rights: PrincipalRights,
  documents: ReadonlyMap<string, ControlPolicy>,
  { organizationId, organizationPath, controls }: TrailPlace,
): Principal {
  const { arn, id, tags, policies, boundary } = rights;
  const named = (name: string): ControlPolicy =>
    documents.get(name) ?? { name, document: { problem: `${name} is missing from the inventory` } };
  const levels = controls.gaps.length === 0 ? controls.levels : withUnreadAllowing(controls.levels);
  return {
    arn,
    id,
    tags,
    organizationId,
    ...(organizationPath === undefined ? {} : { organizationPath }),
    policies: policies.map(named),
    ...(boundary === undefined ? {} : { boundary: named(boundary) }),
    controls: kindOf(arn) === 'service-linked-role' ? [] : levels,
  };
}

/** Where no trail is known there may be one yet: then rights on any trail of the management account count. */
function canChangeSome(
  principal: Principal,
  action: string,
  { trails, controls, partition, managementAccountId, organizationId }: TrailPlace,
  undecided: (because: readonly string[]) => string,
): Tri<boolean> {
  const can = (arn: string): Tri<boolean> => {
    const [region, account] = [parseArn(arn)?.region ?? '*', is(managementAccountId)];
    const { can: answer, because } = canPrincipal(principal, {
      action,
      resource: arn,
      context: {
        'aws:ResourceAccount': account,
        'aws:ResourceTag/*': isUnknown('of the trail was not looked at'),
        'aws:ResourceOrgID': is(organizationId),
        // A trail is changed in its home Region alone.
        ...(region === '*' ? {} : { 'aws:RequestedRegion': is(region) }),
      },
    });
    if (answer === 'no') return sure(false);
    if (answer === 'unknown') return doubt([undecided(because)]);
    // What could not be read of service control policies may deny it.
    return principal.controls.length > 0 && controls.gaps.length > 0 ? doubt(controls.gaps) : sure(true);
  };
  const any = `arn:${partition}:cloudtrail:*:${managementAccountId}:trail/*`;
  const { members, doubtful, rest } = trails;
  const perhaps = (arn: string, gaps: readonly string[]): Tri<boolean> => {
    const it = can(arn);
    return it.state === 'known' && it.value ? doubt(gaps) : it;
  };
  const isBare = members.length === 0 && doubtful.length === 0 && rest === undefined;
  return someHold([
    ...(isBare ? [any] : members).map(can),
    ...doubtful.map((it) => perhaps(it.value, it.gaps)),
    ...(rest === undefined ? [] : [perhaps(any, rest.gaps)]),
  ]);
}

function shown({ arn, policies }: PrincipalRights, actions: OpenList<string>): TrailAdministrator {
  const kind = kindOf(arn);
  const name = `${kind === 'user' ? 'user' : 'role'}/${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const names = policies.map((it) => (it.startsWith('arn:') ? it.slice(it.lastIndexOf('/') + 1) : it));
  return { name, arn, kind, actions, policies: names };
}

/**
 * By the path, which AWS keeps for its own roles.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
function kindOf(arn: string): TrailAdministrator['kind'] {
  const path = arn.split(':').slice(5).join(':');
  if (path.startsWith('user/')) return 'user';
  if (path.startsWith('role/aws-reserved/sso.amazonaws.com/')) return 'permission-set-role';
  return path.startsWith('role/aws-service-role/') ? 'service-linked-role' : 'role';
}
