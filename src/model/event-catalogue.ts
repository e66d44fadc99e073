import { eventNameLines, eventVerbs, unsureEventSources } from './event-names.js';
import { otherEventNames, otherEventSources, recordedAs } from './other-event-names.js';

const suffix = '.amazonaws.com';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Some services write the version of their API behind a name: `GetFunction20150331v2`, `CreateDistribution2020_05_31`. */
const versioned = new Map([
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  ['lambda', /\d{8}(?:v\d+)?$/],
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging_using_cloudtrail.html
  ['cloudfront', /\d{4}_\d\d_\d\d$/],
]);

/** Lambda's names that are seen with a version behind them, and the ends that they are seen with. */
const versionedOfLambda =
  /^(?:Add|Remove)Permission$|^(?:Get|Create|Delete|List)Functions?(?:Configuration)?$|^UpdateFunction(?:Code|Configuration)$/;
const endsOfLambda = ['20150331', '20150331v2'];

const lines = new Map(eventNameLines.map((line) => [line.slice(0, line.indexOf(' ')), line] as const));
const read = new Map<string, ReadonlySet<string>>();

/** What is known of a pair of event source and event name. */
export type KnownPair =
  /** CloudTrail may write it. `also`: names under which the same call is recorded as well, or only. */
  | { readonly state: 'known'; readonly also: readonly string[] }
  /** The service has no such name. */
  | { readonly state: 'unknown' }
  /** Nothing is known of the event source, or not enough. */
  | { readonly state: 'unchecked' };

/** Every event source of which the names are known, with `.amazonaws.com`. */
export function knownEventSources(): readonly string[] {
  return [...lines.keys()].map((it) => `${it}${suffix}`);
}

/** Whether CloudTrail has an event source of this name, whether or not its event names are known. */
export function isEventSource(eventSource: string): boolean {
  const service = serviceOf(eventSource);
  return (
    service !== undefined &&
    (lines.has(service) || unsureEventSources.includes(service) || otherEventSources.includes(service))
  );
}

/**
 * The names of events that CloudTrail writes for an event source, without the versions that some services put behind
 * them; undefined where they are not known.
 */
export function eventNamesOf(eventSource: string): ReadonlySet<string> | undefined {
  const service = serviceOf(eventSource);
  const line = service === undefined ? undefined : lines.get(service);
  if (service === undefined || line === undefined) return undefined;
  const names = read.get(service) ?? new Set([...namesIn(line), ...(otherEventNames[service] ?? [])]);
  read.set(service, names);
  return names;
}

/** Whether CloudTrail writes events of this name for this source. Names are exact: case counts. */
export function eventPair(eventSource: string, eventName: string): KnownPair {
  const service = serviceOf(eventSource);
  const names = eventNamesOf(eventSource);
  if (service === undefined || names === undefined) return { state: 'unchecked' };
  if (names.has(eventName)) return { state: 'known', also: otherNamesOf(service, eventName) };
  const end = versioned.get(service);
  const isKnown = end !== undefined && names.has(eventName.replace(end, ''));
  return isKnown ? { state: 'known', also: [] } : { state: 'unknown' };
}

function otherNamesOf(service: string, eventName: string): readonly string[] {
  const other = recordedAs[`${service} ${eventName}`];
  if (other !== undefined) return [other];
  const isVersioned = service === 'lambda' && versionedOfLambda.test(eventName);
  return isVersioned ? endsOfLambda.map((it) => `${eventName}${it}`) : [];
}

/** The event sources that have an event of this name. */
export function eventSourcesOf(eventName: string): readonly string[] {
  return knownEventSources().filter((it) => eventPair(it, eventName).state === 'known');
}

function serviceOf(eventSource: string): string | undefined {
  return eventSource.endsWith(suffix) ? eventSource.slice(0, -suffix.length) : undefined;
}

function namesIn(line: string): readonly string[] {
  const [, ...parts] = line.split(' ');
  return parts.flatMap((part) => {
    if (part.startsWith('=')) return [part.slice(1)];
    const [noun = '', verbs = ''] = part.split(':');
    return Array.from(verbs, (letter) => `${eventVerbs[letters.indexOf(letter)] ?? ''}${noun}`);
  });
}
