export type { ActivityForm, AskedPolicy, CompiledActivity, Quantity } from './compiled-activity.js';
export { deliveryLag, time, type Hole } from './account-coverage.js';
export { Collector, type ParamsFor, type Window } from './collector.js';
export { actorOf, isDenied, principalOf, succeeded } from './event-facts.js';
export { coverageFrom, lookBackOf, readFrom } from './look-back.js';
export type { Match } from './match.js';
export { quantityOf } from './scope.js';
export { eventNamesOf, kindsOf, type EventKind } from './wanted.js';
export { judgeAll, type ActivityVerdict, type Incident } from './verdicts.js';
