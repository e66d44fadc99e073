export { collectFromConfig, type ConfigOptions } from './config/collect.js';
export { pastFromConfig } from './config/past/collect.js';
export {
  accountsHeldWhole,
  checkResumable,
  loadInventory,
  resumedInventory,
  saveInventory,
} from './inventory/index.js';
export { collect, type CollectOptions, type CollectProgress } from './live/start.js';
export { accountPolicy, callerPolicy, configPolicy, structureCalls, type IamPolicy } from './permissions.js';
