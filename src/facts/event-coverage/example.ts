import type { EventSet, Space } from './event-set.js';
import {
  globalServiceField,
  globalServices,
  globalServiceValue,
  identityField,
  type EventClass,
} from './event-class.js';
import { eventSourceOf, eventTypes, knownEventsOf, readOnlyOf, type KnownEvent } from './known-events.js';
import { contains, everything, intersect, within, type StringSet } from './string-set.js';
import { exampleString } from './example-string.js';

/** An event that nothing records. */
export interface LostEvent {
  readonly eventSource: string;
  /** `*` where no operation of the service is known that fits: any of them. */
  readonly eventName: string;
  readonly awsRegion: string;
  readonly readOnly: boolean;
  readonly resourceType?: string;
  readonly resourceArn?: string;
  readonly userArn?: string;
  /** `AwsServiceEvent` and the like, where the type of the event decides. */
  readonly eventType?: string;
  /** Where only calls that end with it are asked about. */
  readonly errorCode?: string;
  /** Where it decides: whether a session of the console made it. */
  readonly isFromConsole?: boolean;
  /** Where it decides: it names no identity by its ARN, as events of AWS services and failed sign-ins. */
  readonly lacksIdentityArn?: true;
}

interface ExampleRegions {
  readonly names: readonly string[];
  readonly ofGlobalServices: string;
}

/** A realistic event of the box. Fields that the box does not confine are free to choose: none of them decides. */
export function exampleIn(
  box: EventSet,
  regions: ExampleRegions,
  eventClass: EventClass,
  space: Space,
  partition: string,
): LostEvent {
  const { eventSource, eventName } = nameIn(box, regions, eventClass, space);
  const awsRegion = regionOf(eventSource, regions);
  const readOnly =
    eventClass.category === 'NetworkActivity' ? (readOnlyOf(eventSource, eventName) ?? true) : eventClass.readOnly;
  const { errorCode } = eventClass.category === 'NetworkActivity' ? eventClass : {};
  const failed = errorCode === undefined ? {} : { errorCode };
  const common = { eventSource, eventName, awsRegion, readOnly, ...failed, ...whoAndHow(box) };
  if (eventClass.category !== 'Data') return common;
  const { resourceType } = eventClass;
  const resourceArn = arnIn(box, resourceType, space, partition);
  return { ...common, resourceType, ...(resourceArn === undefined ? {} : { resourceArn }) };
}

const anArn = [{ op: 'prefix', value: 'arn:' }] as const;

function eventTypeIn(box: EventSet): string | undefined {
  const types = box.get('eventType');
  if (types === undefined) return undefined;
  return eventTypes.find((it) => contains(types, it));
}

/** What the box says of the identity, the type and the session of its events. */
function whoAndHow(box: EventSet): Pick<LostEvent, 'userArn' | 'eventType' | 'isFromConsole' | 'lacksIdentityArn'> {
  const lacksArn = !contains(box.get(identityField) ?? everything, 'true');
  const identity = lacksArn ? undefined : box.get('userIdentity.arn');
  const userArn =
    identity === undefined ? undefined : (exampleString(within(identity, anArn)) ?? exampleString(identity));
  const eventType = eventTypeIn(box);
  const session = box.get('sessionCredentialFromConsole');
  return {
    ...(userArn === undefined ? {} : { userArn }),
    ...(lacksArn ? { lacksIdentityArn: true } : {}),
    ...(eventType === undefined ? {} : { eventType }),
    ...(session === undefined ? {} : { isFromConsole: contains(session, 'true') }),
  };
}

function nameIn(
  box: EventSet,
  regions: ExampleRegions,
  eventClass: EventClass,
  space: Space,
): Pick<KnownEvent, 'eventSource' | 'eventName'> {
  const sources = box.get('eventSource') ?? everything;
  const names = box.get('eventName') ?? everything;
  const isGlobal = box.get(globalServiceField) ?? everything;
  const type = eventTypeIn(box);
  const fits = (eventSource: string): boolean =>
    contains(sources, eventSource) && contains(isGlobal, globalServiceValue(eventSource));
  const known = knownEventsOf(eventClass).filter((it) => fits(it.eventSource) && happensIn(it.eventSource, regions));
  const best = known.find((it) => contains(names, it.eventName) && (type === undefined || it.eventType === type));
  const lacksArn = !contains(box.get(identityField) ?? everything, 'true');
  if (best !== undefined && !lacksArn) return best;
  const eventSource =
    [usualSource(eventClass), ...known.map((it) => it.eventSource), 'ec2.amazonaws.com', ...globalServices].find(
      (it) => it !== undefined && fits(it),
    ) ??
    exampleString(within(sources, [{ op: 'suffix', value: '.amazonaws.com' }])) ??
    exampleString(sources);
  if (eventSource === undefined) throw new Error('An empty set of events was called lost.');
  // Where it is not known which operation fits, none is made up: what the conditions say of the name is no guess.
  const eventName = namePattern(names);
  if (exampleString(names, space.universeOf('eventName')) === undefined) {
    throw new Error('An empty set of events was called lost.');
  }
  // Of whatever service, where neither a condition nor an operation that is known says of which.
  const isOfAny = eventClass.category === 'Management' && eventName !== '*';
  const isFree = sources.oneOf.length === 0 && (isOfAny || type !== undefined || lacksArn);
  return { eventSource: isFree ? '*' : eventSource, eventName };
}

/** A name that the conditions ask for; `Get*` or `*Acl` for a beginning or an ending; `*` for any. */
function namePattern(names: StringSet): string {
  const atoms = names.oneOf.flat();
  const named = atoms.find(({ op, value }) => op === 'equals' && contains(names, value));
  if (named !== undefined) return named.value;
  const [first] = atoms;
  if (first === undefined || first.value === '') return '*';
  return first.op === 'prefix' ? `${first.value}*` : `*${first.value}`;
}

function usualSource(eventClass: EventClass): string | undefined {
  switch (eventClass.category) {
    case 'Management':
      return undefined;
    case 'Data':
      return eventSourceOf(eventClass.resourceType);
    case 'NetworkActivity':
      return eventClass.eventSource;
  }
}

function happensIn(eventSource: string, { names, ofGlobalServices }: ExampleRegions): boolean {
  const isGlobal = globalServiceValue(eventSource) === 'true';
  return !isGlobal || names.includes('*') || names.includes(ofGlobalServices);
}

function regionOf(eventSource: string, { names, ofGlobalServices }: ExampleRegions): string {
  const [first = '*'] = names;
  if (first === '*') return ofGlobalServices;
  return globalServiceValue(eventSource) === 'true' && names.includes(ofGlobalServices) ? ofGlobalServices : first;
}

function arnIn(box: EventSet, resourceType: string, space: Space, partition: string): string | undefined {
  const set = box.get('resources.ARN');
  const isObject = resourceType === 'AWS::S3::Object';
  if (set === undefined) return isObject ? `arn:${partition}:s3:::example-bucket/example.txt` : undefined;
  const universe = space.universeOf('resources.ARN');
  const realistic = intersect(set, { oneOf: [anArn], none: [] });
  return exampleString(realistic, universe) ?? exampleString(set, universe);
}
