export type { BucketUse } from './access.js';
export { type Members, type RefusedPath, refusedPath } from './can-write.js';
export type { LogTrail } from './log-objects.js';
export { bucketReach } from './reach.js';
export { requiresTls } from './requires-tls.js';
export type { BucketSetting } from './setting.js';
export { changing, changingAcls, erasing, reading, writing } from './uses.js';
