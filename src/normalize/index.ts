export { normalizeCompositeAlarm, normalizeMetricAlarm, normalizeMetricFilter } from './alarms.js';
export {
  normalizeAccessLogging,
  normalizeEncryption,
  normalizeGrant,
  normalizeBucketNotifications,
  normalizeNotifications,
  normalizeObjectLock,
  normalizePublicAccessBlock,
  normalizeReplicationRule,
  normalizeVersioning,
} from './bucket.js';
export { type RecordedFacet, recordedFacets } from './config/bucket.js';
export { normalizeStoreItem } from './config/event-data-store.js';
export {
  type ConfigItem,
  hollowItem,
  isItemType,
  type ItemType,
  itemTypes,
  latestItems,
  LatestItems,
  normalizeItem,
  resourceKey,
} from './config/item.js';
export { decodeObject, type JsonObject } from './config/json.js';
export { canRotate, keyPolicyOf, normalizeKeyItem, rotationOf } from './config/key.js';
export { wholeSelection } from './config/selected-item.js';
export { normalizeBlock } from './config/public-access-block.js';
export { normalizeRecorderItem, type PlacedRecorder } from './config/recorder.js';
export {
  type FoldedTrail,
  foldTrailItems,
  isWhole as isWholeTrail,
  normalizeTrailItem,
  type RecordedTrail,
} from './config/trail.js';
export { normalizeKeyGrant, normalizeKeyMetadata, normalizeKeyRotation, normalizeLogGroup } from './destinations.js';
export { normalizeEventDataStore } from './event-data-store.js';
export { normalizeEventSelectors, normalizeInsightSelectors } from './event-selectors.js';
export { normalizeLifecycleRule } from './lifecycle.js';
export { MalformedAnswer, required } from './malformed-answer.js';
export { type ListedAccount, normalizeAccount } from './organization.js';
export { normalizeMuteRule } from './mute-rule.js';
export { mentionsAccessPoints, normalizePolicyText } from './policy-text.js';
export { normalizeRecorder, normalizeRecorderStatus, type RecorderStatus } from './recorder.js';
export { tagsOf } from './tags.js';
export { type AuthorizationPart, normalizeAuthorizationDetails } from './authorization-details.js';
export { normalizePolicyEntities } from './policy-entities.js';
export { rightsOnTrails } from './rights-on-trails.js';
export { normalizeIamDocument, normalizeRole } from './role.js';
export {
  normalizeMessageFilter,
  normalizeSubscription,
  normalizeTopicAttributes,
  type RawSubscription,
} from './topic.js';
export { normalizeTrail, normalizeTrailStatus } from './trail.js';
export { normalizeEventBus, normalizeRule, normalizeRuleTarget } from './event-rules.js';
export { normalizeSubscriptionFilter } from './subscription-filter.js';
export { normalizeFlowLog } from './flow-log.js';
export { normalizeAttributes, normalizeClassicAttributes } from './load-balancer.js';
export { leastSampling, normalizeDistributionConfig } from './distribution.js';
