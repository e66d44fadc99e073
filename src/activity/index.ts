export type { ActivityForm, AskedPolicy, CompiledActivity, Quantity } from './compiled-activity.js';
export { deliveryLag, time, type Hole } from './account-coverage.js';
export { Collector, type ParamsFor, type Window } from './collector.js';
export { accountOf, actorOf, isDenied, principalOf, succeeded, timeOf } from './event-facts.js';
export type { Match } from './match.js';
export { quantityOf } from './scope.js';
export { kindsOf, type EventKind } from './wanted.js';
export { judgeAll, type ActivityVerdict, type Incident } from './verdicts.js';
