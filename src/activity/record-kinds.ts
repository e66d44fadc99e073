import type { EventRecord } from '../model/log-events.js';
import type { CompiledActivity } from './compiled-activity.js';
import { isNothing, textIn } from './event-facts.js';
import { conditionsOf } from './wanted.js';

const ofMany: ReadonlySet<string | undefined> = new Set([
  'Insight',
  'AwsCloudTrailInsight',
  'Aggregated',
  'AwsAggregatedEvent',
]);

/**
 * Whether a record is of something that was done. Insights and summaries are of many calls, each of which has a record. That
 * an endpoint of a VPC let a call through, as network activity tells, says nothing of what came of it, and the call has
 * a record of its own; what the endpoint refused has no other.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
 */
export function isOfDeed(record: EventRecord): boolean {
  const [category, type] = [textIn(record, 'eventCategory'), textIn(record, 'eventType')];
  if (ofMany.has(category) || ofMany.has(type)) return false;
  const isPassage = category === 'NetworkActivity' || type === 'AwsVpceEvent';
  return !isPassage || !isNothing(record['errorCode']);
}

/** Whether a policy tells kinds of records apart itself: otherwise it is about deeds. */
export function asksCategory(activity: CompiledActivity): boolean {
  return conditionsOf(activity).some((it) => it.reads.includes('Event.eventCategory'));
}
