import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Duckdb from '@duckdb/node-api';
import { duckdbColumns } from '../../../src/query/sql/duckdb.js';

/** DuckDB's package; undefined: npm has no build of it for this platform. CI must have one. */
export async function duckdbPackage(): Promise<typeof Duckdb | undefined> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw error;
    return undefined;
  }
}

export const withoutDuckdb = 'npm has no DuckDB for this platform.';

/** Asks DuckDB, which reads records from a log file, as JSON: the numbers of those that each condition gives. */
export async function rowsOfDuckdb(
  duckdb: typeof Duckdb,
  records: readonly string[],
  conditions: readonly string[],
): Promise<readonly (ReadonlySet<number> | string)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-duckdb-'));
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const file = join(folder, 'events.json');
    const numbered = records.map((it, number) => it.replace('{', `{"number": ${number},`));
    writeFileSync(file, `{"Records":[${numbered.join(',')}]}`);
    const columns = [...Object.entries(duckdbColumns), ['number', 'BIGINT']].map((it) => it.join(' ')).join(', ');
    await connection.run(
      `CREATE TABLE events AS SELECT unnest(Records, max_depth := 2) FROM read_json('${file}', columns = {Records: 'STRUCT(${columns})[]'}, maximum_object_size = 268435456)`,
    );
    const answers: (ReadonlySet<number> | string)[] = [];
    for (const condition of conditions) {
      try {
        const { getRows } = await rowsOf(connection, `SELECT number FROM events WHERE ${condition}`);
        answers.push(new Set(getRows.map(([number]) => Number(number))));
      } catch (error) {
        answers.push(error instanceof Error ? error.message : String(error));
      }
    }
    return answers;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

async function rowsOf(connection: Duckdb.DuckDBConnection, sql: string) {
  const reader = await connection.runAndReadAll(sql);
  return { getRows: reader.getRows() };
}
