import type { Account, Inventory } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { nowhere, type Place } from '../../model/naming.js';
import { isChosen, listedKinds, namesOf, type ListedType } from '../../model/resource-kinds.js';
import type { TargetType } from '../../model/results.js';
import type { GapSink } from '../fact-gaps.js';

/** A place whose list of a kind could not be read to its end, and why. */
export interface ListGap {
  readonly place: Place;
  readonly gap: string;
}

/** Of the kinds that accounts are asked for, and of accounts themselves. */
export function listGaps(kind: TargetType, inventory: Inventory, gaps: GapSink): readonly ListGap[] {
  if (isChosen(kind)) {
    return [
      ...at(nowhere, [inventory.organization?.accountsGap]),
      ...ofAccounts(kind, inventory, (account) =>
        isUntold(kind, account) ? [notAsked(kind, account, inventory, gaps)] : [],
      ),
    ];
  }
  switch (kind) {
    case 'account':
      return at({ ...nowhere, region: 'global' }, [inventory.organization?.accountsGap]);
    case 'trail':
      return [...ofOrganization(inventory, 'trailsGap'), ...ofAccounts(kind, inventory, trailGaps(inventory))];
    case 'event-data-store':
      return [
        ...ofOrganization(inventory, 'eventDataStoresGap'),
        ...whoIsAsked(inventory),
        ...ofAccounts(kind, inventory, (account) => storeGaps(account, inventory)),
      ];
    // Of accounts that were listed, the recorders of Regions that were not are targets of which nothing is known.
    case 'config-recorder':
      return at(nowhere, [inventory.organization?.accountsGap]);
    default:
      return [];
  }
}

function at(place: Place, gaps: readonly (string | undefined)[]): ListGap[] {
  return gaps.flatMap((gap) => (gap === undefined ? [] : { place, gap }));
}

/** What the organization owns, its management account may hold; accounts that were not listed own what they own. */
function ofOrganization({ organization, scope }: Inventory, gap: 'trailsGap' | 'eventDataStoresGap'): ListGap[] {
  if (organization === null) return [];
  const isAskedOfMembers = gap === 'trailsGap' || scope.deep;
  return [
    ...at(nowhere, [isAskedOfMembers ? organization.accountsGap : undefined]),
    ...at(inAccount(organization.managementAccountId), [organization[gap]]),
  ];
}

/** Delegated administrators are asked for event data stores, and nobody could tell who they all are. */
function whoIsAsked({ organization, scope, accounts }: Inventory): ListGap[] {
  if (organization === null || scope.deep) return [];
  const { delegatedAdministrators: it, accountsGap, managementAccountId } = organization;
  if (it.state === 'unknown') return at(inAccount(managementAccountId), [it.gap]);
  const listed = new Set(accounts.map(({ id }) => id));
  const unlisted = it.state === 'known' ? it.value.filter((id) => !listed.has(id)) : [];
  return unlisted.flatMap((id) => at(inAccount(id), [accountsGap]));
}

function ofAccounts(
  kind: ListedType,
  { accounts }: Inventory,
  besides: (account: Account) => readonly (string | undefined)[],
): ListGap[] {
  return accounts
    .filter((account) => account.outOfScope === undefined)
    .flatMap((account) =>
      at(inAccount(account.id), [...namesOf('account', account, kind).map(gapOf), ...besides(account)]),
    );
}

/** That its organization was not asked leaves open which trails record an account, and none of its own. */
function trailGaps({ gaps }: Inventory): (account: Account) => readonly (string | undefined)[] {
  const ofOthers = new Set(gaps.filter(({ call }) => call.startsWith('organizations:')).map(({ id }) => id));
  return ({ ownTrailsGap: gap }) => (gap !== undefined && ofOthers.has(gap) ? [] : [gap]);
}

/** An account that could not be read was not asked for its stores, either; of most members nobody would have asked. */
function storeGaps(
  { id, ownTrails, eventDataStores }: Account,
  { organization, scope }: Inventory,
): readonly (string | undefined)[] {
  const administrators = organization?.delegatedAdministrators;
  const isAsked =
    organization === null ||
    scope.deep ||
    organization.managementAccountId === id ||
    (administrators?.state === 'known' && administrators.value.includes(id));
  return eventDataStores === undefined && isAsked ? [gapOf(ownTrails)] : [];
}

/** Whether the account was not asked for a kind. */
function isUntold(kind: ListedType, account: Account): boolean {
  return namesOf('account', account, kind).some(({ state }) => state === 'absent');
}

/** An account that was read for other policies, or only as AWS Config recorded it. */
function notAsked(
  kind: ListedType,
  { id, ownTrails }: Account,
  { source, capturedAt }: Inventory,
  gaps: GapSink,
): string {
  if (ownTrails.state === 'unknown') return ownTrails.gap;
  const { noun, readBy } = listedKinds[kind];
  const [call = 'record'] = readBy;
  const isRecorded = source !== 'live';
  const message = isRecorded
    ? `What a ${noun} logs is read live: AWS Config does not record whether its logs arrive.`
    : `Account ${id} was read for other policies, without what each ${noun} logs.`;
  const reason = isRecorded ? 'not-recorded-by-config' : 'not-collected';
  return gaps.add({ call, accountId: isRecorded ? '*' : id, region: 'global', reason, message, at: capturedAt });
}

function gapOf(it: Known<unknown>): string | undefined {
  return it.state === 'unknown' ? it.gap : undefined;
}

function inAccount(accountId: string): Place {
  return { accountId, region: nowhere.region };
}
