export { type Credit, creditsOf } from './credits.js';
export { type AccountDelivery, type Channel, deliveryOf, hasError } from './delivery.js';
export {
  type ClassCoverage,
  type CoverageLimits,
  type Coverages,
  type EventCategory,
  type EventCoverage,
  eventCoverages,
  type Loss,
  type LostEvent,
  type NetworkCoverage,
} from './event-coverage/index.js';
export { FactGaps, type GapSink } from './fact-gaps.js';
export {
  type FilterPattern,
  matchesRecord,
  type ParsedFilterPattern,
  parseFilterPattern,
  type PatternProblem,
} from './filter-pattern/index.js';
export { logPrefixes, type LogPrefixes } from './log-keys.js';
export { missingDestinations } from './missing-destinations.js';
export { withOwnersViewOnly } from './owners-view.js';
export { effectiveBlock, type EffectiveBlock, publicAccess } from './public-access.js';
export {
  type AlarmSubject,
  alarmSubjects,
  coverageOfMetricFilters,
  describeCoverage,
  type MetricFilterCoverage,
  type MetricFilterOptions,
  requiredEvents,
  standardPatterns,
} from './required-events/index.js';
export { coversLogs, locksOf, retentionOf } from './retention.js';
export { viewsOf } from './silence/index.js';
export { doubt, fromKnown, listOf, sure } from './three-valued.js';
export type { OpenList, Tri } from './values.js';
