import { Timestamp, type Value, type ViewObject } from '../expression/index.js';
import {
  alarmChains,
  creditsOf,
  type Credit,
  eventCoverages,
  eventReactions,
  FactGaps,
  withOwnersViewOnly,
} from '../facts/index.js';
import type { Account, Gap, Inventory, Trail } from '../model/inventory.js';
import { unknown } from '../model/known.js';
import { listedKinds, listedTypes } from '../model/resource-kinds.js';
import type { TargetType } from '../model/results.js';
import { onlyOwnerTells } from '../model/naming.js';
import { alarmSources } from './alarm-sources.js';
import { lookupIn, namesInTrailArn } from './lookup.js';
import { LazyObject, type Shape } from './object.js';
import { organizationShape } from './organization.js';
import { ruleSources } from './rule-sources.js';
import { scopeOf } from './scope.js';
import { shapeOf } from './shapes.js';
import { trailShape } from './trail.js';
import { eachTarget, type Target } from './targets.js';
import { unfoundTargets, type UnfoundTarget } from './unfound-targets.js';
import type { ObjectsByName, World } from './world.js';
import { byId } from '../text/order.js';

/** What expressions may see of an inventory. Everything is computed when it is asked for, once. */
export interface View {
  /** When the state was read. */
  readonly now: Timestamp;
  /** Undefined for a run without one. */
  readonly organization: ViewObject | undefined;
  /** What policies for this type speak of, sorted by ARN or id. Account and organization have no ARN here. */
  targets(type: TargetType): readonly Target[];
  /**
   * The same one after the other. What was computed of an account alone goes when the next one is asked for, as that of
   * thousands would fill the memory; who asks for it later gets the same, computed again.
   */
  eachTarget(type: TargetType): Iterable<Target>;
  /** Targets of a type that may be there and were not found, and why; none when the list is complete. */
  unfound(type: TargetType): readonly UnfoundTarget[];
  /** The names that an expression on this target knows: its own, `account`, `organization` and `now`. */
  scope(target: Target): ReadonlyMap<string, Value>;
  /** The inventory's gaps, and those that the facts found so far; sorted by id. */
  gaps(): readonly Gap[];
  /** One of them, by its id. */
  gap(id: string): Gap | undefined;
}

export function buildView(told: Inventory): View {
  const factGaps = new FactGaps();
  const inventory = withOwnersViewOnly(told, factGaps);
  const world = makeWorld(inventory, factGaps);
  const unfound = new Map<TargetType, readonly UnfoundTarget[]>();
  const collected = new Map(inventory.gaps.map((gap) => [gap.id, gap]));
  const now = new Timestamp(Date.parse(inventory.capturedAt));
  const { organization } = inventory;
  return {
    now,
    organization: organization === null ? undefined : world.organization(organization),
    targets: (type) => [...eachTarget(type, world)],
    *eachTarget(type) {
      for (const target of eachTarget(type, world)) {
        yield target;
        const account = type === 'account' ? world.lookup.account(target.id) : undefined;
        if (account !== undefined) world.forget(account);
      }
    },
    unfound(type) {
      const found = unfound.get(type) ?? unfoundTargets(type, world);
      unfound.set(type, found);
      return found;
    },
    scope: (target) => scopeOf(target, world, now),
    gaps: () => merged(inventory.gaps, factGaps.all()),
    gap: (id) => collected.get(id) ?? factGaps.find(id),
  };
}

function makeWorld(inventory: Inventory, gaps: FactGaps): World {
  const lookup = lookupIn(inventory);
  const credits = new Map<Account, readonly Credit[]>();
  const seenTrails = new WeakMap<Account, Map<string, ViewObject>>();
  // A bucket may be one of trails and one of other logs.
  const made = new Map<string, Map<object, ViewObject>>();
  const objectOf = <S extends object>(shape: Shape<S>, subject: S): ViewObject => {
    const ofShape = made.get(shape.type) ?? new Map<object, ViewObject>();
    made.set(shape.type, ofShape);
    const object = ofShape.get(subject) ?? new LazyObject(shape, subject, world);
    ofShape.set(subject, object);
    return object;
  };
  const object: World['object'] = (kind, it) => objectOf(shapeOf(kind), it);
  const note: World['note'] = (gap) => gaps.add({ ...gap, at: inventory.capturedAt });
  const sources = alarmSources(inventory, lookup, note);
  const world: World = {
    inventory,
    lookup,
    gaps,
    coverages: eventCoverages(inventory, gaps),
    alarmChains: alarmChains(sources),
    eventReactions: eventReactions(ruleSources(sources, inventory, note)),
    ...objectsByName(object),
    object,
    organization: (it) => objectOf(organizationShape, it),
    trailSeenBy(arn, account) {
      const seen = seenTrails.get(account) ?? new Map<string, ViewObject>();
      seenTrails.set(account, seen);
      const found = seen.get(arn);
      if (found !== undefined) return found;
      const subject = lookup.trail(arn) ?? undescribedTrail(arn, account, note);
      const trail = new LazyObject(trailShape, { ...subject, seenBy: account.id }, world);
      seen.set(arn, trail);
      return trail;
    },
    creditsOf(account) {
      const found = credits.get(account) ?? creditsOf(account, inventory, gaps);
      credits.set(account, found);
      return found;
    },
    forget(account) {
      credits.delete(account);
      seenTrails.delete(account);
      made.get(shapeOf('account').type)?.delete(account);
    },
    note,
  };
  return world;
}

function objectsByName(object: World['object']): ObjectsByName {
  const entries = listedTypes.map((kind) => [
    listedKinds[kind].variable,
    (it: Parameters<typeof object>[1]) => object(kind, it),
  ]);
  // Object.fromEntries() forgets which keys it was given: the names of all kinds.
  return Object.fromEntries(entries) as ObjectsByName;
}

/** A trail that an account told its status of, and that nobody described. */
function undescribedTrail(arn: string, seenBy: Account, note: World['note']): Trail {
  const names = namesInTrailArn(arn);
  const it = unknown(
    note({
      call: 'cloudtrail:DescribeTrails',
      accountId: seenBy.id,
      region: names.homeRegion,
      resource: arn,
      reason: 'not-collected',
      message: onlyOwnerTells(arn),
    }),
  );
  return { arn, ...names, description: it, status: it, eventSelectors: it, insightSelectors: it, evidence: {} };
}

function merged(collected: readonly Gap[], found: readonly Gap[]): readonly Gap[] {
  const all = new Map([...found, ...collected].map((gap) => [gap.id, gap]));
  return [...all.values()].toSorted(byId);
}
