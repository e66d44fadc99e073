export { buildView, type View } from './build-view.js';
export type { Target } from './targets.js';
export type { UnfoundTarget } from './unfound-targets.js';
export { viewFunctions } from './view-functions.js';
