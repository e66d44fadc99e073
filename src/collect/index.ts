export {
  accountsHeldWhole,
  checkResumable,
  loadInventory,
  resumedInventory,
  saveInventory,
} from './inventory/index.js';
export { collect, type CollectOptions, type CollectProgress } from './live/start.js';
export { accountPolicy, callerPolicy, structureCalls, type IamPolicy } from './permissions.js';
