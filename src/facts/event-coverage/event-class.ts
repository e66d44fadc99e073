import type { EventSet } from './event-set.js';
import type { Atom, StringSet } from './string-set.js';

/**
 * The events that one question is about. Network activity events have no `readOnly`, and one error code at most: that of
 * a call which the policy of a VPC endpoint refuses.
 */
export type EventClass =
  | { readonly category: 'Management'; readonly readOnly: boolean }
  | { readonly category: 'Data'; readonly resourceType: string; readonly readOnly: boolean }
  | { readonly category: 'NetworkActivity'; readonly eventSource: string; readonly errorCode?: 'VpceAccessDenied' };

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
export const fromGlobalServices: StringSet = { oneOf: [globalServiceAtoms], none: [] };
export const fromOtherServices: StringSet = { oneOf: [], none: globalServiceAtoms };

/** Events that a trail without global service events records, at most. */
export const withoutGlobalServices: EventSet = new Map([
  [globalServiceField, { oneOf: [[{ op: 'equals', value: 'false' }]], none: [] }],
]);

export function globalServiceValue(eventSource: string): string {
  return String(globalServices.includes(eventSource));
}

/**
 * A field of ours: `true` for events that have a `userIdentity.arn`. Those of AWS services and failed sign-ins have none,
 * and no condition on it selects them for certain.
 */
export const identityField = 'hasIdentityArn';

/** Events that have a `userIdentity.arn`. */
export const withIdentityArn: StringSet = equalTo('true');

export function equalTo(value: string): StringSet {
  return { oneOf: [[{ op: 'equals', value }]], none: [] };
}
