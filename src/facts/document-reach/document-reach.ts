import {
  type Access,
  type Answer,
  type IamDocument,
  organizationsNamedIn,
  type Place,
  whoCan,
  withControls,
} from '../iam/index.js';
import { allHold, doubt, listOf, not, sure } from '../three-valued.js';
import type { Doubt, OpenList, Tri } from '../values.js';
import type { DocumentSetting, Reach } from './setting.js';

/** What is asked of the document of a resource. */
export interface DocumentUse {
  /** The resource, as a sentence names it: `the policy of bucket logs`. */
  readonly document: string;
  /** The call that told it. */
  readonly call: string;
  /** Tells the questions of one call apart in gaps. */
  readonly about: string;
  readonly ownerAccountId: string;
  /** That use the resource. */
  readonly trails: readonly string[];
  readonly actions: readonly string[];
  readonly resourcesIn: (organizationId: string | undefined) => readonly string[];
  /** Keeps out whoever is neither of the owner's account nor a service, whatever the document says. */
  readonly cutsOff: Tri<boolean>;
}

/**
 * Who can do something by a resource's document, as far as resource control policies let it work. Identity policies are
 * not read: the owner's principals are there unless they are denied.
 *
 * @param narrowed the document, or what of it is about the resources in question
 */
export function documentReach(narrowed: IamDocument, use: DocumentUse, setting: DocumentSetting): OpenList<Reach> {
  const { organizationId, resourceControls } = setting;
  const document = withControls(narrowed, resourceControls.policies);
  // A run for one account alone does not tell its organization: each that the document names may be it.
  const organizations =
    organizationId === undefined ? [undefined, ...organizationsNamedIn(narrowed)] : [organizationId];
  const perOrganization = organizations.map((id) =>
    whoCan(document, placeIn(id, use, setting), { actions: use.actions, resources: use.resourcesIn(id) }),
  );
  const [first = [], ...others] = perOrganization;
  return listOf(
    first.flatMap((access) => {
      const same = others.flatMap((it) => it.find((other) => keyOf(other) === keyOf(access)) ?? []);
      return candidatesOf(access, same, use, setting);
    }),
  );
}

function placeIn(
  organizationId: string | undefined,
  { ownerAccountId, trails }: DocumentUse,
  { partition, accountIds, accountsOpen }: DocumentSetting,
): Place {
  const areAllAccounts = accountsOpen === undefined;
  return { ownerAccountId, partition, trails, accountIds, organizationId, areAllAccounts };
}

function keyOf({ class: it, principal }: Access): string {
  return `${it} ${principal}`;
}

const served: ReadonlySet<Access['class']> = new Set(['own-trails', 'other-trails', 'aws-services']);

interface Candidate {
  readonly value: Reach;
  readonly isMember: Tri<boolean>;
}

function candidatesOf(
  access: Access,
  otherwise: readonly Access[],
  use: DocumentUse,
  setting: DocumentSetting,
): readonly Candidate[] {
  const undecided = (because: readonly string[]): string => {
    const what = `Whether ${use.document} lets ${access.principal} ${use.actions.join(', ')} could not be decided.`;
    const message = [what, ...because].join(' ');
    return setting.note({ call: use.call, reason: 'unsupported', message }, `${use.about} ${keyOf(access)}`);
  };
  const verdicts = [access, ...otherwise].map((it) => holdsForSome(it.allowed, undecided));
  const byDocument = agreed(verdicts, () => undecided(['It depends on which organization the account is in.']));
  const doubts: readonly Doubt[] = [
    setting.resourceControls.open,
    ...(isOutside(access) ? [setting.accountsOpen] : []),
  ].filter((it) => it !== undefined);
  const isOfOthers = !served.has(access.class) && access.class !== 'owner-account';
  const granted = allHold([byDocument, ...(isOfOthers ? [not(use.cutsOff)] : []), ...doubts]);
  const all = [{ value: reachOf(access, use, true), isMember: granted }];
  if (access.class !== 'owner-account') return all;
  // What no statement grants, an identity policy of the account may.
  const may = not(holdsForAll(access.denied, undecided));
  const byIdentity = allHold([may, not(granted), ...doubts]);
  return [...all, { value: reachOf(access, use, false), isMember: byIdentity }];
}

/** Accounts that are not listed may be ours. */
function isOutside({ class: it }: Access): boolean {
  return it === 'other-trails' || it === 'external-accounts';
}

function agreed(all: readonly Tri<boolean>[], disagree: () => string): Tri<boolean> {
  const [first = sure(false), ...others] = all;
  if (first.state === 'unknown' || others.every((it) => it.state === 'known' && it.value === first.value)) return first;
  return doubt([disagree()]);
}

type Undecided = (because: readonly string[]) => string;

function holdsForSome({ holdsFor, answer, because }: Answer, undecided: Undecided): Tri<boolean> {
  if (holdsFor !== undefined) return sure(true);
  return answer === 'never' ? sure(false) : doubt([undecided(because)]);
}

function holdsForAll({ failsFor, answer, because }: Answer, undecided: Undecided): Tri<boolean> {
  if (answer === 'always') return sure(true);
  return failsFor === undefined ? doubt([undecided(because)]) : sure(false);
}

function reachOf(
  { class: it, principal, accountId, allowed }: Access,
  { actions }: DocumentUse,
  isGranted: boolean,
): Reach {
  return {
    class: it,
    principal,
    ...(accountId === undefined ? {} : { accountId }),
    statement: isGranted ? allowed.statements.join(', ') : 'identity policies',
    actions,
    conditions: isGranted && allowed.answer !== 'always' ? allowed.conditions : [],
    isGranted,
  };
}
