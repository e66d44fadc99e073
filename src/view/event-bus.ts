import { ABSENT, ViewList, type Value, type ViewObject } from '../expression/index.js';
import {
  alarmSubjects,
  classesOfSubject,
  type AlarmSubject,
  type EventChain,
  type EventReaction,
} from '../facts/index.js';
import type { Account, EventBus } from '../model/inventory.js';
import { chainTrails, unreadTrails } from './alarm-trails.js';
import { evidenceOfAlarms, linkValues } from './alarms.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { PartObject, type Field, type Shape, type Values } from './object.js';
import { evidenceOfRules, placeOf } from './other-buses.js';
import { rulesAt } from './rule-sources.js';
import { reactionValues, recordsIn } from './trail-changes.js';
import type { World } from './world.js';

const told = (show: (it: EventBus) => Value): Field<EventBus> => observed(['events:DescribeEventBus'], show);

export const eventBusShape: Shape<EventBus> = {
  type: 'EventBus',
  label: (it) => it.arn,
  cause: (it, field) => ({ targetType: 'event-bus', id: it.arn, field }),
  fields: fields<EventBus>({
    arn: told((it) => it.arn),
    accountId: told((it) => it.accountId),
    region: told((it) => it.region),
    subjects: derived(evidenceOfEvents, subjectsOf),
  }),
};

/**
 * IAM and Organizations have their events in one Region alone.
 * Source: https://repost.aws/knowledge-center/use-eventbridge-rule-across-regions
 */
const inOneRegion: ReadonlySet<AlarmSubject> = new Set(['iam-policy-changes', 'organizations-changes']);
const theirRegion = 'us-east-1';

function subjectsOf(bus: EventBus, world: World, self: ViewObject): Value {
  const account = world.lookup.account(bus.accountId);
  if (account === undefined) throw new Error(`Event bus ${bus.arn} is of no account of the inventory.`);
  const part = (type: string, values: Values): PartObject => new PartObject(type, values, self, 'subjects');
  return new ViewList(
    alarmSubjects
      .filter((subject) => comesTo(bus, subject, world))
      .map((subject) => {
        const events = eventsOf(subject, bus, account, world).map((values) => part('WatchedEvent', values));
        return part('WatchedSubject', { subject, events: new ViewList(events) });
      }),
  );
}

function comesTo({ region }: EventBus, subject: AlarmSubject, { inventory: { partition } }: World): boolean {
  return partition !== 'aws' || !inOneRegion.has(subject) || region === theirRegion;
}

function eventsOf(subject: AlarmSubject, { region }: EventBus, account: Account, world: World): readonly Values[] {
  const place = { accountId: account.id, region, rules: rulesAt(account.id, region, world) };
  const reactions = world.eventReactions.at(
    { ...place, records: (event) => recordsIn(region, account, world, event) },
    subject,
    classesOfSubject(subject),
  );
  const { events } = world.alarmChains.ofSubject(subject, chainTrails(account, world), unreadTrails(account, world));
  return reactions.flatMap((it, index) => {
    const event = events[index];
    return event === undefined ? [] : [valuesOf(placed(subject, it, account, region, world), event)];
  });
}

/** Elsewhere than in the partition aws it is not documented to which Region these events come. */
function placed(
  subject: AlarmSubject,
  it: EventReaction,
  account: Account,
  region: string,
  world: World,
): EventReaction {
  const { partition } = world.inventory;
  if (partition === 'aws' || !inOneRegion.has(subject) || it.reaction.state !== 'untold') return it;
  const why = `${it.reaction.why} Whether such events come to ${region} in the partition ${partition} is not documented.`;
  const gap = { call: 'events:ListRules', accountId: account.id, region, message: why };
  const gaps = [world.note({ ...gap, reason: 'unsupported' })];
  return { ...it, reaction: { state: 'unknown', why, gaps, targets: [] } };
}

function valuesOf({ id, what, reaction }: EventReaction, { chain }: EventChain): Values {
  const { firesAt = ABSENT, firesAtMost = ABSENT } = linkValues(chain);
  return {
    eventName: id,
    what,
    ruleWhy: reaction.why,
    ...reactionValues(reaction),
    alarmWhy: chain.why,
    alarmFiresAt: firesAt,
    alarmFiresAtMost: firesAtMost,
  };
}

/** Everything that was asked along the way. */
function evidenceOfEvents(bus: EventBus, world: World): readonly (readonly string[])[] {
  const account = world.lookup.account(bus.accountId);
  const place = placeOf(world.inventory, bus.accountId, bus.region);
  return [
    evidenceOf(bus, ['events:DescribeEventBus']),
    ...evidenceOfRules(place === undefined ? [] : [place], world),
    ...(account === undefined ? [] : evidenceOfAlarms(account, world)),
  ];
}
