import { CannotSay } from '../condition.js';
import type { Path } from '../condition.js';
import type { Dialect } from './dialect.js';
import { quoted } from './sql-text.js';
import { columnOf, publishedColumns, trinoLanguage, typedNames } from './trino.js';

/**
 * The columns of an event data store for CloudTrail events: those of the table for Athena, and three more.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
const columns: ReadonlySet<string> = new Set([
  ...publishedColumns,
  'useridentity.identityprovider',
  'useridentity.sessioncontext.sourceidentity',
  'managementevent',
]);

/** A map of texts has one name, and the value of that is a text. */
function textAt(json: string, names: readonly string[]): string {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new CannotSay('CloudTrail Lake has no columns below parameters');
  return `element_at(${json}, ${quoted(name)})`;
}

const aText = 'CloudTrail Lake does not document how it writes values other than texts';

/** CloudTrail Lake: Trino's SQL over typed columns, where JSON is a map of texts. */
export const lake: Dialect = {
  ...trinoLanguage,
  name: 'CloudTrail Lake',
  isBool: (column) => column === 'readonly' || column === 'managementevent',
  column: (it) => columnOf(typedNames(it), columns, 'an event data store'),
  moment: (column) => `to_unixtime(${column})`,
  jsonScalar: textAt,
  jsonText: () => {
    throw new CannotSay(aText);
  },
  jsonIsThere: (json, names, holds) => `${textAt(json, names)} IS ${holds ? 'NOT ' : ''}NULL`,
  jsonList: () => {
    throw new CannotSay(aText);
  },
  jsonIsNoObject: () => {
    throw new CannotSay(aText);
  },
  columnIsNoObject: () => undefined,
  isReadOtherwise: (json) => `coalesce(element_at(${json}, 'omitted') = 'true', false)`,
  holdsFailure: (json, name) => `coalesce(element_at(${json}, ${name}) = 'Failure', false)`,
  resources: 'coalesce(resources, ARRAY[])',
  resourceArns: 'filter(transform(coalesce(resources, ARRAY[]), m -> m.arn), m -> m IS NOT NULL)',
  resourceField: (variable, name) => `${variable}.${name.toLowerCase()}`,
};

function unsure(): never {
  throw new CannotSay('it is not documented how CloudTrail Lake writes it');
}

/**
 * What of it may decide which events a run is given: nobody but AWS can run it, so that only columns are asked whose type
 * AWS publishes, and which are texts, true or false, or times. What stands in JSON, and whether an object is there, is
 * judged on the record itself.
 */
export const lakeColumns: Dialect = {
  ...lake,
  column: (it: Path) => (it.kind === 'json' || it.kind === 'object' ? unsure() : lake.column(it)),
  jsonScalar: unsure,
  jsonText: unsure,
  jsonIsThere: unsure,
  jsonList: unsure,
  jsonIsNoObject: unsure,
  holdsFailure: unsure,
};
