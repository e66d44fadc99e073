export { eventsFromFolder, type LogFilesOptions } from './folder.js';
export type { ExpectedPlace } from './expected-places.js';
