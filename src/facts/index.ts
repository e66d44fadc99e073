export {
  type AlarmChains,
  alarmChains,
  classesOfSubject,
  type AlarmDemands,
  type AlarmsOfRegion,
  type AlarmVerdict,
  type Chain,
  type ChainAlarm,
  type ChainFilter,
  type ChainSources,
  type ChainTopic,
  type ChainTrail,
  type CompositeAlarm,
  type EventChain,
  judgeAlarms,
  recordsManagementEvents,
  type SubjectChains,
} from './alarm-chain/index.js';
export { type Credit, creditsOf } from './credits.js';
export { type AccountDelivery, type Channel, deliveryOf, hasError } from './delivery.js';
export {
  type ClassCoverage,
  type CoverageLimits,
  type Coverages,
  type EventCategory,
  type EventCoverage,
  eventCoverages,
  isDataEvent,
  type Level,
  type Loss,
  type LostEvent,
  type NetworkCoverage,
} from './event-coverage/index.js';
export {
  type EventPattern,
  type EventPatternProblem,
  matchesEventText,
  type ParsedEventPattern,
  parseEventPattern,
} from './event-pattern/index.js';
export {
  type BusPlace,
  busRefusal,
  type BusRule,
  type EventReaction,
  type EventReactions,
  eventReactions,
  type OtherBus,
  type Reaction,
  roleRefusal,
  type RuleSources,
  trailChanges,
} from './event-rules/index.js';
export * as iam from './iam/index.js';
export { FactGaps, type GapSink } from './fact-gaps.js';
export { confirmedFilters, delivered, someMessage } from './message-filter/index.js';
export {
  type FilterPattern,
  matchesRecord,
  type ParsedFilterPattern,
  parseFilterPattern,
  type PatternProblem,
} from './filter-pattern/index.js';
export { type Refusal, roleWriting, type RoleSetting, type RoleWriting } from './log-group-role/index.js';
export { type Carries, logKeysOf, notificationCarries, subscriptionCarries } from './log-monitors.js';
export { logPrefixes, type LogPrefixes } from './log-keys.js';
export { confirmedSubscriptions } from './confirmed-subscriptions.js';
export { type Manager, managerOf } from './managed-by/index.js';
export { isTrigger } from './managed-by/trigger-trail.js';
export { missingDestinations } from './missing-destinations.js';
export { withOwnersViewOnly } from './owners-view.js';
export type { AccessPointNotes } from './access-points.js';
export { effectiveBlock, type EffectiveBlock, isCutOff, publicAccess } from './public-access.js';
export type { PublicGrant } from './public-statements.js';
export {
  type AlarmSubject,
  alarmSubjects,
  coverageOfEventPatterns,
  coverageOfMetricFilters,
  describeCoverage,
  type EventRuleCoverage,
  type MetricFilterCoverage,
  type MetricFilterOptions,
  requiredEvents,
  requiresReads,
  standardPatterns,
} from './required-events/index.js';
export { isSevered } from './severed-trail.js';
export { accessLogProblem } from './access-logging.js';
export { isOutsideOrganization } from './bucket-owner.js';
export {
  type BucketUse,
  bucketReach,
  changing,
  changingAcls,
  type BucketSetting,
  erasing,
  type LogTrail,
  type Members,
  reading,
  refusedPath,
  requiresTls,
  writing,
} from './bucket-policy/index.js';
export { administering, canUseKey, decrypting, encrypting, keyReach, type KeyUse } from './key-policy/index.js';
export { type ActionDenial, controlDenial } from './control-denial.js';
export { deletionDenial, type OwnerControls } from './log-deletion.js';
export { type Lock, locksOf, type LockSetting } from './bucket-locks.js';
export { atHandDays } from './at-hand.js';
export { coversLogs, least, retentionOf } from './retention.js';
export { usesKms, type LogEncryption } from './log-encryption.js';
export { channelField, type ChannelName, viewsOf } from './silence/index.js';
export { type Controls, type DocumentSetting, noControls, type Reach } from './document-reach/index.js';
export { allHold, doubt, fromKnown, listOf, mapTri, someHold, sure } from './three-valued.js';
export type { OpenList, Tri } from './values.js';
export { type TrailAdministrator, trailAdministrators } from './trail-administrators/index.js';
export { type FullAccessHolder, fullAccessHolders } from './full-access/index.js';
export { failingRegions } from './failing-regions.js';
export { flowLogKeptDays, flowLogProblem, flowLogWorks } from './flow-logs/index.js';
export { deliveriesArrive, deliveryArrives, deliveryKeptDays, loggingBucketExists } from './logging-bucket.js';
export { otherLogRetention, type OtherLogRetention } from './other-log-retention.js';
export { administeringTopic, publishing, subscribing, topicReach, type TopicUse } from './topic-policy/index.js';
export { unfoundOf } from './unfound/index.js';
