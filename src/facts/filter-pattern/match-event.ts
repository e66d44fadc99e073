import type { EventObject, Match } from '../partial-event/index.js';
import { matchCondition } from './match-condition.js';
import { matchTermsOfEvent } from './match-terms.js';
import type { FilterPattern } from './pattern.js';

/**
 * Whether an event matches as far as it is known, when CloudTrail writes it into its log group. JSON patterns ask
 * fields only. Terms ask the text, which is JSON without white space between its parts, in an order that AWS does not
 * document: what depends on that is unknown, and so is what a space-delimited pattern says.
 */
export function matchesEvent(pattern: FilterPattern, event: EventObject): Match {
  switch (pattern.kind) {
    case 'json':
      return matchCondition(pattern.condition, event);
    case 'terms':
      return matchTermsOfEvent(pattern, event);
    case 'delimited':
      return 'unknown';
  }
}
