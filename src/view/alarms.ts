import { ABSENT, Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import type { Cause } from '../model/cause.js';
import { alarmSubjects, type AlarmSubject, type Chain, type EventChain, type SubjectChains } from '../facts/index.js';
import type { Account } from '../model/inventory.js';
import { chainTrails, creditsInForce, unreadTrails } from './alarm-trails.js';
import { allEvidenceOf, evidenceOf, fields } from './fields.js';
import { roleOf } from './log-group-role.js';
import { organizationTrailsCause } from './membership.js';
import { LazyObject, PartObject, type Field, type Shape, type Values } from './object.js';
import type { World } from './world.js';

/** The account whose alarms are looked at, and the object that shows it. */
interface Watched {
  readonly account: Account;
  readonly owner: ViewObject;
}

/** What tells someone of the events of each subject. */
export function alarmsOf(account: Account, world: World, owner: ViewObject): ViewObject {
  return new LazyObject(alarms, { account, owner }, world);
}

/** `kms-key-deletion` → `kmsKeyDeletion` */
function fieldOf(subject: AlarmSubject): string {
  return subject.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function chainField(subject: AlarmSubject): Field<Watched> {
  const name = fieldOf(subject);
  return {
    read({ account, owner }, world) {
      const chains = world.alarmChains.ofSubject(subject, chainTrails(account, world), unreadTrails(account, world));
      return chainsOf(chains, owner, causeOf(account, name, world));
    },
    evidence: ({ owner }) => owner.evidence('alarms'),
    cause: ({ account }, world) => causeOf(account, name, world),
  };
}

/**
 * What is to be fixed where no one is told: the alarms of whoever owns the one organization trail that records the
 * account; where none does, the organization's trails.
 */
function causeOf(account: Account, field: string, world: World): Cause | undefined {
  const credits = creditsInForce(account, world);
  const [credit] = credits;
  if (credit === undefined) {
    return world.lookup.trailsOf(account.id).length === 0 ? organizationTrailsCause(world) : undefined;
  }
  const owner = world.lookup.trail(credit.trailArn)?.accountId;
  return credits.length > 1 || owner === undefined ? undefined : { targetType: 'account', id: owner, field };
}

const alarms: Shape<Watched> = {
  type: 'Alarms',
  keepsLastOnly: true,
  fields: fields<Watched>(Object.fromEntries(alarmSubjects.map((it) => [fieldOf(it), chainField(it)]))),
};

function chainsOf({ events, literalOf, topics }: SubjectChains, owner: ViewObject, cause: Cause | undefined): Value {
  const part = (type: string, values: Values): PartObject => new PartObject(type, values, owner, 'alarms', cause);
  const gaps = events.flatMap(({ chain }) => (chain.state === 'unknown' ? chain.gaps : []));
  // A chain that is not known may have the text, and may have more topics.
  const rest = gaps.length === 0 ? undefined : new Unknown([...new Set(gaps)].toSorted());
  return part('AlarmChain', {
    events: new ViewList(
      events.map((it) => part('AlarmedEvent', eventValues(it))),
      [],
      undefined,
      cause,
    ),
    literalOf: new ViewList(literalOf, [], rest, cause),
    topics: new ViewList(topics, [], rest, cause),
  });
}

/** Accounts share their chains. */
const valuesOf = new WeakMap<EventChain, Values>();

function eventValues(event: EventChain): Values {
  const { id, what, chain } = event;
  const values = valuesOf.get(event) ?? { eventName: id, what, why: chain.why, ...linkValues(chain) };
  valuesOf.set(event, values);
  return values;
}

/** From how many events on the chain tells someone, and which link breaks it. */
export function linkValues(chain: Chain): Values {
  switch (chain.state) {
    case 'whole':
      return { firesAt: chain.firesAt, firesAtMost: chain.firesAt, brokenAt: ABSENT };
    case 'broken':
      return { firesAt: ABSENT, firesAtMost: ABSENT, brokenAt: chain.brokenAt };
    case 'unknown': {
      const open = new Unknown(chain.gaps);
      return { firesAt: open, firesAtMost: chain.firesAtMost?.firesAt ?? open, brokenAt: open };
    }
  }
}

/** Everything that was asked along the chains of an account. */
export function evidenceOfAlarms(account: Account, world: World): readonly (readonly string[])[] {
  const { lookup, inventory } = world;
  const credited = creditsInForce(account, world).flatMap(({ trailArn }) => lookup.trail(trailArn) ?? []);
  const trails = [...lookup.trailsOf(account.id), ...credited];
  const groups = trails.flatMap(({ description }) =>
    description.state === 'known' && description.value.cloudWatchLogsLogGroupArn !== undefined
      ? (lookup.logGroup(description.value.cloudWatchLogsLogGroupArn) ?? [])
      : [],
  );
  const places = (inventory.alarms ?? []).filter((place) =>
    groups.some((it) => it.accountId === place.accountId && it.region === place.region),
  );
  const actions = new Set(
    places.flatMap(({ alarms: it }) =>
      it.state === 'known'
        ? [...it.value.metricAlarms, ...it.value.compositeAlarms].flatMap((alarm) => alarm.alarmActions)
        : [],
    ),
  );
  return [
    evidenceOf(account, ['cloudtrail:ListTrails']),
    ...account.observedTrails.map(allEvidenceOf),
    ...trails.map(allEvidenceOf),
    ...trails.flatMap((trail) => roleOf(trail, world) ?? []).map(allEvidenceOf),
    ...groups.map((it) => evidenceOf(it, ['logs:DescribeMetricFilters'])),
    ...places.map(allEvidenceOf),
    ...(inventory.topics ?? []).filter(({ arn }) => actions.has(arn)).map(allEvidenceOf),
  ];
}
