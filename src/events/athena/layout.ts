import type { AthenaTable } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';
import { parseType } from './columns.js';
import { dayText, UnknownProjection, valuesOf, type DayFormat, type PartitionValues } from './projection.js';

/** A partition column. */
export interface PartitionColumn {
  readonly name: string;
  readonly isNumber: boolean;
  readonly values: PartitionValues;
}

/** What tells accounts or Regions apart: one that the path of the table names, or a column. */
export type Part =
  | { readonly kind: 'fixed'; readonly value: string }
  | { readonly kind: 'column'; readonly column: PartitionColumn };

export type DayPart =
  | { readonly kind: 'one'; readonly column: PartitionColumn; readonly format: DayFormat }
  | { readonly kind: 'three'; readonly columns: readonly [PartitionColumn, PartitionColumn, PartitionColumn] };

/** Where a table looks for log files, and what tells its partitions apart. */
export interface TableLayout {
  readonly bucket: string;
  /** In front of the accounts: `PREFIX/AWSLogs/o-…`, without a slash at its end. */
  readonly prefix: string;
  readonly account: Part;
  readonly region: Part;
  readonly days: DayPart;
}

const hint = 'trailproof activity athena-table prints one that has accounts, Regions and days as partitions.';

/**
 * How the partitions of a table follow the layout of CloudTrail:
 * `[PREFIX/]AWSLogs/[ORGANIZATION/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD`.
 *
 * @param name of the table, for people
 * @param now what NOW is in the ranges of days, in milliseconds
 * @throws UsageError where it has none that tell accounts, Regions and days apart
 */
export function layoutOfTable(name: string, { partitionKeys, parameters }: AthenaTable, now: number): TableLayout {
  const columns = partitionKeys.map(({ name: column, type }) => ({
    name: column.toLowerCase(),
    type: parseType(type),
  }));
  const partition = (column: string): PartitionColumn => {
    const its = columns.find((it) => it.name === column.toLowerCase());
    if (its === undefined) throw new UnknownProjection(`'${column}' is none of its partition columns`);
    if (its.type.kind !== 'text' && its.type.kind !== 'integer') {
      throw new UnknownProjection(`its partition column '${column}' is neither a text nor a whole number`);
    }
    return { name: its.name, isNumber: its.type.kind === 'integer', values: valuesOf(its.name, parameters, now) };
  };
  try {
    const template = parameters['storage.location.template'];
    const isProjected = parameters['projection.enabled']?.trim().toLowerCase() === 'true';
    if (isProjected && template === undefined) {
      throw new UnknownProjection("its partitions are projected without a 'storage.location.template'");
    }
    const names = columns.map((it) => it.name);
    return template !== undefined && isProjected
      ? ofTemplate(template, partition)
      : ofNames(parameters['location'] ?? '', names, partition);
  } catch (error) {
    if (!(error instanceof UnknownProjection)) throw error;
    throw new UsageError(`Table ${name} cannot be read: ${error.message}.`, hint, { cause: error });
  }
}

const place = /^s3:\/\/(?<bucket>[a-z0-9.-]+)\/(?<prefix>(?:[^$]*\/)?AWSLogs(?:\/o-[a-z0-9]{4,32})?)(?<rest>\/.*)?$/;

function ofTemplate(template: string, partition: (column: string) => PartitionColumn): TableLayout {
  const { bucket = '', prefix = '', rest = '' } = place.exec(template)?.groups ?? {};
  const [account = '', folder, region = '', ...days] = rest.split('/').filter((it) => it !== '');
  if (folder !== 'CloudTrail') {
    throw new UnknownProjection("its 'storage.location.template' does not follow the layout of CloudTrail's log files");
  }
  const part = (text: string): Part => {
    const column = columnIn(text);
    return column === undefined ? { kind: 'fixed', value: text } : { kind: 'column', column: partition(column) };
  };
  const names = days.map((it) => columnIn(it));
  if (!names.every((it) => it !== undefined)) {
    throw new UnknownProjection("its 'storage.location.template' does not end with a day");
  }
  return { bucket, prefix, account: part(account), region: part(region), days: daysOf(names.map(partition)) };
}

/** The name in `${name}`. */
function columnIn(text: string): string | undefined {
  return /^\$\{([^{}]+)\}$/.exec(text)?.[1];
}

function daysOf(columns: readonly PartitionColumn[]): DayPart {
  const [one, two, three] = columns;
  if (one !== undefined && two === undefined && one.values.kind === 'days' && !one.isNumber) {
    const { format } = one.values;
    if (dayText(format, 0) === '1970/01/01') return { kind: 'one', column: one, format };
  }
  if (one !== undefined && two !== undefined && three !== undefined && columns.length === 3) {
    return { kind: 'three', columns: [one, two, three] };
  }
  throw new UnknownProjection('its partitions are not days, as year, month and day, or as yyyy/MM/dd');
}

/** Of partitions that are added one by one, each with its own place, names tell what they are. */
function ofNames(
  location: string,
  names: readonly string[],
  partition: (column: string) => PartitionColumn,
): TableLayout {
  const { bucket = '', prefix = '', rest = '' } = place.exec(location)?.groups ?? {};
  const [account, , region] = rest.split('/').filter((it) => it !== '');
  const part = (what: string, pattern: RegExp, fixed: string | undefined): Part => {
    const name = names.find((it) => pattern.test(it));
    if (name !== undefined) return { kind: 'column', column: partition(name) };
    if (fixed !== undefined) return { kind: 'fixed', value: fixed };
    throw new UnknownProjection(`it has no partition column for ${what}`);
  };
  const [year, month, date] = ['year', 'month', 'day'].map((it) => names.find((name) => name === it));
  if (year === undefined || month === undefined || date === undefined) {
    throw new UnknownProjection('it has no partition columns year, month and day, and no projected day');
  }
  return {
    bucket,
    prefix,
    account: part('the account', /^(?:recipient_?)?account(?:_?id)?$/, account),
    region: part('the Region', /^(?:aws_?)?region$/, region),
    days: { kind: 'three', columns: [partition(year), partition(month), partition(date)] },
  };
}
