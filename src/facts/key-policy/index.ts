export { canUseKey } from './can-use.js';
export { administering, decrypting, encrypting, keyReach, type KeyUse } from './reach.js';
