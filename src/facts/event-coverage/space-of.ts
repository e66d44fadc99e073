import { equalTo, fromGlobalServices, fromOtherServices, globalServiceField, type EventClass } from './event-class.js';
import type { EventSet, Space } from './event-set.js';
import { isEmpty } from './example-string.js';
import { eventTypes, knownEventsOf, sourcesOfType, type KnownEvent } from './known-events.js';
import { globalServicesRegion } from './regions.js';
import { contains, everything, intersect, type StringSet } from './string-set.js';
import { anyText, beginsWith, s3Objects, type Universe } from './universe.js';

/** What values the fields of a class's events can take. */
export function spaceOf(eventClass: EventClass, partition: string): Space {
  const arns = eventClass.category === 'Data' ? arnsOf(eventClass.resourceType, partition) : anyText;
  const sources = eventClass.category === 'Data' ? sourcesOfType(eventClass.resourceType) : [];
  return {
    universeOf: (field) => (field === 'resources.ARN' ? arns : anyText),
    isPossible: (box) =>
      possibleSource(box) &&
      isFromOneOf(sources, box) &&
      isOfSomeType(eventClass, box) &&
      !isOfTheOtherKind(eventClass, box),
  };
}

/** Data events of a type come from its service alone: a condition on the source that names it leaves nothing out. */
function isFromOneOf(sources: readonly string[], box: EventSet): boolean {
  const source = box.get('eventSource');
  return source === undefined || sources.length === 0 || sources.some((it) => contains(source, it));
}

/** Each event is of a type that AWS lists: conditions that take in all of these leave nothing out. */
function isOfSomeType({ category }: EventClass, box: EventSet): boolean {
  const types = box.get('eventType');
  return types === undefined || category === 'NetworkActivity' || eventTypes.some((it) => contains(types, it));
}

/**
 * What an operation does is in its name: where all names that are left are those of known reads there is no write, and
 * where they are those of known writes no read. So a condition that leaves out GetObject leaves out no write.
 */
function isOfTheOtherKind(eventClass: EventClass, box: EventSet): boolean {
  if (eventClass.category === 'NetworkActivity') return false;
  const names = valuesOf(box.get('eventName') ?? everything);
  if (names === undefined) return false;
  const own = knownEventsOf(eventClass);
  const others = knownEventsOf({ ...eventClass, readOnly: !eventClass.readOnly });
  const isKnownIn = (all: readonly KnownEvent[], name: string): boolean =>
    all.some((it) => it.eventName === name && contains(box.get('eventSource') ?? everything, it.eventSource));
  return names.every((name) => isKnownIn(others, name) && !isKnownIn(own, name));
}

/** All members of a set that is bound to some values; undefined: it may have others. */
function valuesOf(set: StringSet): readonly string[] | undefined {
  const bound = set.oneOf.find((clause) => clause.every(({ op }) => op === 'equals'));
  return bound?.map(({ value }) => value).filter((value) => contains(set, value));
}

/** Only these types' ARNs decide whether a basic selector takes them all. */
function arnsOf(resourceType: string, partition: string): Universe {
  const region = globalServicesRegion(partition);
  switch (resourceType) {
    case 'AWS::S3::Object':
      return s3Objects(partition);
    case 'AWS::Lambda::Function':
      return beginsWith(`arn:${partition}:lambda:`, `${region}:111122223333:function:`);
    case 'AWS::DynamoDB::Table':
      return beginsWith(`arn:${partition}:dynamodb:`, `${region}:111122223333:table/`);
    default:
      return anyText;
  }
}

/** An event of a global service has that service as its source, and no other has. */
function possibleSource(box: EventSet): boolean {
  const isGlobal = box.get(globalServiceField);
  if (isGlobal === undefined) return true;
  const source = box.get('eventSource') ?? everything;
  const allows = (value: string): boolean => !isEmpty(intersect(isGlobal, equalTo(value)));
  return (
    (allows('true') && !isEmpty(intersect(source, fromGlobalServices))) ||
    (allows('false') && !isEmpty(intersect(source, fromOtherServices)))
  );
}
