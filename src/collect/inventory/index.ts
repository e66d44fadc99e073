export { loadInventory } from './load.js';
export { saveInventory } from './save.js';
