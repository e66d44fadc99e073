import type { ViewObject } from '../expression/index.js';
import {
  deliveryOf,
  hasError,
  viewsOf,
  type AccountDelivery,
  type Channel,
  type ChannelName,
  channelField,
} from '../facts/index.js';
import { fromOpenList, fromTri, orAbsent, time, timeOrAbsent } from './convert.js';
import { fields } from './fields.js';
import { LazyObject, PartObject, type Field, type Shape, type Values } from './object.js';
import type { SeenTrail } from './seen-trail.js';
import type { World } from './world.js';

/** A channel, and the trail whose `delivery` shows it. */
interface Shown {
  readonly it: Channel;
  readonly name: ChannelName;
  readonly trail: ViewObject;
}

/** Where a trail delivers: as everyone is told, or its owner and the one account that it is seen by. */
export function trailDelivery(trail: SeenTrail, world: World, self: ViewObject): ViewObject {
  const { inventory, gaps } = world;
  const views = viewsOf(trail, inventory, trail.seenBy);
  const channels = deliveryOf(trail, { views, capturedAt: inventory.capturedAt, gaps });
  const show = (name: ChannelName): ViewObject =>
    new LazyObject(delivery, { it: channels[name], name, trail: self }, world);
  return new PartObject(
    'TrailDelivery',
    {
      logs: show('logs'),
      digests: show('digests'),
      cloudWatchLogs: show('cloudWatchLogs'),
      notifications: show('notifications'),
      hasError: fromTri(hasError(channels, views), (it) => it),
    },
    self,
    'delivery',
  );
}

/** The fact behind a `Delivery` of the View; undefined for one of a fixture. */
export function deliveryFact(object: ViewObject): Channel | undefined {
  if (!(object instanceof LazyObject) || object.type !== delivery.type) return undefined;
  // Only trailDelivery makes objects of this shape.
  return (object.subject as Shown).it;
}

function shown(read: Field<Shown>['read']): Field<Shown> {
  return { read, evidence: ({ trail }) => trail.evidence('delivery') };
}

const delivery: Shape<Shown> = {
  type: 'Delivery',
  cause({ name, trail }) {
    const cause = trail.cause?.('delivery');
    return cause === undefined ? undefined : { ...cause, field: channelField(name) };
  },
  fields: fields<Shown>({
    isConfigured: shown(({ it }) => fromTri(it.isConfigured, (value) => value)),
    latestTime: shown(({ it }) => fromTri(it.latestTime, time)),
    error: shown(({ it }) => fromTri(it.error, (value) => value)),
    byAccount: shown(({ it, trail }) => fromOpenList(it.byAccount(), (one) => accountDelivery(one, trail))),
    quietSince: shown(({ it }) => fromTri(it.quietSince(), time)),
  }),
};

function accountDelivery({ accountId, latestTime, error, quietSince }: AccountDelivery, trail: ViewObject): ViewObject {
  const values: Values = {
    accountId,
    latestTime: timeOrAbsent(latestTime),
    error: orAbsent(error),
    quietSince: fromTri(quietSince(), time),
  };
  return new PartObject('AccountDelivery', values, trail, 'delivery');
}
