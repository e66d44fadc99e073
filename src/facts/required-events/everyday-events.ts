import { anyone, errorFields, eventClass } from './event-classes.js';
import type { EventClass } from './subject.js';

function everyday(eventSource: string, eventName: string, type: string): EventClass {
  return eventClass(
    eventName,
    `${eventName} of ${eventSource}, an everyday call`,
    { eventSource, eventName, eventType: 'AwsApiCall', readOnly: true, userIdentity: { ...anyone, type } },
    errorFields,
  );
}

/** Successful calls as every account makes them all day: an alarm that is told of each of them tells nothing. */
export const everydayEvents: readonly EventClass[] = [
  everyday('ec2.amazonaws.com', 'DescribeInstances', 'AssumedRole'),
  everyday('sts.amazonaws.com', 'GetCallerIdentity', 'IAMUser'),
  everyday('s3.amazonaws.com', 'ListBuckets', 'AssumedRole'),
  everyday('kms.amazonaws.com', 'GenerateDataKey', 'AWSService'),
];
