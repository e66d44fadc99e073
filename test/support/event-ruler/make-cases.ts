// Writes cases.json: generated event patterns and events, with what Amazon's own matcher (event-ruler, Apache-2.0) says
// of each. Needs Java and Maven: node scripts/run-ts.mjs test/support/event-ruler/make-cases.ts
import { writeFileSync } from 'node:fs';
import { sample, tuple } from 'fast-check';
import { events, patterns } from './arbitraries.js';
import { answersOf, type MatcherAnswer } from './ask.js';

const seed = 20_260_131;
/** How many of each answer are kept: a pair drawn at random seldom matches. */
const kept = { match: 800, no: 700, invalid: 150 };
const count = 8000;

const pairs = sample(tuple(patterns, events), { seed, numRuns: count });
const answers = answersOf(pairs);
const lines = (answer: MatcherAnswer): readonly string[] => {
  const all = pairs.flatMap((pair, index) => (answers[index] === answer ? [JSON.stringify([answer, ...pair])] : []));
  return [...new Set(all)].slice(0, kept[answer]);
};
const cases = [...lines('match'), ...lines('no'), ...lines('invalid')];
writeFileSync('test/support/event-ruler/cases.json', `[\n${cases.join(',\n')}\n]\n`);
