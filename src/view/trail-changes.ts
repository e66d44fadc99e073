import { ABSENT, Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import { allHold, someHold, sure, trailChanges, doubt, type EventReaction, type Tri } from '../facts/index.js';
import type { Account, Trail } from '../model/inventory.js';
import { namesInTrailArn } from './lookup.js';
import { chainTrails, unreadTrails } from './alarm-trails.js';
import { allEvidenceOf, evidenceOf } from './fields.js';
import { PartObject, type Values } from './object.js';
import { evidenceOfRules, placeOf } from './other-buses.js';
import { rulesAt } from './rule-sources.js';
import type { World } from './world.js';

/** What can be done from an account to trails, and whether a rule tells someone: for each Region and event. */
export function trailChangesOf(account: Account, world: World, self: ViewObject): Value {
  const reactions = regionsOf(account, world).flatMap(({ region, isTheirs }) => {
    const place = { accountId: account.id, region, rules: rulesAt(account.id, region, world) };
    const all = world.eventReactions.at(
      { ...place, records: (event) => recordsIn(region, account, world, event) },
      'cloudtrail-changes',
      trailChanges,
    );
    return all.map((it) => ({ region, it: isTheirs ? asAdministrator(it, account, region, world) : it }));
  });
  const gaps = openFor(account, world);
  return new ViewList(
    reactions.map(({ region, it }) => new PartObject('EventReaction', valuesOf(it, region), self, 'trailChanges')),
    [],
    gaps.length === 0 ? undefined : new Unknown(gaps),
  );
}

interface PlaceOfTrails {
  readonly region: string;
  /** Only trails of the organization are there, which belong to the management account. */
  readonly isTheirs: boolean;
}

/** Home Regions of the trails that log and can be changed from this account. */
function regionsOf(account: Account, world: World): readonly PlaceOfTrails[] {
  const own = new Set(world.lookup.trailsOf(account.id).filter(mayLog).map(regionOf));
  const theirs = isAdministrator(account, world)
    ? world.lookup.trails.filter((it) => isOfOrganization(it) && mayLog(it) && it.accountId !== account.id)
    : [];
  const all = new Set([...own, ...theirs.map(regionOf)]);
  return [...all].toSorted().map((region) => ({ region, isTheirs: !own.has(region) }));
}

const regionOf = ({ homeRegion }: Trail): string => homeRegion;

/** Nothing is lost by changing a trail that is stopped. */
function mayLog({ status }: Trail): boolean {
  return status.state !== 'known' || status.value.isLogging;
}

function isOfOrganization({ description: it }: Trail): boolean {
  return it.state === 'known' && it.value.isOrganizationTrail;
}

function isAdministrator({ id }: Account, { inventory: { organization } }: World): boolean {
  const ids = organization?.delegatedAdministrators;
  return ids?.state === 'known' && ids.value.includes(id);
}

/** Why there may be trails, and so places, besides these. */
function openFor(account: Account, { inventory: { organization }, lookup }: World): readonly string[] {
  const ids = organization?.delegatedAdministrators;
  const mayAdminister = ids?.state === 'unknown' && lookup.trails.some(isOfOrganization);
  const isManagement = organization?.managementAccountId === account.id;
  const gaps = [account.ownTrailsGap, mayAdminister && !isManagement ? ids.gap : undefined];
  return [...new Set(gaps.filter((it) => it !== undefined))].toSorted();
}

/** A trail that logs, records the Region and the event, of those that apply to the account. */
export function recordsIn(
  region: string,
  account: Account,
  world: World,
  event: Parameters<ReturnType<typeof chainTrails>[number]['records']>[0],
): Tri<boolean> {
  const trails = chainTrails(account, world).map((it) =>
    allHold([
      it.applies,
      it.isLogging,
      namesInTrailArn(it.arn).homeRegion === region ? sure(true) : it.isMultiRegion,
      it.records(event),
    ]),
  );
  const unread = unreadTrails(account, world);
  return someHold([...trails, ...(unread.length === 0 ? [] : [doubt(unread)])]);
}

/**
 * CloudTrail records a delegated administrator's call in the administrator's account. Whether the owner's event bus gets
 * it, too, is not documented: without a rule here nothing is known.
 */
function asAdministrator(it: EventReaction, account: Account, region: string, world: World): EventReaction {
  if (it.reaction.state !== 'untold') return it;
  const why = `${it.reaction.why} Account ${account.id} is a delegated administrator of CloudTrail; whether rules of the management account get what is done from here is not documented.`;
  const gap = { call: 'events:ListRules', accountId: account.id, region, message: why };
  const gaps = [world.note({ ...gap, reason: 'unsupported' })];
  return { ...it, reaction: { state: 'unknown', why, gaps, targets: [] } };
}

function valuesOf({ id, reaction }: EventReaction, region: string): Values {
  return { eventName: id, region, why: reaction.why, ...reactionValues(reaction) };
}

/** Whether a rule tells someone, and which link breaks its chain. */
export function reactionValues(reaction: EventReaction['reaction']): Values {
  switch (reaction.state) {
    case 'told':
      return { isTold: true, brokenAt: ABSENT, otherTargets: new ViewList([]) };
    case 'untold':
      return { isTold: false, brokenAt: reaction.brokenAt, otherTargets: new ViewList([]) };
    case 'unknown': {
      const open = new Unknown(reaction.gaps);
      return { isTold: open, brokenAt: open, otherTargets: new ViewList(reaction.targets) };
    }
  }
}

/** Everything that was asked along the way. */
export function evidenceOfTrailChanges(account: Account, world: World): readonly (readonly string[])[] {
  const { inventory, lookup } = world;
  const places = regionsOf(account, world).flatMap(({ region }) => placeOf(inventory, account.id, region) ?? []);
  return [
    evidenceOf(account, ['cloudtrail:ListTrails']),
    ...lookup.trailsOf(account.id).map(allEvidenceOf),
    ...evidenceOfRules(places, world),
  ];
}
