import type { EventSet, Space } from './event-set.js';
import { globalServiceField, globalServices, globalServiceValue, type EventClass } from './event-class.js';
import { eventSourceOf, knownEventsOf, readOnlyOf, type KnownEvent } from './known-events.js';
import { contains, everything, intersect, within } from './string-set.js';
import { exampleString } from './example-string.js';

/** An event that nothing records. */
export interface LostEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly readOnly: boolean;
  readonly resourceType?: string;
  readonly resourceArn?: string;
  readonly userArn?: string;
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
  const identity = box.get('userIdentity.arn');
  const userArn =
    identity === undefined ? undefined : (exampleString(within(identity, anArn)) ?? exampleString(identity));
  const common = { eventSource, eventName, awsRegion, readOnly, ...(userArn === undefined ? {} : { userArn }) };
  if (eventClass.category !== 'Data') return common;
  const { resourceType } = eventClass;
  const resourceArn = arnIn(box, resourceType, space, partition);
  return { ...common, resourceType, ...(resourceArn === undefined ? {} : { resourceArn }) };
}

const anArn = [{ op: 'prefix', value: 'arn:' }] as const;

function nameIn(
  box: EventSet,
  regions: ExampleRegions,
  eventClass: EventClass,
  space: Space,
): Pick<KnownEvent, 'eventSource' | 'eventName'> {
  const sources = box.get('eventSource') ?? everything;
  const names = box.get('eventName') ?? everything;
  const isGlobal = box.get(globalServiceField) ?? everything;
  const fits = (eventSource: string): boolean =>
    contains(sources, eventSource) && contains(isGlobal, globalServiceValue(eventSource));
  const known = knownEventsOf(eventClass).filter((it) => fits(it.eventSource) && happensIn(it.eventSource, regions));
  const best = known.find((it) => contains(names, it.eventName));
  if (best !== undefined) return best;
  const usual = usualSource(eventClass);
  const eventSource =
    [usual, ...known.map((it) => it.eventSource), 'ec2.amazonaws.com', ...globalServices].find(
      (it) => it !== undefined && fits(it),
    ) ??
    exampleString(within(sources, [{ op: 'suffix', value: '.amazonaws.com' }])) ??
    exampleString(sources);
  const eventName =
    usualNames(eventClass).find((it) => contains(names, it)) ?? exampleString(names, space.universeOf('eventName'));
  if (eventSource === undefined || eventName === undefined) throw new Error('An empty set of events was called lost.');
  return { eventSource, eventName };
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

function usualNames(eventClass: EventClass): readonly string[] {
  if (eventClass.category === 'NetworkActivity') return ['GetObject', 'DescribeInstances', 'ListTags'];
  return eventClass.readOnly ? ['DescribeTags', 'ListTags', 'GetItem'] : ['TagResource', 'UpdateTags', 'PutItem'];
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
