export { isDeliveryName, mayHoldItems } from './delivery-name.js';
export { collectFromFiles, type FilesOptions } from './collect.js';
export { fileAt, pathsIn } from './find-files.js';
export { isConfigFile } from './read-file.js';
export { pastFromFiles } from './read-past.js';
export type { RecordedPast, Window } from '../past/recorded-past.js';
