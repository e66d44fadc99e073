import type { WantedValues } from '../../model/log-events.js';
import { quoted, wantedParts, type WantedCondition } from '../wanted-parts.js';
import type { Window } from '../window.js';
import { daysOf, textsOf } from './holds.js';
import type { DayPart, Part, PartitionColumn, TableLayout } from './layout.js';
import { dayText } from './projection.js';
import { quotedName, type RowShape } from './row-shape.js';

/** As long as a query may be: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
export const longestQuery = 262_144;

export interface QueryParts {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
  readonly shape: RowShape;
  readonly layout: TableLayout;
  /** Of events. */
  readonly window: Window;
  /** When what holds them was delivered. */
  readonly delivered: Window;
  readonly wanted: WantedValues;
  /** Instead of the wanted texts; undefined: these. */
  readonly condition: WantedCondition | undefined;
  /** Undefined: all of the table. */
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
}

/** What the rows of the query hold, in this order. */
export const rowColumns = ['path', 'hour', 'account', 'region', 'other', 'record', 'records'] as const;

/** Names that CloudTrail gives log files: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html */
const logFileName = String.raw`/\d{12}_CloudTrail[A-Za-z-]*_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$`;
const eventTime = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`;

/**
 * One query for all policies, with one reading of the partitions: the wanted records, and of the others only how many
 * there are in each file and hour, by which coverage is told.
 */
export function eventsQuery(parts: QueryParts): string {
  const { catalog, database, table, shape, layout, window, wanted } = parts;
  const texts = shape.held.map(({ sql }) => `      ${sql}`).join(',\n');
  const conditions = [wantedSql(wanted, parts.condition), ...timesSql(window)].filter((it) => it !== undefined);
  const isNamed = `regexp_like("$path", ${quoted(logFileName)})`;
  const where = [
    daysSql(layout.days, parts.delivered),
    partSql(layout.account, parts.accounts),
    partSql(layout.region, parts.regions),
  ].filter((it) => it !== undefined);
  return `SELECT ${rowColumns.slice(0, -1).join(', ')}, count(*) AS records
FROM (
  SELECT
    "$path" AS path,
    CASE WHEN regexp_like("eventtime", ${quoted(eventTime)}) THEN substr("eventtime", 1, 13) END AS hour,
    CASE WHEN NOT ${isNamed} THEN coalesce("recipientaccountid", "useridentity"."accountid") END AS account,
    CASE WHEN NOT ${isNamed} THEN "awsregion" END AS region,
    ${otherSql(shape)} AS other,
    CASE WHEN ${conditions.join('\n      AND ')}
    THEN json_format(CAST(ARRAY[
${texts}
    ] AS JSON)) END AS record
  FROM ${[catalog, database, table].map(quotedName).join('.')}
  WHERE ${where.join('\n    AND ')}
) AS events
GROUP BY 1, 2, 3, 4, 5, 6`;
}

/**
 * Whether a record says that it is no management event. Older records do not say, and neither does a table without the
 * column.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function otherSql({ held }: RowShape): string {
  const category = held.find(({ field }) => field.path === 'eventCategory');
  return category === undefined ? 'false' : `coalesce(${category.sql} <> 'Management', false)`;
}

/** Fields of the record from which wanted texts are taken. */
const wantedColumns = ['"eventname"', '"eventsource"', '"eventtype"', '"awsregion"', '"useridentity"."type"'];

/** More than is wanted, never less: what comes back is judged again. Replacements of earlier events always are wanted. */
function wantedSql(wanted: WantedValues, condition: WantedCondition | undefined): string | undefined {
  const parts = wantedParts(wanted, condition);
  if (parts === undefined) return undefined;
  const { texts, condition: asked } = parts;
  const listed = (its: readonly string[]): string => its.map(quoted).join(', ');
  // Texts that are wanted may be ids of events.
  const ids = [...texts, ...parts.ids].toSorted();
  const any = [
    ...(texts.length === 0 ? [] : wantedColumns.map((it) => `${it} IN (${listed(texts)})`)),
    ...(ids.length === 0 ? [] : [`"eventid" IN (${listed(ids)})`]),
    ...(asked === undefined ? [] : [asked]),
    `"addendum"."reason" = 'UPDATED_DATA'`,
  ];
  return `(${any.join('\n      OR ')})`;
}

/** Texts of times are in the order of times, to the second. */
function timesSql({ from, to }: Window): readonly string[] {
  const text = (time: number): string => new Date(time).toISOString().slice(0, 19);
  return [`"eventtime" >= ${quoted(text(from))}`, `"eventtime" < ${quoted(text(to + 1000))}`];
}

function partSql(part: Part, values: readonly string[] | undefined): string | undefined {
  if (part.kind === 'fixed' || values === undefined) return undefined;
  return inSql(part.column, values);
}

function inSql({ name, isNumber }: PartitionColumn, values: readonly string[]): string {
  const literals = values.map((it) => (isNumber ? String(Number(it)) : quoted(it)));
  return `${quotedName(name)} IN (${literals.join(', ')})`;
}

function daysSql(days: DayPart, delivered: Window): string {
  const all = daysOf(delivered);
  if (days.kind === 'one') {
    const { column, format } = days;
    const name = quotedName(column.name);
    const [first = 0] = all;
    const last = all.at(-1) ?? first;
    if (format.isSorted) {
      return `${name} BETWEEN ${quoted(dayText(format, first))} AND ${quoted(dayText(format, last))}`;
    }
    return inSql(
      column,
      all.map((it) => dayText(format, it)),
    );
  }
  const [year, month, date] = days.columns;
  const months = new Map<string, string[]>();
  for (const it of all) {
    const [y = '', m = '', d = ''] = new Date(it).toISOString().slice(0, 10).split('-');
    months.set(`${y}-${m}`, [...(months.get(`${y}-${m}`) ?? []), d]);
  }
  const named = (column: PartitionColumn, part: string): readonly string[] => {
    const texts = textsOf(column, part);
    // What the table has no partition of is asked for all the same: it gives no rows.
    return texts.length > 0 ? texts : [part];
  };
  const spans = [...months].map(([key, its]) => {
    const [y = '', m = ''] = key.split('-');
    const dates = its.flatMap((it) => named(date, it));
    return `(${inSql(year, named(year, y))} AND ${inSql(month, named(month, m))} AND ${inSql(date, dates)})`;
  });
  return spans.length === 1 ? (spans[0] ?? '') : `(${spans.join('\n      OR ')})`;
}
