import type { Dialect } from './dialect.js';
import { typedNames } from './trino.js';
import { jsonPath, quoted, readOtherwise, timeText } from './sql-text.js';

const path = (names: readonly string[]): string => quoted(jsonPath(names, (name) => `."${name}"`));
const membersPath = (names: readonly string[]): string => `${path(names).slice(0, -1)}[*]'`;
const typeOf = (json: string, names: readonly string[]): string => `json_type(${json}, ${path(names)})`;

/** Columns that are texts, true or false, or times; every other field of the record is JSON. */
export const duckdbColumns: Readonly<Record<string, 'VARCHAR' | 'JSON'>> = {
  eventVersion: 'VARCHAR',
  eventID: 'VARCHAR',
  eventTime: 'VARCHAR',
  eventSource: 'VARCHAR',
  eventName: 'VARCHAR',
  eventType: 'VARCHAR',
  eventCategory: 'VARCHAR',
  awsRegion: 'VARCHAR',
  sourceIPAddress: 'VARCHAR',
  userAgent: 'VARCHAR',
  apiVersion: 'VARCHAR',
  errorCode: 'VARCHAR',
  errorMessage: 'VARCHAR',
  requestID: 'VARCHAR',
  recipientAccountId: 'VARCHAR',
  readOnly: 'VARCHAR',
  managementEvent: 'VARCHAR',
  sharedEventID: 'VARCHAR',
  vpcEndpointId: 'VARCHAR',
  vpcEndpointAccountId: 'VARCHAR',
  sessionCredentialFromConsole: 'VARCHAR',
  userIdentity: 'JSON',
  requestParameters: 'JSON',
  responseElements: 'JSON',
  additionalEventData: 'JSON',
  serviceEventDetails: 'JSON',
  tlsDetails: 'JSON',
  resources: 'JSON',
};

/** DuckDB over log files as they are: texts of the envelope are columns, everything below is JSON. */
export const duckdb: Dialect = {
  name: 'DuckDB',
  isBool: () => false,
  column: (it) => {
    const [column = '', ...below] = typedNames(it);
    if (below.length === 0) return column;
    if (it.kind === 'json' || it.kind === 'object') return `nullif(${column} -> ${path(below)}, 'null'::JSON)`;
    return `json_extract_string(${column}, ${path(below)})`;
  },
  moment: (column) =>
    `CASE WHEN regexp_matches(${column}, ${quoted(timeText)}) THEN epoch(TRY_CAST(${column} AS TIMESTAMPTZ)) END`,
  jsonScalar: (json, names) =>
    `CASE WHEN ${typeOf(json, names)} NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(${json}, ${path(names)}) END`,
  jsonText: (json, names) =>
    `CASE WHEN ${typeOf(json, names)} <> 'NULL' THEN json_extract_string(${json}, ${path(names)}) END`,
  jsonIsThere: (json, names, holds) => `coalesce(${typeOf(json, names)}, 'NULL') ${holds ? '<>' : '='} 'NULL'`,
  jsonList: (json, names) =>
    `CASE WHEN ${typeOf(json, names)} = 'ARRAY' THEN list_filter(json_extract(${json}, ${membersPath(names)}), lambda m: json_type(m) <> 'NULL') END`,
  jsonIsNoObject: (json, names) => `coalesce(${typeOf(json, names)}, 'NULL') NOT IN ('OBJECT', 'NULL')`,
  columnIsNoObject: (column) => `coalesce(json_type(${column}), 'NULL') NOT IN ('OBJECT', 'NULL')`,
  isReadOtherwise: (json) => `coalesce(regexp_matches(${json}::VARCHAR, ${quoted(readOtherwise)}), false)`,
  // A JSON pointer, as a name may hold any character.
  holdsFailure: (json, name) =>
    `coalesce(json_extract(${json}, '/' || replace(replace(${name}, '~', '~0'), '/', '~1'))::VARCHAR, '') = '"Failure"'`,
  matches: (text, pattern) => `regexp_matches(${text}, ${quoted(pattern)})`,
  replaced: (text, pattern, by) => `regexp_replace(${text}, ${quoted(pattern)}, ${quoted(by.replaceAll('$', '\\'))})`,
  group: (text, pattern) => `nullif(regexp_extract(${text}, ${quoted(pattern)}, 1), '')`,
  contains: (text, part) => `contains(${text}, ${part})`,
  starts: (text, part) => `starts_with(${text}, ${part})`,
  ends: (text, part) => `suffix(${text}, ${part})`,
  lower: (text) => `translate(${text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  length: (text) => `length(${text})`,
  int: (text) => `CASE WHEN regexp_matches(${text}, '\\A-?[0-9]{1,15}\\z') THEN CAST(${text} AS BIGINT) END`,
  divided: (left, right) => `CAST(trunc(${left} / ${right}) AS BIGINT)`,
  split: (text, separator) => `string_split(${text}, ${separator})`,
  emptyList: '[]::JSON[]',
  size: (list) => `len(${list})`,
  exists: (list, variable, body) => {
    const holds = `list_transform(${list}, lambda ${variable}: ${body})`;
    return `(CASE WHEN list_contains(${holds}, true) THEN true WHEN len(list_filter(${holds}, lambda h: h IS NULL)) > 0 THEN NULL ELSE ${list} IS NULL AND NULL END)`;
  },
  resources: "coalesce(json_extract(resources, '$[*]'), []::JSON[])",
  resourceArns: `list_filter(list_transform(coalesce(json_extract(resources, '$[*]'), []::JSON[]), lambda m: json_extract_string(m, '$."ARN"')), lambda m: m IS NOT NULL)`,
  resourceField: (variable, name) => `json_extract_string(${variable}, '$."${name}"')`,
};
