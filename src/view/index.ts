export { buildView, type View } from './build-view.js';
export type { Target } from './targets.js';
export type { TypeName, ViewFunction } from '../expression/typed-function.js';
export { viewFunctions } from './view-functions.js';
export * from '../expression/values.js';
