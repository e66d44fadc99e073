import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The last one that runs on Java 17. */
const version = '435';

/** Where Maven puts Trino. */
const folder = resolve(`node_modules/.cache/trailproof/trino-${version}`);

export interface TrinoAnswer {
  readonly header?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly error?: string;
}

/** Fetches Trino (Apache-2.0) with Maven, once: 90 MB. */
export function installTrino(): void {
  if (existsSync(join(folder, 'lib'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pom.xml'), pom());
  const args = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`];
  execFileSync('mvn', args, { cwd: folder, stdio: 'inherit' });
}

/**
 * Runs SQL on a real Trino, the engine of Athena, with Java 17 or newer.
 *
 * @param catalog that of the tables that the setup makes
 * @returns one answer for each query
 */
export function runTrino(
  catalog: string,
  setup: readonly string[],
  queries: readonly string[],
): readonly TrinoAnswer[] {
  installTrino();
  const at = mkdtempSync(join(tmpdir(), 'trailproof-trino-'));
  try {
    const [given, answers] = [join(at, 'given.json'), join(at, 'answers.json')];
    writeFileSync(given, JSON.stringify({ catalog, setup, queries }));
    const program = resolve('test/support/trino/RunQueries.java');
    const args = ['-cp', `${folder}/lib/*`, '-Xmx2g', program, given, answers];
    execFileSync('java', args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 100_000_000 });
    // Written by RunQueries.java: one answer for each query.
    return JSON.parse(readFileSync(answers, 'utf8')) as readonly TrinoAnswer[];
  } finally {
    rmSync(at, { recursive: true, force: true });
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
