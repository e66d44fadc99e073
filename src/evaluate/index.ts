export { evaluate, type RunInfo } from './evaluate.js';
export { withWaivers } from './with-waivers.js';
