import { isOptInRegion } from '../../model/identifiers.js';
import type { Account, EventDataStore, ObservedTrail, Region, Trail } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { readEventDataStores } from '../resources/event-data-stores.js';
import { readFullAccess } from '../resources/full-access.js';
import { readTrailRights } from '../resources/trail-rights.js';
import { readRecorders } from '../resources/recorders.js';
import { enabledRegions, listRegions } from '../resources/regions.js';
import {
  needsRegions,
  readChosen,
  unreadChosen,
  type Chosen,
  type ChosenArns,
  type ChosenLists,
} from '../resources/chosen.js';
import {
  listTrails,
  readTrails,
  readTrailStatus,
  withRegionalStatuses,
  type ListedTrail,
} from '../resources/trails.js';
import { byArn } from '../../text/order.js';

/** What an account itself told. */
export interface ReadAccount extends Pick<
  Account,
  | 'ownTrails'
  | 'observedTrails'
  | 'eventDataStores'
  | 'regions'
  | 'recorders'
  | 'recordersGap'
  | 'fullAccess'
  | 'trailRights'
  | 'evidence'
> {
  readonly trails: readonly Trail[];
  readonly stores: readonly EventDataStore[];
  /** What it has of the kinds that a policy asks for. */
  readonly chosen: { readonly arns: ChosenArns; readonly found: ChosenLists };
  /** Organization trails that it listed, of other accounts. */
  readonly foreign: readonly ListedTrail[];
}

export interface AccountPlan {
  /** Trails of other accounts whose credit is to be observed here. */
  readonly organizationTrails: readonly ListedTrail[];
  readonly asksEventDataStores: boolean;
  readonly asksRegions: boolean;
  /** Multi-Region trails that it owns are asked for in each enabled Region. */
  readonly asksTrailsEverywhere: boolean;
  /** Of AWS Config: two calls for each enabled Region. */
  readonly asksRecorders: boolean;
  /** Who holds full access: of the management account and of delegated administrators. */
  readonly asksFullAccess: boolean;
  /** Whose policies let them change trails: of the same accounts. */
  readonly asksTrailRights: boolean;
  readonly chosen: Chosen;
  /** Why trails of the organization may record the account that nobody told of. */
  readonly unseenTrails?: Unknown;
}

/** Its own trails and their state, wherever they are homed. */
export interface OwnTrails {
  readonly listed: Answer<readonly ListedTrail[]>;
  readonly trails: readonly Trail[];
}

export async function readOwnTrails(context: Context, session: Session, region: string): Promise<OwnTrails> {
  const listed = await listTrails(context, session, region);
  if (listed.it.state !== 'known') return { listed, trails: [] };
  const own = listed.it.value.filter((trail) => trail.accountId === session.accountId);
  return { listed, trails: await readTrails(context, session, own) };
}

/** Asks an account the least that its verdicts need. */
export async function readAccount(
  context: Context,
  session: Session,
  own: OwnTrails,
  plan: AccountPlan,
): Promise<ReadAccount> {
  const { listed, trails } = own;
  const evidence: Record<string, string> = { ...listed.evidence };
  if (listed.it.state !== 'known') {
    const it = mustBeUnknown(listed.it);
    return {
      ownTrails: it,
      observedTrails: [],
      regions: it,
      trails: [],
      stores: [],
      chosen: { arns: unreadChosen(plan.chosen, it), found: {} },
      foreign: [],
      evidence,
      ...(plan.asksRecorders ? { recorders: [], recordersGap: it.gap } : {}),
    };
  }
  const foreign = listed.it.value.filter((trail) => trail.accountId !== session.accountId);
  // The credit of a trail rests on both calls; the status alone is asked for trails where they are owned.
  const observes = context.aws.isSelected('cloudtrail:GetTrailStatus') && context.aws.isSelected('account:ListRegions');
  const toObserve = observes ? distinct([...plan.organizationTrails, ...foreign]) : [];
  const regions = await readRegions(context, session, plan, trails, toObserve);
  Object.assign(evidence, regions.evidence);
  const enabled = enabledRegions(regions.it);
  const wantsStores = context.aws.isSelected('cloudtrail:ListEventDataStores');
  const unasked = wantsStores ? regions.it : context.aws.notSelected('cloudtrail:ListEventDataStores');
  const [observedTrails, stores, recorders, fullAccess, trailRights, chosen, everywhere] = await Promise.all([
    Promise.all(toObserve.map((trail) => observe(context, session, trail, enabled))),
    plan.asksEventDataStores && enabled !== undefined && wantsStores
      ? readEventDataStores(context, session, enabled)
      : undefined,
    plan.asksRecorders ? readRecorders(context, session, regions.it) : {},
    plan.asksFullAccess ? readFullAccess(context, session) : undefined,
    plan.asksTrailRights ? readTrailRights(context, session) : undefined,
    readChosen(context, session, regions.it, plan.chosen),
    plan.asksTrailsEverywhere && enabled !== undefined
      ? withRegionalStatuses(context, session, trails, enabled)
      : trails,
  ]);
  Object.assign(evidence, stores?.evidence);
  return {
    ownTrails: known(trails.map((trail) => trail.arn).toSorted()),
    observedTrails,
    ...(plan.asksEventDataStores ? { eventDataStores: stores?.arns ?? mustBeUnknown(unasked) } : {}),
    regions: regions.it,
    ...recorders,
    ...(fullAccess === undefined ? {} : { fullAccess }),
    ...(trailRights === undefined ? {} : { trailRights }),
    chosen,
    trails: everywhere,
    stores: stores?.found ?? [],
    foreign,
    evidence,
  };
}

/** Neither list has an answer that means "absent"; stores are asked for Region by Region, and unknown without these. */
function mustBeUnknown(it: Known<unknown>): Unknown {
  if (it.state === 'unknown') return it;
  throw new Error('A list that was read cannot be the reason why something is unknown.');
}

async function readRegions(
  context: Context,
  session: Session,
  plan: AccountPlan,
  trails: readonly Trail[],
  toObserve: readonly ListedTrail[],
): Promise<Answer<readonly Region[]>> {
  const hasSingleRegionTrail = trails.some(
    ({ description: it }) => it.state !== 'known' || !it.value.isMultiRegionTrail,
  );
  const homedInOptIn = toObserve.some((trail) => isOptInRegion(context.partition, trail.homeRegion));
  const { asksRegions, asksEventDataStores, asksRecorders } = plan;
  if (
    asksRegions ||
    asksEventDataStores ||
    asksRecorders ||
    needsRegions(plan.chosen) ||
    hasSingleRegionTrail ||
    homedInOptIn
  ) {
    return await listRegions(context, session);
  }
  return { it: context.notAsked.regions, evidence: {} };
}

async function observe(
  context: Context,
  session: Session,
  trail: ListedTrail,
  enabled: readonly string[] | undefined,
): Promise<ObservedTrail> {
  if (enabled !== undefined && !enabled.includes(trail.homeRegion)) {
    const { ledger, clock } = context.aws.settings;
    const message = `Its home Region ${trail.homeRegion} is not enabled in account ${session.accountId}.`;
    const asked = {
      call: 'cloudtrail:GetTrailStatus',
      accountId: session.accountId,
      region: trail.homeRegion,
      resource: trail.arn,
    };
    const gap = ledger.addGap(asked, { reason: 'not-collected', message }, new Date(clock.now()));
    return { trailArn: trail.arn, status: gap, evidence: {} };
  }
  const status = await readTrailStatus(context, session, trail);
  return { trailArn: trail.arn, status: status.it, evidence: status.evidence };
}

function distinct(trails: readonly ListedTrail[]): ListedTrail[] {
  const once = new Map(trails.map((trail) => [trail.arn, trail]));
  return [...once.values()].toSorted(byArn);
}
