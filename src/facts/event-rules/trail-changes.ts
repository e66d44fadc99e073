import { requiredEvents, type EventClass } from '../required-events/index.js';

/**
 * What makes an existing trail record less. All of these are asked of the trail's home Region, so their events come to
 * the event bus there.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html, and the same of the others
 */
const names: ReadonlySet<string> = new Set(['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors']);

const { required, advised } = requiredEvents['cloudtrail-changes'];

/** The kinds of events that tell of a trail that is stopped, deleted, changed or narrowed. */
export const trailChanges: readonly EventClass[] = [...required, ...advised].filter(({ id }) => names.has(id));
