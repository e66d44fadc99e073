import { reader } from './reader.js';
import { recordFields, type RecordField } from './record-fields.js';

export interface LogTable {
  readonly database: string;
  readonly table: string;
  readonly bucket: string;
  /** The trail's prefix in the bucket; '' for none. */
  readonly prefix: string;
  /** Undefined: the trail is of no organization. */
  readonly organizationId: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The first day of which there are log files: `2020/01/01`. */
  readonly since: string;
}

/**
 * The statement that makes a table of CloudTrail's log files: the columns that AWS publishes and those that policies ask for
 * beside them; partitions are projected from accounts, Regions and days.
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export function logTableSql(it: LogTable): string {
  const { database, table, bucket, prefix, organizationId, accounts, regions, since } = it;
  const above = [prefix.replace(/\/$/, ''), 'AWSLogs', organizationId ?? ''].filter((part) => part !== '').join('/');
  const location = `s3://${bucket}/${above}/`;
  const properties = [
    ['projection.enabled', 'true'],
    ['projection.account.type', 'enum'],
    ['projection.account.values', accounts.join(',')],
    ['projection.region.type', 'enum'],
    ['projection.region.values', regions.join(',')],
    ['projection.day.type', 'date'],
    ['projection.day.format', 'yyyy/MM/dd'],
    ['projection.day.range', `${since},NOW`],
    ['projection.day.interval', '1'],
    ['projection.day.interval.unit', 'DAYS'],
    ['storage.location.template', `${location}\${account}/CloudTrail/\${region}/\${day}`],
  ].map(([name = '', value = '']) => `  ${text(name)}=${text(value)}`);
  return `CREATE EXTERNAL TABLE ${quotedName(database)}.${quotedName(table)} (
${columnsOf('', '  ').join(',\n')}
)
PARTITIONED BY (
  \`account\` string,
  \`region\` string,
  \`day\` string
)
ROW FORMAT SERDE ${text(reader['serde.serialization.lib'])}
STORED AS INPUTFORMAT ${text(reader.inputformat)}
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION ${text(location)}
TBLPROPERTIES (
${properties.join(',\n')}
);`;
}

/** The columns of the table, for a description of it: their names and types. */
export function logTableColumns(): readonly { readonly name: string; readonly type: string }[] {
  return childrenOf('').map((field) => ({ name: leafOf(field), type: typeOf(field) }));
}

function columnsOf(path: string, indent: string): readonly string[] {
  return childrenOf(path).map((field) => `${indent}${leafOf(field)} ${shown(field, indent)}`);
}

function shown(field: RecordField, indent: string): string {
  if (field.kind !== 'struct') return typeOf(field);
  const inner = childrenOf(field.path).map((it) => `${indent}  ${leafOf(it)}: ${shown(it, `${indent}  `)}`);
  return `struct<\n${inner.join(',\n')}\n${indent}>`;
}

function typeOf(field: RecordField): string {
  switch (field.kind) {
    case 'text':
    case 'json': {
      return 'string';
    }
    case 'map': {
      return 'map<string,string>';
    }
    case 'resources': {
      return 'array<struct<arn:string,accountid:string,type:string>>';
    }
    case 'struct': {
      return `struct<${childrenOf(field.path)
        .map((it) => `${leafOf(it)}:${typeOf(it)}`)
        .join(',')}>`;
    }
  }
}

function childrenOf(path: string): readonly RecordField[] {
  const start = path === '' ? '' : `${path}.`;
  return recordFields.filter((it) => it.path.startsWith(start) && !it.path.slice(start.length).includes('.'));
}

function leafOf({ path }: RecordField): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

function quotedName(given: string): string {
  return `\`${given.replaceAll('`', '``')}\``;
}

/** In statements for tables a text is as in Hive, where a backslash makes the next character one of the text. */
function text(given: string): string {
  return `'${given.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
