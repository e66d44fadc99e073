import { parseType, type ColumnType } from '../../../src/events/athena/columns.js';
import { isObject } from '../../../src/model/is-object.js';
import type { EventRecord } from '../../../src/model/log-events.js';
import type { AthenaRows, WorldAthena } from '../fake-aws/index.js';
import { runTrino } from '../trino/run.js';

type Table = WorldAthena['tables'][string];

export interface LoggedFile {
  readonly account: string;
  readonly region: string;
  /** `2026/11/20` */
  readonly day: string;
  readonly path: string;
  readonly records: readonly EventRecord[];
}

/** Runs queries over log files on Trino, the engine of Athena: those of the partitions that the table projects. */
export function trinoEngine(files: readonly LoggedFile[], name: string, table: Table): (sql: string) => AthenaRows {
  const listed = (column: string): ReadonlySet<string> =>
    new Set((table.parameters[`projection.${column}.values`] ?? '').split(','));
  const held = files.filter((it) => listed('account').has(it.account) && listed('region').has(it.region));
  const setup = setupOf(held, name, table);
  return (query) => {
    const [{ header = [], rows = [], error } = {}] = runTrino('awsdatacatalog', setup, [query]);
    if (error !== undefined) throw new Error(`Trino refused the query: ${error}`);
    return [header, ...rows];
  };
}

const atOnce = 200;

function setupOf(files: readonly LoggedFile[], name: string, table: Table): readonly string[] {
  const columns = [{ name: '$path', type: 'string' }, ...table.partitionKeys, ...table.columns];
  const lines = files.flatMap(({ account, region, day, path, records }) =>
    records.map((it) => JSON.stringify({ $path: path, account, region, day, ...rowOf(it, table) })),
  );
  const inserts: string[] = [];
  for (let start = 0; start < lines.length; start += atOnce) {
    const values = lines.slice(start, start + atOnce).map((it) => `('${it.replaceAll("'", "''")}')`);
    inserts.push(`INSERT INTO lines VALUES ${values.join(', ')}`);
  }
  const row = columns.map((it) => `"${it.name}" ${sqlType(parseType(it.type))}`).join(', ');
  const fields = columns.map((it) => `r."${it.name}" AS "${it.name}"`).join(', ');
  return [
    // The runner takes no CREATE TABLE with columns.
    "CREATE TABLE lines AS SELECT CAST('' AS varchar) AS line WHERE false",
    ...inserts,
    `CREATE TABLE ${name} AS SELECT ${fields} FROM (SELECT CAST(json_parse(line) AS ROW(${row})) AS r FROM lines) AS l`,
  ];
}

function sqlType(type: ColumnType): string {
  switch (type.kind) {
    case 'struct': {
      return `ROW(${[...type.fields].map(([name, it]) => `"${name}" ${sqlType(it)}`).join(', ')})`;
    }
    case 'array': {
      return `ARRAY(${sqlType(type.item)})`;
    }
    case 'map': {
      return 'MAP(varchar, varchar)';
    }
    default: {
      return 'varchar';
    }
  }
}

/** As the JSON of AWS's serializer reads a record: names in small letters, JSON in texts. */
function rowOf(record: EventRecord, { columns }: Table): Record<string, unknown> {
  const members = new Map(Object.entries(record).map(([name, it]) => [name.toLowerCase(), it]));
  return Object.fromEntries(columns.map(({ name, type }) => [name, valueOf(members.get(name), parseType(type))]));
}

function valueOf(value: unknown, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  if (type.kind === 'array') return Array.isArray(value) ? value.map((it: unknown) => valueOf(it, type.item)) : null;
  if (type.kind === 'map') return value;
  if (type.kind !== 'struct') return typeof value === 'string' ? value : JSON.stringify(value);
  if (!isObject(value)) return null;
  const members = new Map(Object.entries(value).map(([name, it]) => [name.toLowerCase(), it]));
  return Object.fromEntries([...type.fields].map(([name, it]) => [name, valueOf(members.get(name), it)]));
}
