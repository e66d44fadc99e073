export { anything, isOpen, maybe, oneOf, someText, type Open, type OpenText } from './open.js';
export { agree, both, either, negate, type Match } from './match.js';
export { fieldOf, isEventObject, isWrittenNumber, writtenNumber, writtenOf } from './value.js';
export type { EventScalar } from './scalar.js';
export type { EventObject, EventValue, WrittenNumber } from './value.js';
export type { Mention } from './mention.js';
export { matchesParts } from './parts.js';
export { readJson } from './read-json.js';
