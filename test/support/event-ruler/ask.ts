import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '1.7.3';

export type MatcherAnswer = 'match' | 'no' | 'invalid';

/** An event pattern and an event, as texts. */
export type Pair = readonly [pattern: string, event: string];

/** What is not there to ask Amazon's matcher with; undefined: all is. */
export function missingToAsk(): string | undefined {
  const missing = ['java', 'mvn'].filter((program) => !runs(program));
  return missing.length === 0
    ? undefined
    : `There is no ${missing.join(' and no ')} here to run Amazon's matcher with.`;
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks Amazon's own matcher (event-ruler, Apache-2.0), which Maven fetches.
 *
 * @returns one answer for each pair
 */
export function answersOf(pairs: readonly Pair[]): readonly MatcherAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-event-ruler-'));
  try {
    writeFileSync(join(folder, 'pom.xml'), pom());
    writeFileSync(join(folder, 'pairs.json'), JSON.stringify(pairs));
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}/jars`];
    execFileSync('mvn', ['-q', '-f', join(folder, 'pom.xml'), ...goal]);
    const program = 'test/support/event-ruler/Expect.java';
    execFileSync('java', [
      '-cp',
      `${folder}/jars/*`,
      program,
      join(folder, 'pairs.json'),
      join(folder, 'answers.json'),
    ]);
    // Written by Expect.java: one answer for each pair.
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly MatcherAnswer[];
  } finally {
    rmSync(folder, { recursive: true });
  }
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
