export { unmatchedBindings, type UnmatchedBinding } from './unmatched-bindings.js';
export { evaluate, type RunInfo } from './evaluate.js';
export { compareInventories, type ChangedValue } from './compare-inventories.js';
export { compareResults, type ChangedVerdict, type ResultsDifference } from './compare-results.js';
export { withWaivers } from './with-waivers.js';
export { continuedScan, scanOf } from './scan-identity.js';
export { followUp } from './carry-forward/carry-forward.js';
export { uploadable, type Uploadable } from './carry-forward/uploadable.js';
export { judgeTargets } from './evaluate.js';
