export { unmatchedBindings, type UnmatchedBinding } from './placement.js';
export { evaluate, type RunInfo } from './evaluate.js';
