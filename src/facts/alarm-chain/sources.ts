import type { MessageFilter, MuteRule } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import type { Tri } from '../values.js';

/** A trail that may apply to the account whose alarms are asked for. */
export interface ChainTrail {
  readonly arn: string;
  /** It is a trail of the account, or an organization trail that is credited to it. */
  readonly applies: Tri<boolean>;
  readonly isLogging: Tri<boolean>;
  readonly isMultiRegion: Tri<boolean>;
  /** Whether it records each such event. */
  records(event: RecordedEvent): Tri<boolean>;
  /** Absent: it sends to none. */
  readonly logGroupArn: Known<string>;
  /** Events do arrive there. */
  readonly deliversToLogGroup: Tri<boolean>;
  /** What CloudTrail says of why they do not. */
  readonly deliveryError?: string;
  /** What arrives shows that its role may write the log streams of this account. */
  readonly mayWriteStreams: Tri<boolean>;
  /** Why its role may not, by the role's documents: a sentence, or undefined where they let it; missing: not judged. */
  readonly streamRefusal?: Tri<string | undefined>;
}

/** A kind of event, as far as trails tell events apart; a field that is missing: any. */
export interface RecordedEvent {
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly readOnly?: boolean;
}

/** A metric filter of a log group. */
export interface ChainFilter {
  readonly name: string;
  readonly pattern: string;
  readonly metrics: readonly FilterMetric[];
  /** It reads events that a transformer of the log group has rewritten. */
  readonly isOnTransformedLogs: boolean;
  /** Reads only events with these system fields. */
  readonly selectionCriteria?: string;
}

export interface FilterMetric {
  readonly namespace: string;
  readonly name: string;
  /** What each event adds: a number, or a field such as `$.size`. */
  readonly value: string;
  /** What is reported where no event matches; none: nothing is. */
  readonly defaultValue?: number;
  /** Names of dimensions: there is one metric for each of their values. */
  readonly dimensions: readonly string[];
  /** Default: None. */
  readonly unit?: string;
}

/** A metric alarm, with CloudWatch's own words. */
export interface ChainAlarm {
  readonly arn: string;
  readonly name: string;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly watches: WatchedMetric | WatchedMath;
  /** `GreaterThanOrEqualToThreshold` and so on. */
  readonly comparisonOperator: string;
  /** None where a band is watched instead. */
  readonly threshold?: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  /** Default: missing. */
  readonly treatMissingData?: string;
}

export interface WatchedMetric {
  readonly kind: 'metric';
  readonly namespace: string;
  readonly name: string;
  /** `Sum`, or a percentile such as `p99`. */
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit?: string;
}

/** Metric math: the alarm watches the one query that returns data. */
export interface WatchedMath {
  readonly kind: 'math';
  readonly queries: readonly MathQuery[];
}

export interface MathQuery {
  readonly id: string;
  readonly metric?: Omit<WatchedMetric, 'kind'>;
  readonly expression?: string;
  readonly returnsData: boolean;
}

/** An alarm over alarms. */
export interface CompositeAlarm {
  readonly arn: string;
  readonly name: string;
  /** `ALARM("one") OR ALARM("other")` */
  readonly rule: string;
  /** While this alarm is in alarm, no action is started. */
  readonly actionsSuppressor?: string;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
}

export interface ChainTopic {
  readonly subscriptionsConfirmed: number;
  /** What each confirmed subscription takes, absent where it is gone; unknown: they could not be listed. */
  readonly filters: Known<readonly Known<MessageFilter>[]>;
  /** Access policy, as text; missing: SNS did not give it. */
  readonly policy?: string;
  /** Id, ARN or alias. */
  readonly kmsMasterKeyId?: string;
  /** That key, with its policy as text, and its state; missing: not encrypted. */
  readonly key?: Known<{ readonly arn: string; readonly policy: string; readonly state?: string }>;
}

/** Where the links of a chain are looked up. */
export interface ChainSources {
  /** Absent: there is no such log group. */
  filtersOf(logGroupArn: string): Known<readonly ChainFilter[]>;
  /** Of the account and Region of a log group. */
  alarmsOf(accountId: string, region: string): Known<AlarmsOfRegion>;
  /** The alarm mute rules there that are active, or will be; absent: CloudWatch has none in this Region. */
  muteRulesOf(accountId: string, region: string): Known<readonly MuteRule[]>;
  /** Absent: there is no such topic. */
  topicOf(topicArn: string): Known<ChainTopic>;
  /** Whether an action that is no topic, such as a Lambda function or an incident, tells someone. */
  tellsSomeone(actionArn: string): Tri<boolean>;
  /** Notes what we cannot decide; returns the gap's id. */
  noteUnsupported(resource: string, message: string): string;
}

export interface AlarmsOfRegion {
  readonly metricAlarms: readonly ChainAlarm[];
  readonly compositeAlarms: readonly CompositeAlarm[];
}
