export { collectFromFiles, type FilesOptions } from './collect.js';
export { isConfigFile } from './read-file.js';
