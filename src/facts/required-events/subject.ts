import type { EventObject } from '../partial-event/index.js';

/** What the CIS benchmarks want to be told of; with `alarms-on-` before it, the id of a policy. */
export const alarmSubjects = [
  'unauthorized-api-calls',
  'console-sign-in-without-mfa',
  'root-usage',
  'iam-policy-changes',
  'cloudtrail-changes',
  'console-sign-in-failures',
  'kms-key-deletion',
  's3-bucket-policy-changes',
  'config-changes',
  'security-group-changes',
  'network-acl-changes',
  'network-gateway-changes',
  'route-table-changes',
  'vpc-changes',
  'organizations-changes',
] as const;

export type AlarmSubject = (typeof alarmSubjects)[number];

/** A kind of event: all events that agree with the template. */
export interface EventClass {
  /** The event's name, or one of ours where the class has events of many names. */
  readonly id: string;
  /** Says in plain words which events these are. */
  readonly what: string;
  /** What is the same in all of them; the rest is left open. */
  readonly event: EventObject;
}

export interface SubjectEvents {
  /** An alarm must be told of each event of each of these. */
  readonly required: readonly EventClass[];
  /** On the list since CIS 5.0 only. */
  readonly sinceCis5: readonly EventClass[];
  /** Events that do the same harm, and are on no benchmark's list. */
  readonly advised: readonly EventClass[];
  /** Where the alarm is told of all of one of these, it does not tell what it is there to tell. */
  readonly forbidden: readonly EventClass[];
}
