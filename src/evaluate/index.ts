export { unmatchedBindings, type UnmatchedBinding } from './unmatched-bindings.js';
export { evaluate, type RunInfo } from './evaluate.js';
export { compareInventories, type ChangedValue } from './compare-inventories.js';
export { compareResults, type ChangedVerdict, type ResultsDifference } from './compare-results.js';
export { withWaivers } from './with-waivers.js';
export { followUp } from './follow-up/follow-up.js';
export { uploadable, type Uploadable } from './follow-up/uploadable.js';
