import { gunzipSync } from 'node:zlib';
import { logTableColumns } from '../../../src/events/index.js';
import { shapeOf } from '../../../src/events/athena/row-shape.js';
import type { EventRecord } from '../../../src/model/log-events.js';
import { isObject } from '../../../src/model/is-object.js';
import type { AthenaRows, WorldAthena } from '../fake-aws/index.js';

type Table = WorldAthena['tables'][string];

interface TableParts {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly bucket: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly columns?: Table['columns'];
}

/** A table as `activity athena-table` makes it, as the data catalog describes it. */
export function aLogTable({ accounts, regions, bucket, parameters, columns }: TableParts): Table {
  return {
    columns: columns ?? logTableColumns(),
    partitionKeys: ['account', 'region', 'day'].map((name) => ({ name, type: 'string' })),
    parameters: {
      location: `s3://${bucket}/AWSLogs/`,
      'projection.enabled': 'true',
      'projection.account.type': 'enum',
      'projection.account.values': accounts.join(','),
      'projection.region.type': 'enum',
      'projection.region.values': regions.join(','),
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy/MM/dd',
      'projection.day.range': '2020/01/01,NOW',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
      'storage.location.template': `s3://${bucket}/AWSLogs/\${account}/CloudTrail/\${region}/\${day}`,
      ...parameters,
    },
  };
}

/**
 * Answers the query of events over log files: those whose partitions the table projects and the query names. All records
 * are taken for wanted. What SQL makes of the query is for the proof on Trino.
 */
export function logEngine(
  objects: Readonly<Record<string, Buffer>>,
  bucket: string,
  { parameters, columns }: Table,
): (sql: string) => AthenaRows {
  const { held } = shapeOf(columns);
  const listed = (name: string): ReadonlySet<string> =>
    new Set((parameters[`projection.${name}.values`] ?? '').split(','));
  return (sql) => {
    const named = (name: string): ReadonlySet<string> | undefined => {
      const [, list] = new RegExp(`"${name}" IN \\(([^)]*)\\)`).exec(sql) ?? [];
      return list === undefined ? undefined : new Set([...list.matchAll(/'([^']*)'/g)].map(([, it]) => it ?? ''));
    };
    const [, from = '', to = ''] = /"day" BETWEEN '([^']*)' AND '([^']*)'/.exec(sql) ?? [];
    const rows: (readonly (string | number | null)[])[] = [];
    for (const [key, content] of Object.entries(objects)) {
      const [, account = '', region = '', day = ''] =
        /AWSLogs\/(\d{12})\/CloudTrail\/([^/]+)\/(\d{4}\/\d\d\/\d\d)\//.exec(key) ?? [];
      const isHeld = listed('account').has(account) && listed('region').has(region);
      const isNamed = (named('account')?.has(account) ?? true) && (named('region')?.has(region) ?? true);
      if (!isHeld || !isNamed || day < from || day > to) continue;
      for (const record of recordsIn(content)) {
        const time = String(record['eventTime']);
        const hour = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) ? time.slice(0, 13) : null;
        const row = held.map(({ field, steps }) => textAt(record, steps, field.kind));
        const isNamedFile = /\/\d{12}_CloudTrail/.test(key);
        const place = isNamedFile
          ? [null, null]
          : [textAt(record, ['recipientAccountId'], 'text'), textAt(record, ['awsRegion'], 'text')];
        rows.push([`s3://${bucket}/${key}`, hour, ...place, JSON.stringify(row), 1]);
      }
    }
    return [['path', 'hour', 'account', 'region', 'record', 'records'], ...rows];
  };
}

function recordsIn(content: Buffer): readonly EventRecord[] {
  return (JSON.parse(gunzipSync(content).toString()) as { Records: EventRecord[] }).Records;
}

function textAt(record: EventRecord, steps: readonly string[], kind: string): string | null {
  let at: unknown = record;
  for (const step of steps) at = isObject(at) ? at[step] : undefined;
  if (at === undefined || at === null) return null;
  if (kind === 'struct') return '';
  if (kind === 'resources') {
    return JSON.stringify(
      (at as EventRecord[]).map((it) => [it['ARN'] ?? null, it['accountId'] ?? null, it['type'] ?? null]),
    );
  }
  return typeof at === 'string' ? at : JSON.stringify(at);
}
