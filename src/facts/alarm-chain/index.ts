export {
  alarmChains,
  classesOfSubject,
  recordedEvent,
  type AlarmChains,
  type EventChain,
  type SubjectChains,
} from './alarm-chains.js';
export { judgeAlarms, type AlarmDemands, type AlarmVerdict, type BrokenEvent } from './judge.js';
export type { Broken, Chain, LinkName, Unknown, Whole } from './link.js';
export { recordsManagementEvents, type ManagementRecording } from './recording.js';
export type {
  AlarmsOfRegion,
  ChainAlarm,
  ChainFilter,
  ChainSources,
  ChainTopic,
  ChainTrail,
  CompositeAlarm,
  FilterMetric,
  MathQuery,
  RecordedEvent,
  WatchedMath,
  WatchedMetric,
} from './sources.js';
