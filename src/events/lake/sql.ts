import type { WantedValues } from '../../model/log-events.js';
import type { Window } from '../window.js';
import { quoted, wantedParts, type WantedCondition } from '../wanted-parts.js';

/** As long as a query may be, in characters: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html */
export const longestQuery = 10_000;

export interface LakeQuery {
  /** The id of the event data store. */
  readonly store: string;
  readonly window: Window;
  readonly wanted: WantedValues;
  /** Instead of the wanted texts; undefined: these. */
  readonly condition: WantedCondition | undefined;
}

/** Columns in which wanted texts stand. */
const wantedColumns = 'eventname, eventsource, eventtype, awsregion, useridentity.type, eventid';

/**
 * One query for all policies: the wanted records, and of the others only how many there are of each account, Region and
 * hour, by which coverage is told. `eventjson` is the record as CloudTrail wrote it:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
export function lakeQuery({ store, window, wanted, condition }: LakeQuery): string {
  const asked = wantedSql(wanted, condition);
  return `SELECT
  coalesce(recipientaccountid, useridentity.accountid) AS account,
  awsregion AS region,
  date_trunc('hour', eventtime) AS hour,
  ${asked === undefined ? 'eventjson' : `CASE WHEN ${asked}\n  THEN eventjson END`} AS record,
  count(*) AS records
FROM ${store}
WHERE eventtime >= ${timeText(window.from)} AND eventtime < ${timeText(window.to + 999)}
GROUP BY 1, 2, 3, 4`;
}

/** As AWS writes times in its queries, to the second. */
function timeText(time: number): string {
  return quoted(new Date(time).toISOString().slice(0, 19).replace('T', ' '));
}

/**
 * More than is wanted, never less: what comes back is judged again. Replacements of earlier events always are wanted. A
 * column that a record lacks is NULL: `arrays_overlap` is true all the same where another one matches, and NULL where none
 * does, which `CASE` and `OR` take for not wanted.
 * https://trino.io/docs/435/functions/array.html, and seen on Trino 435
 */
function wantedSql(wanted: WantedValues, condition: WantedCondition | undefined): string | undefined {
  const parts = wantedParts(wanted, condition);
  if (parts === undefined) return undefined;
  const texts = [...parts.texts, ...parts.ids];
  const any = [
    ...(texts.length === 0 ? [] : [`arrays_overlap(ARRAY[${wantedColumns}], ARRAY[${texts.map(quoted).join(', ')}])`]),
    ...(parts.condition === undefined ? [] : [parts.condition]),
    `element_at(addendum, 'reason') = 'UPDATED_DATA'`,
  ];
  return any.join('\n  OR ');
}
