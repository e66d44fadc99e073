import type { Bucket, Trail } from '../../model/inventory.js';
import { logPrefixes } from '../log-keys.js';
import { allHold, doubt, fromKnown, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { equalTo, identityField, type EventClass } from './event-class.js';
import { meet, type EventSet } from './event-set.js';
import { recordedBy } from './lost-events.js';
import type { EventSink, Recording } from './recording.js';
import { spaceOf } from './space-of.js';

/** What decides whether a trail sees its own deliveries. */
interface Surroundings {
  readonly partition: string;
  readonly globalServicesRegion: string;
  readonly organizationId: string | undefined;
  /** The bucket that the trail delivers to; undefined: nobody read it. */
  readonly bucket: Bucket | undefined;
  /** Who is certainly no account of the organization owns it. */
  readonly isOutside: boolean;
  /** The trail as it records in the account of an id; undefined: not there, as far as is known. */
  sinkIn(accountId: string): EventSink | undefined;
  /** Notes that the bucket was not read; gives the gap's id. */
  noteUnread(): string;
}

const writes: EventClass = { category: 'Data', resourceType: 'AWS::S3::Object', readOnly: false };

/**
 * Whether a trail records the PutObject with which CloudTrail delivers its log files, so that each delivery makes an event
 * that is delivered again. Such events are of the bucket's account and Region, and have no identity with an ARN.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-recursive-logging.html
 */
export function recordsOwnDeliveries(trail: Trail, around: Surroundings): Tri<boolean> {
  const { description } = trail;
  if (description.state !== 'known') return fromKnown(description, false, () => false);
  const { s3BucketName, recursiveLogging } = description.value;
  if (recursiveLogging === false) return sure(false);
  const own = around.sinkIn(trail.accountId);
  const [key = ''] = logPrefixes(s3BucketName, [trail], around.organizationId).known;
  const prefix = `arn:${around.partition}:s3:::${s3BucketName}/${key}`;
  const selects = asked(own, (it) => takes(it, it.region, prefix, around));
  if (selects.state === 'known' && !selects.value) return selects;
  const { bucket, isOutside } = around;
  if (isOutside) return sure(false);
  if (bucket === undefined) return allHold([selects, doubt([around.noteUnread()])]);
  const { owner } = bucket;
  if (owner.state !== 'known') return allHold([selects, fromKnown(owner, false, () => false)]);
  const { accountId, region } = owner.value;
  return asked(around.sinkIn(accountId), (it) => takes(it, region, prefix, around));
}

/** In the worst and in the best case. */
function asked(sink: EventSink | undefined, test: (it: Recording) => boolean): Tri<boolean> {
  if (sink?.best === undefined || !test(sink.best)) return sure(false);
  return sink.worst !== undefined && test(sink.worst) ? sure(true) : doubt(sink.gaps);
}

function takes(it: Recording, region: string, prefix: string, around: Surroundings): boolean {
  const space = spaceOf(writes, around.partition);
  const place = { region, isGlobalServicesRegion: region === around.globalServicesRegion };
  const delivery: EventSet = new Map([
    ['resources.ARN', { oneOf: [[{ op: 'prefix', value: prefix }]], none: [] }],
    ['eventName', equalTo('PutObject')],
    ['eventSource', equalTo('s3.amazonaws.com')],
    ['eventType', equalTo('AwsApiCall')],
    [identityField, equalTo('false')],
  ]);
  return recordedBy(it, place, writes, space).some((box) => meet(box, delivery, space) !== undefined);
}
