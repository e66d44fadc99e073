export { collectFromConfig, type ConfigOptions } from './config/collect.js';
export {
  accountsHeldWhole,
  checkResumable,
  loadInventory,
  resumedInventory,
  saveInventory,
} from './inventory/index.js';
export { collect, type CollectOptions, type CollectProgress } from './live/start.js';
export { accountPolicy, callerPolicy, configPolicy, everyCall, structureCalls, type IamPolicy } from './permissions.js';
