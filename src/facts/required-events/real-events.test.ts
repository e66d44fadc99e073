import { describe, expect, test } from 'vitest';
import { realEvents } from '../../../test/support/invictus-events/index.js';
import { matchesEvent, matchesRecord, parseFilterPattern, type FilterPattern } from '../filter-pattern/index.js';
import { isEventObject, isOpen, type EventObject, type EventValue } from '../partial-event/index.js';
import { namedCalls } from './event-names.js';
import { alarmSubjects, requiredEvents, standardPatterns } from './index.js';

/** Where a real event is otherwise than its class says. */
function differences(
  event: EventValue | undefined,
  template: EventValue | undefined,
  path = 'event',
): readonly string[] {
  if (template === undefined) return event === undefined ? [] : [`${path} is in no template`];
  if (isOpen(template)) {
    if (event === undefined) return template.mayBeAbsent ? [] : [`${path} is missing`];
    if (template.of === 'text')
      return typeof event === 'string' && !template.never.includes(event)
        ? []
        : [`${path} is ${JSON.stringify(event)}`];
    return template.of === 'anything' || template.values.some((it) => it === event)
      ? []
      : [`${path} is ${JSON.stringify(event)}`];
  }
  if (event !== undefined && isEventObject(event) && isEventObject(template)) {
    const keys = new Set([...Object.keys(event), ...Object.keys(template)]);
    return [...keys].flatMap((key) => differences(event[key], template[key], `${path}.${key}`));
  }
  return event === template ? [] : [`${path} is ${JSON.stringify(event)}, not ${JSON.stringify(template)}`];
}

function parsed(text: string): FilterPattern {
  const result = parseFilterPattern(text);
  if (result.state === 'invalid') throw new Error(result.problem.message);
  return result.pattern;
}

const textOf = (value: EventValue | undefined): string => (typeof value === 'string' ? value : '');
const errorOf = (event: EventObject): string => textOf(event['errorCode']);
const named = new Set(
  Object.values(namedCalls).flatMap(({ eventSource, names }) => names.map((name) => `${eventSource} ${name}`)),
);
const nameOf = (event: EventObject): string => `${textOf(event['eventSource'])} ${textOf(event['eventName'])}`;

describe('real events are as the table says', () => {
  test.each(realEvents.filter((it) => named.has(nameOf(it))).map((event) => ({ name: nameOf(event), event })))(
    '$name',
    ({ event }) => {
      const classes = alarmSubjects.flatMap((it) => requiredEvents[it].required);
      const all = classes.filter(
        (it) => it.event['eventName'] === event['eventName'] && it.event['eventSource'] === event['eventSource'],
      );
      expect(all.map((it) => differences(event, it.event))).toEqual([[]]);
    },
  );

  test('and so are denied calls, and sign-ins', () => {
    const denied = realEvents.filter((it) => ['AccessDenied', 'Client.UnauthorizedOperation'].includes(errorOf(it)));
    const classes = requiredEvents['unauthorized-api-calls'].required;
    expect(denied.map((event) => Math.min(...classes.map((it) => differences(event, it.event).length)))).toEqual(
      denied.map(() => 0),
    );
    const signIn = realEvents.find((it) => it['eventName'] === 'ConsoleLogin');
    expect(requiredEvents['console-sign-in-without-mfa'].required.map((it) => differences(signIn, it.event))).toEqual([
      [],
    ]);
  });
});

describe('the patterns of the benchmarks on real events', () => {
  const subjects = alarmSubjects.filter((it): it is keyof typeof namedCalls => it in namedCalls);

  test.each(subjects)('%s', (subject) => {
    const { eventSource, names } = namedCalls[subject];
    const expected = realEvents.filter(
      (it) => it['eventSource'] === eventSource && names.some((name) => name === it['eventName']),
    );
    for (const { text } of standardPatterns[subject]) {
      const pattern = parsed(text);
      expect(realEvents.filter((it) => matchesEvent(pattern, it) === 'yes')).toEqual(expected);
      expect(realEvents.filter((it) => matchesRecord(pattern, JSON.stringify(it)))).toEqual(expected);
    }
  });

  test('denied calls', () => {
    const [narrow, wide] = standardPatterns['unauthorized-api-calls'].map(({ text }) => parsed(text));
    if (narrow === undefined || wide === undefined) throw new Error('there are three');
    const expected = realEvents.filter((it) => /UnauthorizedOperation$|^AccessDenied/.test(errorOf(it)));
    expect(expected.length).toBeGreaterThan(2);
    expect(realEvents.filter((it) => matchesEvent(narrow, it) === 'yes')).toEqual(expected);
    // The text of CIS 1.4 to 3.0 is hardly a condition.
    expect(realEvents.filter((it) => matchesEvent(wide, it) === 'yes')).toEqual(realEvents);
  });

  test('terms are found in the text as in the event', () => {
    for (const text of ['StopLogging', '?StopLogging ?DeleteTrail', 'cloudtrail -StopLogging', '%Logging|Trail%']) {
      const pattern = parsed(text);
      for (const event of realEvents) {
        const match = matchesEvent(pattern, event);
        expect(match === 'unknown' ? match : match === 'yes').toBe(
          match === 'unknown' ? match : matchesRecord(pattern, JSON.stringify(event)),
        );
      }
    }
  });
});
