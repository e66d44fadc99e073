import {
  isViewObject,
  Unknown,
  ViewList,
  type Value,
  type ViewFunction,
  type ViewObject,
} from '../expression/index.js';

const params = ['AlarmChain', 'int', 'list<string>'] as const;
const parameterNames = ['chain', 'maxThreshold', 'exceptEvents'] as const;
const reads = ['AlarmChain.events', 'AlarmedEvent.eventName', 'AlarmedEvent.firesAt', 'AlarmedEvent.firesAtMost'];

/** The functions of the policy language that know alarm chains. Fixtures have the same fields as the real View. */
export const alarmFunctions: readonly ViewFunction[] = [
  {
    name: 'tellsInTime',
    params,
    names: parameterNames,
    example: { target: 'account', expr: "tellsInTime(account.alarms.rootUsage, 1, ['ConsoleLogin'])" },
    returns: 'bool',
    meaning:
      'For each event of the subject, but for the excepted ones, someone is notified when so many of them come in one period, at most.',
    reads,
    apply([chain, maxThreshold, exceptEvents]) {
      const events = askedOf(chain, exceptEvents);
      if (events instanceof Unknown) return events;
      const answers = [
        ...events.members.map((it) => isTold(it, maxThreshold)),
        // One that may not be among them can only leave it open.
        ...events.doubtful.map(({ value, because }) => (isTold(value, maxThreshold) === true ? true : because)),
        ...(events.rest === undefined ? [] : [events.rest]),
      ];
      if (answers.includes(false)) return false;
      return joined(answers) ?? true;
    },
  },
  {
    name: 'missedEvents',
    params,
    names: parameterNames,
    example: { target: 'account', expr: 'size(missedEvents(account.alarms.rootUsage, 1, [])) == 0' },
    returns: 'list<string>',
    meaning: 'Of which of these events no one is notified in time, or perhaps not, and where the chain is broken.',
    reads: [...reads, 'AlarmedEvent.why'],
    apply([chain, maxThreshold, exceptEvents]) {
      const events = askedOf(chain, exceptEvents);
      if (events instanceof Unknown) return events;
      const byReason = new Map<string, string[]>();
      for (const event of events.members) {
        if (isTold(event, maxThreshold) === true) continue;
        const reason = reasonOf(event);
        byReason.set(reason, [...(byReason.get(reason) ?? []), textIn(event, 'eventName')]);
      }
      // The only event of a subject is what the subject says; its name is one that AWS does not have (`RootUsage`).
      const ofSubject = objectOf(chain).get('events');
      const isOnly = ofSubject instanceof ViewList && ofSubject.members.length + ofSubject.doubtful.length === 1;
      return new ViewList(
        [...byReason].map(([reason, names]) => (isOnly ? reason : `${listed(names)}: ${reason}`)),
        [],
        events.rest,
      );
    },
  },
];

/** The events that are asked about; unknown where the chain does not tell its events. */
function askedOf(chain: Value | undefined, exceptEvents: Value | undefined): ViewList | Unknown {
  const events = objectOf(chain).get('events');
  if (events instanceof Unknown) return events;
  if (!(events instanceof ViewList) || !(exceptEvents instanceof ViewList)) throw new TypeError(wrongType);
  if (exceptEvents.members.length === 0) return events;
  const except = new Set(exceptEvents.members);
  const isAsked = (it: Value): boolean => !except.has(objectOf(it).get('eventName'));
  return new ViewList(
    events.members.filter(isAsked),
    events.doubtful.filter(({ value }) => isAsked(value)),
    events.rest,
    events.cause,
  );
}

/** Whether someone is told in time. A chain that is whole in any case is enough, whatever another might be. */
function isTold(event: Value, maxThreshold: Value | undefined): boolean | Unknown {
  if (typeof maxThreshold !== 'number') throw new TypeError(wrongType);
  const object = objectOf(event);
  const atMost = object.get('firesAtMost');
  if (typeof atMost === 'number' && atMost <= maxThreshold) return true;
  const at = object.get('firesAt');
  if (at instanceof Unknown) return at;
  return typeof at === 'number' && at <= maxThreshold;
}

function reasonOf(event: Value): string {
  const at = objectOf(event).get('firesAt');
  const why = textIn(event, 'why');
  return typeof at === 'number' ? `${why} It takes ${at} events in one period.` : why;
}

/** The first few, and how many more. */
function listed(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 3), names.length - 3];
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function joined(answers: readonly (Value | undefined)[]): Unknown | undefined {
  const gaps = answers.flatMap((it) => (it instanceof Unknown ? it.gaps : []));
  return answers.some((it) => it instanceof Unknown) ? new Unknown([...new Set(gaps)].toSorted()) : undefined;
}

const wrongType = 'A function on alarm chains was called with what its parameters do not take.';

function objectOf(value: Value | undefined): ViewObject {
  if (typeof value === 'object' && isViewObject(value)) return value;
  throw new TypeError(wrongType);
}

function textIn(event: Value, field: string): string {
  const text = objectOf(event).get(field);
  return typeof text === 'string' ? text : 'not told';
}
