import { equalTo, fromGlobalServices, fromOtherServices, globalServiceField, type EventClass } from './event-class.js';
import type { EventSet, Space } from './event-set.js';
import { isEmpty } from './example-string.js';
import { sourcesOfType } from './known-events.js';
import { globalServicesRegion } from './regions.js';
import { contains, everything, intersect } from './string-set.js';
import { anyText, beginsWith, s3Objects, type Universe } from './universe.js';

/** What values the fields of a class's events can take. */
export function spaceOf(eventClass: EventClass, partition: string): Space {
  const arns = eventClass.category === 'Data' ? arnsOf(eventClass.resourceType, partition) : anyText;
  const sources = eventClass.category === 'Data' ? sourcesOfType(eventClass.resourceType) : [];
  return {
    universeOf: (field) => (field === 'resources.ARN' ? arns : anyText),
    isPossible: (box) => possibleSource(box) && isFromOneOf(sources, box),
  };
}

/** Data events of a type come from its service alone: a condition on the source that names it leaves nothing out. */
function isFromOneOf(sources: readonly string[], box: EventSet): boolean {
  const source = box.get('eventSource');
  return source === undefined || sources.length === 0 || sources.some((it) => contains(source, it));
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
