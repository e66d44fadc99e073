export { historyOf } from './history.js';
export { ledgerWith } from './run-ledger.js';
export type { Run } from './run.js';
export { historyOfRuns } from './runs.js';
