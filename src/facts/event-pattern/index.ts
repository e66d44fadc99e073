export { matchesEventPattern, matchesEventText } from './match.js';
export { eventPatternMentions } from './mentions.js';
export { parseEventPattern } from './parse.js';
export type {
  Alternative,
  Bound,
  EventPattern,
  EventPatternProblem,
  FieldTests,
  ParsedEventPattern,
  Test,
} from './pattern.js';
