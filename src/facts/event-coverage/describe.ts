import type { LostEvent } from './example.js';
import type { Nearest } from './nearest.js';
import { channelField, type Failure } from '../silence/index.js';
import type { EventSink } from './recording.js';
import { wildcardIn } from './selectors.js';
import type { Cause } from '../../model/cause.js';

/** CloudTrail tries again to deliver for so long. */
const redeliveryInMilliseconds = 30 * 24 * 60 * 60 * 1000;

/** One sentence: which events are lost, where, and what came nearest. */
export function summaryOf(
  example: LostEvent,
  regions: readonly string[],
  nearest: Nearest,
  isDoubtful: boolean,
): string {
  const event = `${describeEvent(example)} in ${placeOf(regions)}`;
  if (isDoubtful) return `Whether anything records ${event} could not be read.`;
  return `Nothing records ${event}: ${becauseOf(nearest)}.${aboutWildcards(nearest)}`;
}

/** `PutObject (s3.amazonaws.com, write) on arn:aws:s3:::a/b`; what decided is said, and nothing is made up. */
function describeEvent(example: LostEvent): string {
  const { eventName, eventSource, readOnly, resourceArn, userArn, eventType } = example;
  const { errorCode, isFromConsole, lacksIdentityArn } = example;
  const kind = readOnly ? 'read' : 'write';
  const source = eventSource === '*' ? '' : ` of ${eventSource}`;
  return [
    nameOfEvent(eventName, `${kind} event${source}`, eventSource === '*' ? `(${kind})` : `(${eventSource}, ${kind})`),
    ...(resourceArn === undefined ? [] : [`on ${resourceArn}`]),
    ...(eventType === undefined || eventType === 'AwsApiCall' ? [] : [`of type ${eventType}`]),
    ...(userArn === undefined ? [] : [`by ${userArn}`]),
    ...(errorCode === undefined ? [] : [`that ends with ${errorCode}`]),
    ...(lacksIdentityArn === undefined ? [] : ['by an identity without an ARN (an AWS service, a failed sign-in)']),
    ...(isFromConsole === undefined ? [] : [isFromConsole ? 'from a console session' : 'from outside the console']),
  ].join(' ');
}

function nameOfEvent(name: string, any: string, behind: string): string {
  if (name === '*') return `any ${any}`;
  return name.includes('*') ? `any ${any} called ${name}` : `${name} ${behind}`;
}

/** Selectors compare texts: what looks like a pattern selects, and leaves out, nothing but its own letters. */
function aboutWildcards({ reason, sink }: Nearest): string {
  const selectors = selecting.has(reason) ? (sink?.best ?? sink?.worst)?.selectors : undefined;
  const value = selectors === undefined ? undefined : wildcardIn(selectors);
  return value === undefined
    ? ''
    : ` The * in its selector's value ${value} does not stand for any text, but for itself (StartsWith and EndsWith take parts of a value).`;
}

const selecting: ReadonlySet<Nearest['reason']> = new Set([
  'not-selected',
  'narrowed-by-resource',
  'narrowed-by-event-name',
  'narrowed-by-identity',
  'narrowed-by-other-field',
]);

function becauseOf({ reason, sink }: Nearest): string {
  const name = sink === undefined ? '' : nameOf(sink.kind, sink.arn);
  switch (reason) {
    case 'no-trail':
      return 'no trail or event data store that records applies here';
    case 'not-logging':
      return `${name} is stopped`;
    case 'key-unusable': {
      const key = sink === undefined ? undefined : keyOf(sink);
      return key === undefined
        ? `${name} has no usable key`
        : `${name} takes in nothing, as its key ${key.name} is ${key.trouble}`;
    }
    case 'not-selected':
      return `${name} selects no such events`;
    case 'excluded-source':
      return `${name} excludes this event source`;
    case 'narrowed-by-resource':
      return `${name} selects other resources only`;
    case 'narrowed-by-event-name':
      return `${name} selects other event names only`;
    case 'narrowed-by-identity':
      return `${name} leaves out this identity`;
    case 'narrowed-by-error-code':
      return `${name} selects events with another error code only`;
    case 'narrowed-by-other-field':
      return `${name} has conditions that leave it out`;
    case 'region-without-trail':
      return `${name} records in its home Region only`;
    case 'global-service-events':
      return `${name} does not include global service events`;
    case 'credit-refuted':
      return `organization ${name} does not reach this account`;
    case 'not-delivered':
      return `${name} does not deliver`;
  }
}

/** In whole seconds where that is exact. */
function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** The same for events that are selected and do not arrive, with the time from which they are lost for good. */
export function failureSummary(
  example: LostEvent,
  regions: readonly string[],
  nearest: Nearest,
  failure: Failure,
): string {
  const { sink } = nearest;
  const name = sink === undefined ? 'The trail' : capital(nameOf(sink.kind, sink.arn));
  const what = `${describeEvent(example)} in ${placeOf(regions)}`;
  if (failure.since === undefined) {
    return `${name} selects ${what}, but has never delivered anything as far as AWS reports (${failure.error}); CloudTrail tries again for 30 days, then events are lost for good.`;
  }
  const end = rfc3339(Date.parse(failure.since) + redeliveryInMilliseconds);
  return `${name} selects ${what}, but delivers nothing since ${rfc3339(Date.parse(failure.since))} (${failure.error}); CloudTrail tries again for 30 days: from ${end} on events are lost for good.`;
}

/** What is to be fixed; undefined: the account itself. */
export function causeOf({ reason, sink }: Nearest, organizationId: string | undefined): Cause | undefined {
  if (sink === undefined || reason === 'credit-refuted') {
    return organizationId === undefined
      ? undefined
      : { targetType: 'organization', id: organizationId, field: 'trails' };
  }
  const key = reason === 'key-unusable' ? keyOf(sink) : undefined;
  if (key !== undefined) return { targetType: 'kms-key', id: key.arn, field: 'keyState' };
  switch (sink.kind) {
    case 'trail':
      return { targetType: 'trail', id: sink.arn, field: fieldOf(reason) };
    case 'event-data-store':
      return { targetType: 'event-data-store', id: sink.arn, field: fieldOfStore(reason) };
    case 'unseen':
      return undefined;
  }
}

function keyOf({ idle }: EventSink) {
  return idle?.reason === 'key-unusable' ? idle.key : undefined;
}

function fieldOf(reason: Nearest['reason']): string {
  switch (reason) {
    case 'not-logging':
      return 'isLogging';
    case 'not-delivered':
      return channelField('logs');
    case 'region-without-trail':
    case 'global-service-events':
      return 'isMultiRegionTrail';
    default:
      return 'eventSelectors';
  }
}

function fieldOfStore(reason: Nearest['reason']): string {
  switch (reason) {
    case 'not-logging':
      return 'status';
    case 'region-without-trail':
      return 'multiRegionEnabled';
    default:
      return 'advancedEventSelectors';
  }
}

function nameOf(kind: string, arn: string): string {
  return kind === 'event-data-store' ? `event data store ${arn}` : `trail ${arn}`;
}

function placeOf(regions: readonly string[]): string {
  if (regions.includes('*')) return 'any Region';
  if (regions.length <= 3) return regions.join(', ');
  return `${regions.slice(0, 3).join(', ')} and ${regions.length - 3} more Regions`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
