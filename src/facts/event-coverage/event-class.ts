import type { EventSet, Space } from './event-set.js';
import { globalServicesRegion } from './regions.js';
import { everything, intersect, type Atom, type StringSet } from './string-set.js';
import { anyText, beginsWith, s3Objects, type Universe } from './universe.js';
import { isEmpty } from './example-string.js';

/** The events that one question is about. Network activity events have no `readOnly`. */
export type EventClass =
  | { readonly category: 'Management'; readonly readOnly: boolean }
  | { readonly category: 'Data'; readonly resourceType: string; readonly readOnly: boolean }
  | { readonly category: 'NetworkActivity'; readonly eventSource: string };

/** A field of ours, of management events in the leader Region: `true` for those of global services. */
export const globalServiceField = 'isGlobalService';

/**
 * Services without a Region of their own: their events are recorded in the partition's leader Region, by a trail that
 * includes global service events. A few of AWS's record elsewhere in part; what multi-Region trails record is the same.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
export const globalServices: readonly string[] = [
  'iam.amazonaws.com',
  'sts.amazonaws.com',
  'cloudfront.amazonaws.com',
  'route53.amazonaws.com',
  'organizations.amazonaws.com',
];

const globalServiceAtoms: readonly Atom[] = globalServices.map((value) => ({ op: 'equals', value }));
const fromGlobalServices: StringSet = { oneOf: [globalServiceAtoms], none: [] };
const fromOtherServices: StringSet = { oneOf: [], none: globalServiceAtoms };

/** Events that a trail without global service events records, at most. */
export const withoutGlobalServices: EventSet = new Map([
  [globalServiceField, { oneOf: [[{ op: 'equals', value: 'false' }]], none: [] }],
]);

export function globalServiceValue(eventSource: string): string {
  return String(globalServices.includes(eventSource));
}

/** What values the fields of a class's events can take. */
export function spaceOf(eventClass: EventClass, partition: string): Space {
  const arns = eventClass.category === 'Data' ? arnsOf(eventClass.resourceType, partition) : anyText;
  return { universeOf: (field) => (field === 'resources.ARN' ? arns : anyText), isPossible: possibleSource };
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

export function equalTo(value: string): StringSet {
  return { oneOf: [[{ op: 'equals', value }]], none: [] };
}
