export { loadInventory } from './load-inventory.js';
export { makeFolder } from './make-folder.js';
export { saveInventory } from './save-inventory.js';
export { mergeShards } from './join/merge-shards.js';
export { accountsHeldWhole, checkResumable, resumedInventory } from './join/resume.js';
export type { NamedInventory } from './join/same-run.js';
export { checkResults, parseJson, readJson, readText } from './read-results.js';
export { loadSavedKeys } from './saved-keys.js';
