import type { Value, ViewObject } from '../expression/index.js';
import type { ClassCoverage, EventCoverage, LostEvent, Loss, NetworkCoverage, OpenList } from '../facts/index.js';
import { fromOpenList, fromTri, orAbsent, texts, timeOrAbsent } from './convert.js';
import { fields } from './fields.js';
import { LazyObject, PartObject, type Field, type Shape, type Values } from './object.js';
import { totalMap } from './total-map.js';
import type { World } from './world.js';
import type { Cause } from '../model/cause.js';

/** Something of event coverage, and the field of the object that shows it. */
interface Shown<T> {
  readonly it: T;
  readonly owner: ViewObject;
  readonly field: string;
}

/** What an account, Region, trail or event data store records, as an object of the View. */
export function coverageOf(it: EventCoverage, owner: ViewObject, field: string, world: World): ViewObject {
  return new LazyObject(eventCoverage, { it, owner, field }, world);
}

/** The fact behind an `EventCoverage` of the View; undefined for one of a fixture. */
export function coverageFact(object: ViewObject): EventCoverage | undefined {
  if (!(object instanceof LazyObject) || object.type !== eventCoverage.type) return undefined;
  // Only coverageOf makes objects of this shape.
  return (object.subject as Shown<EventCoverage>).it;
}

function shown<T>(read: (subject: Shown<T>, world: World, self: ViewObject) => Value): Field<Shown<T>> {
  return { read, evidence: ({ owner, field }) => owner.evidence(field) };
}

const eventCoverage: Shape<Shown<EventCoverage>> = {
  type: 'EventCoverage',
  cause: ({ owner, field }) => owner.cause?.(field),
  fields: fields<Shown<EventCoverage>>({
    management: shown(({ it, owner, field }, world) => classOf(it.management(), { owner, field }, world)),
    data: shown(({ it, owner, field }, world) => totalMap((type) => classOf(it.data(type), { owner, field }, world))),
    networkActivity: shown(({ it, owner, field }, world) =>
      totalMap((source) => networkOf(it.networkActivity(source), { owner, field }, world)),
    ),
    insights: shown(({ it }) => fromOpenList(it.insights(), (type) => type)),
  }),
};

type Place = Omit<Shown<unknown>, 'it'>;

function classOf(it: ClassCoverage, place: Place, world: World): ViewObject {
  return new LazyObject(classCoverage, { it, ...place }, world);
}

const classCoverage: Shape<Shown<ClassCoverage>> = {
  type: 'ClassCoverage',
  cause: ({ it, owner, field }, asked) =>
    commonCause(
      [...(asked.startsWith('write') ? [] : [it.readLosses]), ...(asked.startsWith('read') ? [] : [it.writeLosses])],
      owner.cause?.(field),
    ),
  fields: fields<Shown<ClassCoverage>>({
    read: shown(({ it }) => fromTri(it.read, (level) => level)),
    write: shown(({ it }) => fromTri(it.write, (level) => level)),
    readLosses: shown(({ it, ...place }, world) => losses(it.readLosses, place, world)),
    writeLosses: shown(({ it, ...place }, world) => losses(it.writeLosses, place, world)),
  }),
};

function networkOf(it: NetworkCoverage, place: Place, world: World): ViewObject {
  return new LazyObject(networkCoverage, { it, ...place }, world);
}

const networkCoverage: Shape<Shown<NetworkCoverage>> = {
  type: 'NetworkCoverage',
  cause: ({ it, owner, field }, asked) =>
    commonCause([asked === 'deniedLosses' ? it.denied().losses : it.losses], owner.cause?.(field)),
  fields: fields<Shown<NetworkCoverage>>({
    level: shown(({ it }) => fromTri(it.level, (level) => level)),
    losses: shown(({ it, ...place }, world) => losses(it.losses, place, world)),
    deniedLosses: shown(({ it, ...place }, world) => losses(it.denied().losses, place, world)),
  }),
};

/** The one cause of all losses; where they differ, the object itself is to be looked at. */
function commonCause(lists: readonly OpenList<Loss>[], otherwise: Cause | undefined): Cause | undefined {
  const [first, ...others] = lists.flatMap(({ members }) => members.map((loss) => loss.cause));
  const isShared = others.every((it) => it?.targetType === first?.targetType && it?.id === first?.id);
  return isShared && first !== undefined ? first : otherwise;
}

function losses(it: OpenList<Loss>, place: Place, world: World): Value {
  return fromOpenList(it, (loss) => new LazyObject(lossShape, { it: loss, ...place }, world));
}

const lossShape: Shape<Shown<Loss>> = {
  type: 'Loss',
  cause: ({ it, owner, field }) => it.cause ?? owner.cause?.(field),
  fields: fields<Shown<Loss>>({
    reason: shown(({ it }) => it.reason),
    eventSource: shown(({ it }) => it.eventSource),
    regions: shown(({ it }) => texts(it.regions)),
    resourceArnPrefix: shown(({ it }) => orAbsent(it.resourceArnPrefix)),
    isLogBucket: shown(({ it }) => fromTri(it.isLogBucket, (is) => is)),
    isAccessLogBucket: shown(({ it }) => fromTri(it.isAccessLogBucket, (is) => is)),
    example: shown((loss) => partOf(loss, 'LostEvent', eventValues(loss.it.example))),
    summary: shown(({ it }) => it.summary),
    failingSince: shown(({ it }) => timeOrAbsent(it.failingSince)),
    recordedBy: shown(({ it }) => fromTri(it.recordedBy, (by) => by)),
    cause: shown((loss) => {
      const { cause } = loss.it;
      return orAbsent(cause === undefined ? undefined : partOf(loss, 'Cause', { ...cause }));
    }),
  }),
};

function partOf({ it, owner, field }: Shown<Loss>, type: string, values: Values): PartObject {
  return new PartObject(type, values, owner, field, it.cause);
}

function eventValues(event: LostEvent): Values {
  return {
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.awsRegion,
    readOnly: event.readOnly,
    resourceType: orAbsent(event.resourceType),
    resourceArn: orAbsent(event.resourceArn),
    userArn: orAbsent(event.userArn),
    eventType: orAbsent(event.eventType),
  };
}
