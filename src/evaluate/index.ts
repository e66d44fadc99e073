export { evaluate, type RunInfo } from './evaluate.js';
export { followUp } from './follow-up/follow-up.js';
export { uploadable, type Uploadable } from './follow-up/uploadable.js';
