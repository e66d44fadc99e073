export { collectFromConfig, type ConfigOptions } from './config/collect.js';
export { loadInventory } from './inventory/load.js';
export { saveInventory } from './inventory/save.js';
export { collect, type CollectOptions, type CollectProgress } from './live/start.js';
export { accountPolicy, callerPolicy, configPolicy } from './permissions.js';
