export { eventsFromBucket, type BucketPlace } from './bucket.js';
export type { ProofOptions } from './digest-proofs.js';
export { eventsFromHistory, type HistoryOptions } from './event-history.js';
export { eventsFromFolder, eventsOfCopy, type LogFilesOptions } from './folder.js';
export type { ExpectedPlace } from './expected-places.js';
export { expectedPlaces, type ExpectedPlaces } from './from-inventory.js';
export { planBucket, planFolder, type EventPlan } from './plan.js';
export { UniqueEvents, type FoundEvent } from './identity.js';
