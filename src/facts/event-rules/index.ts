export { type EventReaction, type EventReactions, eventReactions } from './event-reactions.js';
export type { Reaction, ReactionLink } from './reaction.js';
export type { BusPlace, BusRule, OtherBus, RuleSources, RuleTarget } from './sources.js';
export { trailChanges } from './trail-changes.js';
export { busRefusal } from './bus-access.js';
export { roleRefusal } from './role-access.js';
