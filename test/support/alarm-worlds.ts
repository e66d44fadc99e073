import { alarmSubjects, standardPatterns } from '../../src/facts/index.js';
import {
  aLogGroup,
  aMetricAlarm,
  aMetricFilter,
  aStatus,
  aTopic,
  type MetricAlarmParts,
  type World,
} from './fake-aws/index.js';
import { anOrganizationWithATrail, type OrganizationParts } from './worlds.js';

const topic = aTopic();
const newest = (subject: (typeof alarmSubjects)[number]): string => standardPatterns[subject].at(-1)?.text ?? '';

/** The metric filters of the CIS benchmark, by their subject; some otherwise. */
export function cisFilters(others: Readonly<Record<string, string | undefined>> = {}) {
  return alarmSubjects.flatMap((subject) => {
    const pattern = subject in others ? others[subject] : newest(subject);
    return pattern === undefined ? [] : [aMetricFilter(subject, pattern)];
  });
}

export interface AlarmParts extends OrganizationParts {
  readonly filters?: ReturnType<typeof cisFilters>;
  /** Of every alarm. */
  readonly alarm?: MetricAlarmParts;
}

/** An organization whose trail has a log group with the filters, alarms and topic of the CIS benchmark. */
export function anOrganizationWithAlarms({ filters = cisFilters(), alarm, trail, ...parts }: AlarmParts = {}): World {
  return anOrganizationWithATrail({
    trail: { status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() }), ...trail },
    logGroups: [aLogGroup({ metricFilters: filters })],
    alarms: filters.map((it) => aMetricAlarm(it.filterName ?? '', [topic.arn], alarm)),
    topics: [topic],
    ...parts,
  });
}
