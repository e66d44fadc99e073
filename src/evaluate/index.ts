export { evaluate, type RunInfo } from './evaluate.js';
