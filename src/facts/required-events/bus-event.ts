import { isOpen, oneOf, someText, type EventObject, type EventValue } from '../partial-event/index.js';

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudtrail.html */
const detailTypes: Readonly<Record<string, string>> = {
  AwsApiCall: 'AWS API Call via CloudTrail',
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsConsoleAction: 'AWS Console Action via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
};

/** The event bus on which an event is: its account and Region are the event's. */
export interface EventPlace {
  readonly accountId: string;
  readonly region: string;
}

/**
 * A record of CloudTrail as EventBridge delivers it.
 *
 * @param place undefined: anywhere
 */
export function busEvent(record: EventObject, place?: EventPlace): EventObject {
  return {
    version: '0',
    id: someText(['4ed5428a-1111-4222-8333-444455556666']),
    'detail-type': detailTypeOf(record['eventType']),
    source: sourceOf(record['eventSource']),
    account: place?.accountId ?? someText(['111122223333']),
    time: someText(['2026-01-31T12:00:00Z']),
    region: place?.region ?? someText(['eu-central-1', 'us-east-1', 'ap-southeast-2']),
    resources: [],
    detail: place === undefined ? record : { ...record, ...saidInRecord(record, place) },
  };
}

/** Where the record says the same of its place, as it does not in every class of events. */
function saidInRecord(record: EventObject, { accountId, region }: EventPlace): EventObject {
  return {
    ...(record['awsRegion'] === undefined ? {} : { awsRegion: region }),
    ...(record['recipientAccountId'] === undefined ? {} : { recipientAccountId: accountId }),
  };
}

/** Whether an event pattern may ask for a place: without it all places are the same. */
export function asksForPlace(pattern: string): boolean {
  return /"(?:account|region|awsRegion|recipientAccountId)"/i.test(pattern) || pattern.includes('\\u');
}

function detailTypeOf(eventType: EventValue | undefined): EventValue {
  if (typeof eventType === 'string') return detailTypes[eventType] ?? someText([eventType]);
  const never = isOpen(eventType) && eventType.of === 'text' ? eventType.never : [];
  const possible = Object.entries(detailTypes).filter(([type]) => !never.includes(type));
  return oneOf(...possible.map(([, detailType]) => detailType));
}

function sourceOf(eventSource: EventValue | undefined): EventValue {
  return typeof eventSource === 'string'
    ? `aws.${eventSource.replace(/\.amazonaws\.com$/, '')}`
    : someText(['aws.ec2', 'aws.iam']);
}
