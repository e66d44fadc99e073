import { CannotSay, type Path } from '../condition.js';
import type { Dialect } from './dialect.js';
import { jsonPath, quoted, readOtherwise, timeText } from './sql-text.js';

const path = (names: readonly string[]): string => quoted(jsonPath(names, (name) => `["${name}"]`));

/** What Trino has of its own, whatever the table. */
export const trinoLanguage = {
  jsonScalar: (json, names) => `json_extract_scalar(${json}, ${path(names)})`,
  jsonText: (json, names) =>
    `coalesce(json_extract_scalar(${json}, ${path(names)}), nullif(json_format(json_extract(${json}, ${path(names)})), 'null'))`,
  jsonList: (json, names) =>
    `filter(try_cast(json_extract(${json}, ${path(names)}) AS array(json)), m -> json_format(m) <> 'null')`,
  jsonIsNoObject: (json, names) =>
    `coalesce(nullif(json_format(json_extract(${json}, ${path(names)})), 'null') NOT LIKE '{%', false)`,
  jsonIsThere: (json, names, holds) =>
    `coalesce(json_format(json_extract(${json}, ${path(names)})), 'null') ${holds ? '<>' : '='} 'null'`,
  columnIsNoObject: (column) => `coalesce(nullif(${column}, 'null') NOT LIKE '{%', false)`,
  isReadOtherwise: (json) => `coalesce(regexp_like(${json}, ${quoted(readOtherwise)}), false)`,
  holdsFailure: (json, name) =>
    `coalesce(json_format(element_at(try(CAST(json_parse(${json}) AS map(varchar, json))), ${name})), '') = '"Failure"'`,
  matches: (text, pattern) => `regexp_like(${text}, ${quoted(pattern)})`,
  replaced: (text, pattern, by) => `regexp_replace(${text}, ${quoted(pattern)}, ${quoted(by)})`,
  group: (text, pattern) => `regexp_extract(${text}, ${quoted(pattern)}, 1)`,
  contains: (text, part) => `strpos(${text}, ${part}) > 0`,
  starts: (text, part) => `starts_with(${text}, ${part})`,
  ends: (text, part) => `substr(${text}, length(${text}) - length(${part}) + 1) = ${part}`,
  lower: (text) => `translate(${text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  length: (text) => `length(${text})`,
  int: (text) => `CASE WHEN regexp_like(${text}, '\\A-?[0-9]{1,15}\\z') THEN CAST(${text} AS bigint) END`,
  divided: (left, right) => `${left} / ${right}`,
  split: (text, separator) => `split(${text}, ${separator})`,
  emptyList: 'ARRAY[]',
  size: (list) => `cardinality(${list})`,
  exists: (list, variable, body) => `any_match(${list}, ${variable} -> ${body})`,
} satisfies Partial<Dialect>;

/**
 * The columns of a table for Athena as AWS publishes it. Names are in small letters, JSON is text.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
 */
export const publishedColumns: ReadonlySet<string> = new Set([
  'eventversion',
  'useridentity.type',
  'useridentity.principalid',
  'useridentity.arn',
  'useridentity.accountid',
  'useridentity.invokedby',
  'useridentity.accesskeyid',
  'useridentity.username',
  'useridentity.onbehalfof',
  'useridentity.onbehalfof.userid',
  'useridentity.onbehalfof.identitystorearn',
  'useridentity.sessioncontext',
  'useridentity.sessioncontext.attributes',
  'useridentity.sessioncontext.attributes.mfaauthenticated',
  'useridentity.sessioncontext.attributes.creationdate',
  'useridentity.sessioncontext.sessionissuer',
  'useridentity.sessioncontext.sessionissuer.type',
  'useridentity.sessioncontext.sessionissuer.principalid',
  'useridentity.sessioncontext.sessionissuer.arn',
  'useridentity.sessioncontext.sessionissuer.accountid',
  'useridentity.sessioncontext.sessionissuer.username',
  'useridentity.sessioncontext.ec2roledelivery',
  'eventtime',
  'eventsource',
  'eventname',
  'awsregion',
  'sourceipaddress',
  'useragent',
  'errorcode',
  'errormessage',
  'requestparameters',
  'responseelements',
  'additionaleventdata',
  'requestid',
  'eventid',
  'readonly',
  'eventtype',
  'apiversion',
  'recipientaccountid',
  'serviceeventdetails',
  'sharedeventid',
  'vpcendpointid',
  'vpcendpointaccountid',
  'eventcategory',
  'sessioncredentialfromconsole',
]);

export function columnOf(names: readonly string[], columns: ReadonlySet<string>, table: string): string {
  const name = names.map((it) => it.toLowerCase()).join('.');
  if (!columns.has(name)) throw new CannotSay(`${table} has no column for ${names.join('.')}`);
  return name;
}

/** A field that CloudTrail documents, of the record. */
export function typedNames({ names, typed, member }: Path): readonly string[] {
  if (member !== undefined) throw new Error('a member of a list is not a column');
  return names.slice(0, typed);
}

/** Athena, whose engine is Trino. */
export const athena: Dialect = {
  ...trinoLanguage,
  name: 'Athena',
  isBool: () => false,
  column: (it) => columnOf(typedNames(it), publishedColumns, "AWS's table for Athena"),
  moment: (column) =>
    `CASE WHEN regexp_like(${column}, ${quoted(timeText)}) THEN to_unixtime(try(from_iso8601_timestamp(${column}))) END`,
  resources: 'coalesce(resources, ARRAY[])',
  resourceArns: 'filter(transform(coalesce(resources, ARRAY[]), m -> m.arn), m -> m IS NOT NULL)',
  resourceField: (variable, name) => `${variable}.${name.toLowerCase()}`,
};
