import { matchesParts } from '../partial-event/index.js';

/** Whether the whole text is as the pattern says, where `*` stands for any text, also none. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return matchesParts(pattern.split('*'), text);
}

/** Texts that the pattern matches: the shortest, and one with something in each place. */
export function examplesOf(pattern: string): readonly string[] {
  return pattern.includes('*') ? [pattern.replaceAll('*', ''), pattern.replaceAll('*', 'x')] : [pattern];
}
