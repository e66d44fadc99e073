import { type Controls, doubt, iam, noControls } from '../facts/index.js';
import type { ControlPolicy, Organization } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { neverRecorded, type World } from './world.js';

/** What is attached to the root, to each OU on the way and to the account, in this order. */
export interface ControlPath {
  readonly levels: readonly (readonly iam.ControlPolicy[])[];
  /** Gaps for which there may be others on the way. */
  readonly gaps: readonly string[];
}

type Kind = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

const parsed = new WeakMap<ControlPolicy, iam.ControlPolicy>();

function parse(policy: ControlPolicy, text: string, kind: Kind): iam.ControlPolicy {
  const found = parsed.get(policy);
  if (found !== undefined) return found;
  const of = kind === 'SERVICE_CONTROL_POLICY' ? 'service-control' : 'resource-control';
  const made = { name: policy.name, document: iam.parseIamDocument(text, of) };
  parsed.set(policy, made);
  return made;
}

/**
 * The control policies of a kind on an account's path. Each root, OU and account has at least one of a kind that is
 * switched on: where the lists show none, they are not whole.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function controlPath(accountId: string, organization: Organization, kind: Kind, world: World): ControlPath {
  const { policyTypes } = organization;
  if (policyTypes.state === 'unknown') return { levels: [], gaps: [policyTypes.gap] };
  if (policyTypes.state === 'absent' || !policyTypes.value.includes(kind)) return { levels: [], gaps: [] };
  const policies = policiesOf(organization, kind);
  if (policies === undefined) return { levels: [], gaps: [unread(accountId, kind, world)] };
  if (policies.state === 'unknown') return { levels: [], gaps: [policies.gap] };
  const account = world.inventory.accounts.find(({ id }) => id === accountId);
  if (account === undefined) return { levels: [], gaps: [unread(accountId, kind, world)] };
  if (account.parents.state === 'unknown') return { levels: [], gaps: [account.parents.gap] };
  const parents = account.parents.state === 'known' ? account.parents.value : [];
  const all = policies.state === 'known' ? policies.value : [];
  const gaps = all.flatMap(({ content, targets }) =>
    [content, targets].flatMap((it) => (it.state === 'unknown' ? [it.gap] : [])),
  );
  const levels = [...parents, accountId].map((id) => ({ id, policies: attachedTo(id, all, kind) }));
  const bare = gaps.length > 0 ? [] : levels.filter((it) => it.policies.length === 0);
  return {
    levels: levels.map((it) => it.policies),
    gaps: [...gaps, ...bare.map(({ id }) => nothingAttached(id, accountId, kind, world))],
  };
}

function policiesOf(organization: Organization, kind: Kind): Known<readonly ControlPolicy[]> | undefined {
  const { serviceControlPolicies, resourceControlPolicies } = organization;
  return kind === 'SERVICE_CONTROL_POLICY' ? serviceControlPolicies : resourceControlPolicies;
}

function attachedTo(id: string, all: readonly ControlPolicy[], kind: Kind): readonly iam.ControlPolicy[] {
  return all.flatMap((policy) => {
    const { content, targets } = policy;
    if (content.state !== 'known' || targets.state !== 'known' || !targets.value.includes(id)) return [];
    return [parse(policy, content.value, kind)];
  });
}

const names: Readonly<Record<Kind, string>> = {
  SERVICE_CONTROL_POLICY: 'service control policies',
  RESOURCE_CONTROL_POLICY: 'resource control policies',
};

function unread(accountId: string, kind: Kind, world: World): string {
  const message = `The ${names[kind]} above account ${accountId} were not read.`;
  const place = { accountId, region: 'global', resource: kind };
  return world.note({ call: 'organizations:ListPolicies', ...place, reason: 'not-collected', message });
}

/**
 * Gaps for the control policies of an account whose organization was not read: it may be in one.
 *
 * @returns none where AWS said that it is in no organization
 */
export function unreadAlone(accountId: string, kind: Kind, world: World): readonly string[] {
  if (world.inventory.standsAlone === true) return [];
  const message = `Account ${accountId} was read by itself: only its organization tells which ${names[kind]} bind it.`;
  const place = { accountId, region: 'global', resource: kind };
  const reason = neverRecorded(world.inventory);
  return [world.note({ call: 'organizations:ListPolicies', ...place, reason, message })];
}

function nothingAttached(id: string, accountId: string, kind: Kind, world: World): string {
  const message = `AWS listed no ${names[kind]} of ${id}, though each root, OU and account has at least one.`;
  const place = { accountId, region: 'global', resource: `${kind} ${id}` };
  return world.note({ call: 'organizations:ListTargetsForPolicy', ...place, reason: 'error', message });
}

/** Resource control policies above an account: none bind the resources of the management account. */
export function resourceControlsOf(accountId: string, world: World): Controls {
  const { organization } = world.inventory;
  if (accountId === organization?.managementAccountId) return noControls;
  if (organization === null) return openBy([], unreadAlone(accountId, 'RESOURCE_CONTROL_POLICY', world));
  // Whoever is outside of the organization is bound by policies of its own.
  const { levels, gaps } = controlPath(accountId, organization, 'RESOURCE_CONTROL_POLICY', world);
  return openBy(levels.flat(), gaps);
}

function openBy(policies: readonly iam.ControlPolicy[], gaps: readonly string[]): Controls {
  return { policies, ...(gaps.length === 0 ? {} : { open: doubt(gaps) }) };
}

/** Evidence of the calls that told the control policies. */
export const controlPolicyCalls = [
  'organizations:ListRoots',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
];
