import { duckdbColumns } from './sql/duckdb.js';
import { prose } from '../text/printable.js';

/** Texts around what an engine is asked. Comments hold texts of policies, so each is one line of what can be seen. */

export interface Statement {
  readonly comments: readonly string[];
  readonly condition: string;
}

function commented(sign: string, comments: readonly string[]): string {
  return comments.map((it) => `${sign} ${prose(it)}\n`).join('');
}

const shown = [
  'eventtime',
  'eventid',
  'eventsource',
  'eventname',
  'recipientaccountid',
  'awsregion',
  'sourceipaddress',
];

export function athenaStatement({ comments, condition }: Statement): string {
  return `${commented('--', comments)}SELECT ${shown.join(', ')}, useridentity.arn AS identity, errorcode, "$path"
FROM cloudtrail_logs
WHERE ${condition}
ORDER BY eventtime
`;
}

export function lakeStatement({ comments, condition }: Statement): string {
  return `${commented('--', comments)}SELECT ${shown.join(', ')}, useridentity.arn AS identity, errorcode
FROM EVENT_DATA_STORE_ID
WHERE ${condition}
ORDER BY eventtime
`;
}

export function duckdbStatement({ comments, condition }: Statement): string {
  const columns = Object.entries(duckdbColumns).map(([name, type]) => `${name} ${type}`);
  return `${commented('--', comments)}SELECT eventTime, eventID, eventSource, eventName, recipientAccountId, awsRegion, sourceIPAddress,
  json_extract_string(userIdentity, '$."arn"') AS identity, errorCode
FROM (
  SELECT unnest(Records, max_depth := 2)
  FROM read_json('logs/**/*.json.gz', maximum_object_size = 268435456,
    columns = {Records: 'STRUCT(${columns.join(', ')})[]'})
)
WHERE ${condition}
ORDER BY eventTime
`;
}

export function insightsStatement({ comments, condition }: Statement): string {
  return `${commented('#', comments)}fields @timestamp, eventSource, eventName, recipientAccountId, awsRegion, sourceIPAddress, userIdentity.arn, errorCode
| filter ${condition}
| sort @timestamp asc
| limit 10000
`;
}
