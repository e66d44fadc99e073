// Writes cases.json: generated event patterns and events, with what Amazon's own matcher (event-ruler, Apache-2.0) says
// of each. Needs Java and Maven: node scripts/run-ts.mjs test/support/event-ruler/make-cases.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample, tuple } from 'fast-check';
import { events, patterns } from './arbitraries.js';

const version = '1.7.3';
const seed = 20_260_131;
/** How many of each answer are kept: a pair drawn at random seldom matches. */
const kept = { match: 800, no: 700, invalid: 150 };
const count = 8000;

const pairs = sample(tuple(patterns, events), { seed, numRuns: count });
const folder = mkdtempSync(join(tmpdir(), 'trailproof-event-ruler-'));
try {
  writeFileSync(join(folder, 'pom.xml'), pom());
  writeFileSync(join(folder, 'pairs.json'), JSON.stringify(pairs));
  execFileSync('mvn', [
    '-q',
    '-f',
    join(folder, 'pom.xml'),
    'dependency:copy-dependencies',
    `-DoutputDirectory=${folder}/jars`,
  ]);
  const program = 'test/support/event-ruler/Expect.java';
  execFileSync('java', ['-cp', `${folder}/jars/*`, program, join(folder, 'pairs.json'), join(folder, 'answers.json')]);
  // Written by Expect.java: one answer for each pair.
  const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly (keyof typeof kept)[];
  const lines = (answer: keyof typeof kept): readonly string[] => {
    const all = pairs.flatMap((pair, index) => (answers[index] === answer ? [JSON.stringify([answer, ...pair])] : []));
    return [...new Set(all)].slice(0, kept[answer]);
  };
  const cases = [...lines('match'), ...lines('no'), ...lines('invalid')];
  writeFileSync('test/support/event-ruler/cases.json', `[\n${cases.join(',\n')}\n]\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function pom(): string {
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>trailproof</groupId><artifactId>cases</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>software.amazon.event.ruler</groupId><artifactId>event-ruler</artifactId><version>${version}</version>
  </dependency></dependencies>
</project>
`;
}
