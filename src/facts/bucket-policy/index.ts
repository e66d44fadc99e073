export { type Members, type RefusedPath, refusedPath } from './can-write.js';
export type { LogTrail } from './log-objects.js';
export type { BucketUse, Reach } from './access.js';
export { bucketReach } from './reach.js';
export { requiresTls } from './requires-tls.js';
export { type Controls, type DocumentSetting, noControls } from './setting.js';
export { changing, erasing, reading, writing } from './uses.js';
