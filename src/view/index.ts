export { buildView, type View } from './build-view.js';
export type { Target } from './targets.js';
export type { TypeName, ViewFunction } from './functions.js';
export { viewFunctions } from './view-functions.js';
export * from './values.js';
