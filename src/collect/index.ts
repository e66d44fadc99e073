export { collectFromConfig, type ConfigOptions } from './config/collect.js';
export { collectFromS3 } from './config/files/s3.js';
export { pastFromConfig } from './config/past/collect.js';
export { diagnose, type CheckedAccount, type Diagnosis } from './doctor/diagnose.js';
export { collect, collectAndTell, type CollectOptions } from './live/collect-live.js';
export { collectAgain } from './live/replay-live.js';
export { limiter } from './run/context.js';
export type { CollectProgress } from './run/start.js';
export { planRun, type Plan, type PlannedCall } from './plan/plan.js';
export { supposedLatency } from './plan/duration.js';
export type { Range } from './plan/range.js';
export {
  accountPolicy,
  callerPolicy,
  configPolicy,
  deliveryFilesPolicy,
  eventHistoryCallerPolicy,
  eventHistoryPolicy,
  logFilesCallerPolicy,
  logFilesPolicy,
  callsWith,
  structureCalls,
  type IamPolicy,
} from './aws/permissions.js';
export { athenaPolicy, insightsPolicy, lakePolicy } from './aws/query-permissions.js';
export { withAthena, type OpenAthena } from './athena/open-athena.js';
export { withInsights } from './insights/open-insights.js';
export { withLake } from './lake/open-lake.js';
export { withEventHistory, type OpenHistory } from './event-history/open-history.js';
export { withLogFiles, type LogFiles } from './s3/log-files.js';
export { isS3Location, parseS3Location } from './s3/location.js';
export {
  collectFromFiles,
  fileAt,
  isConfigFile,
  isDeliveryName,
  mayHoldItems,
  pastFromFiles,
  pathsIn,
} from './config/files/index.js';
