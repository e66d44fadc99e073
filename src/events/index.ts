export type { ExpectedPlace } from './expected-places.js';
export { eventsFromFolder, type LogFilesOptions } from './folder.js';
export { identityOf, replacedBy, UniqueEvents, type FoundEvent } from './identity.js';
