export { deliveryCases, type DeliveryCases, isLater } from './cases.js';
export type { Failure } from './failure.js';
export { noteSilence } from './note.js';
export { channelField, type ChannelName, quietOf, toldOf } from './quiet.js';
export { notDue, type Since } from './since.js';
export { type TrailView, type TrailViews, viewsOf } from './trail-views.js';
export { type Traits, traitsOf } from './traits.js';
