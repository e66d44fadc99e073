export { loadInventory } from './inventory/load.js';
export { saveInventory } from './inventory/save.js';
export { collect, type CollectOptions, type CollectProgress } from './live/start.js';
export { accountPolicy, callerPolicy, structureCalls, type IamPolicy } from './permissions.js';
