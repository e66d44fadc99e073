export { canonicalText } from './canonical.js';
export { matchesEvent } from './match-event.js';
export { matchesRecord } from './match-text.js';
export { mentionsOf } from './mentions.js';
export { parseFilterPattern } from './parse.js';
export type {
  Condition,
  DelimitedField,
  DelimitedPattern,
  FilterPattern,
  JsonPattern,
  Literal,
  OrderOperator,
  ParsedFilterPattern,
  PatternProblem,
  Regex,
  Step,
  Term,
  TermPattern,
  TextValue,
} from './pattern.js';
