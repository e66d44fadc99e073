export type { Coverage, CoverageOptions } from './coverage.js';
export type { Difference, MissedEvents } from './decide-all.js';
export type { EventMatcher } from './decide.js';
export { describeCoverage } from './describe.js';
export { coverageOfEventPatterns, requiresReads, type EventRuleCoverage } from './event-rules.js';
export { coverageOfMetricFilters, type MetricFilterCoverage, type MetricFilterOptions } from './metric-filters.js';
export { standardPatterns, type StandardPattern } from './standard-patterns.js';
export { alarmSubjects, type AlarmSubject, type EventClass, type SubjectEvents } from './subject.js';
export { requiredEvents } from './table.js';
