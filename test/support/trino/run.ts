import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The last one that runs on Java 17. */
const version = '435';

export interface TrinoAnswer {
  /** The first column. */
  readonly rows?: readonly string[];
  readonly error?: string;
}

/**
 * Runs SQL on a real Trino (Apache-2.0), which Maven fetches: 90 MB the first time.
 *
 * @returns one answer for each query
 */
export function runTrino(setup: readonly string[], queries: readonly string[]): readonly TrinoAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-trino-'));
  try {
    writeFileSync(join(folder, 'pom.xml'), pom());
    writeFileSync(join(folder, 'given.json'), JSON.stringify({ setup, queries }));
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}/jars`];
    execFileSync('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...goal]);
    const program = 'test/support/trino/Run.java';
    const files = [join(folder, 'given.json'), join(folder, 'answers.json')];
    execFileSync('java', ['-Xmx2g', '-cp', `${folder}/jars/*`, program, ...files], { stdio: 'pipe' });
    // Written by Run.java: one answer for each query.
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly TrinoAnswer[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pom(): string {
  const of = (name: string): string =>
    `<dependency><groupId>io.trino</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>trailproof</groupId><artifactId>trino</artifactId><version>1</version>
  <dependencies>${of('trino-main')}${of('trino-memory')}</dependencies>
</project>
`;
}
