/**
 * A fake AWS: a world as plain data, and a loopback server that answers for it in AWS's own protocols, so that the
 * real SDK runs against it.
 *
 *     const world = aWorld({
 *       accounts: [anAccount({ id: managementAccountId }), anAccount({ id: '222222222222', roles: [] })],
 *       trails: [aTrail({ IsOrganizationTrail: true, KmsKeyId: undefined })],
 *       buckets: [aBucket({ versioning: 'Enabled' })],
 *     });
 *     const aws = await startFakeAws(world, { faults: [{ match: { operation: 'ListTrails' }, kind: 'throttled', times: 2 }] });
 *     … run with aws.environment(), look at aws.calls() …
 *     await aws.close();
 */
export { startFakeAws } from './start.js';
export type { CallerChoice, FakeAws, FakeAwsOptions } from './start.js';
export type { Fault, FaultKind } from './server/faults.js';
export {
  anAccount,
  anOrganization,
  anOrganizationalUnit,
  aRole,
  aWorld,
  deniesRegions,
  managementAccountId,
  rootId,
} from './world/build-accounts.js';
export { aBucket, aKey, aLogGroup, aSubscription, aTopic, canonicalUserId } from './world/build-destinations.js';
export { aDistribution, deliversAccessLogs, type DistributionParts } from './world/build-distributions.js';
export { aLoadBalancer, deliversLogsOf, type LoadBalancerParts } from './world/build-load-balancers.js';
export { aFlowLog, aVpc, type VpcParts } from './world/build-vpcs.js';
export {
  anEventBus,
  anEventRule,
  aSendingRole,
  aSendingRule,
  letsEventBridgePublish,
  type RuleParts,
} from './world/build-event-rules.js';
export { aMetricAlarm, aMetricFilter, aMuteRule, type MetricAlarmParts } from './world/build-alarms.js';
export { anEventDataStore, aStatus, aTrail } from './world/build-trails.js';
export type * from './world/resources.js';
export type * from './world/world.js';
export { aLargeOrganization } from './world/large-organization.js';
