import { gunzipSync } from 'node:zlib';
import { limiter } from '../../../src/collect/index.js';
import type { LogListing } from '../../../src/events/athena/listing.js';
import { logTableColumns } from '../../../src/events/index.js';
import { shapeOf } from '../../../src/events/athena/row-shape.js';
import type { EventRecord } from '../../../src/model/log-events.js';
import { isObject } from '../../../src/model/is-object.js';
import type { AthenaRows, WorldAthena } from '../fake-aws/index.js';

/** A bucket of log files, of which some may be in another storage class. */
export function logListing(
  files: Readonly<Record<string, Buffer>>,
  storageClasses: Readonly<Record<string, string>> = {},
): LogListing {
  const keys = Object.keys(files).toSorted();
  return {
    limit: limiter(4),
    store: {
      keepsMetadata: true,
      async *list(_, prefix, after = '') {
        yield await Promise.resolve(
          keys
            .filter((it) => it.startsWith(prefix) && it > after)
            .map((key) => ({ key, size: files[key]?.length ?? 0, storageClass: storageClasses[key] ?? 'STANDARD' })),
        );
      },
      folders: async (_, prefix) => {
        const below = keys.filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length));
        const names = below.flatMap((it) => (it.includes('/') ? [it.slice(0, it.indexOf('/'))] : []));
        return await Promise.resolve([...new Set(names)]);
      },
      read: async () => await Promise.reject(new Error('Log files are not read.')),
    },
  };
}

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
      inputformat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
      'serde.serialization.lib': 'org.apache.hive.hcatalog.data.JsonSerDe',
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
  const isCategorized = held.some(({ field }) => field.path === 'eventCategory');
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
        const category = textAt(record, ['eventCategory'], 'text') ?? 'Management';
        const other = isCategorized && category !== 'Management' ? 'true' : 'false';
        rows.push([`s3://${bucket}/${key}`, hour, ...place, other, JSON.stringify(row), 1]);
      }
    }
    return [['path', 'hour', 'account', 'region', 'other', 'record', 'records'], ...rows];
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
