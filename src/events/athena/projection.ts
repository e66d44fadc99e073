import { day } from '../window.js';

/** Which values of a partition column a table can hold. */
export type PartitionValues =
  | { readonly kind: 'listed'; readonly values: ReadonlySet<string> }
  | { readonly kind: 'numbers'; readonly from: number; readonly to: number; readonly digits: number | undefined }
  | { readonly kind: 'days'; readonly from: number; readonly to: number; readonly format: DayFormat }
  /** Each query must name them. */
  | { readonly kind: 'injected' }
  /** Partitions are added to the data catalog one by one. */
  | { readonly kind: 'catalog' };

/** `yyyy/MM/dd` */
export interface DayFormat {
  readonly text: string;
  /** True where the texts are in the order of the days. */
  readonly isSorted: boolean;
}

type Properties = Readonly<Record<string, string>>;

/** A table whose projection cannot be understood: nobody could say which hours it lacks. */
export class UnknownProjection extends Error {
  override readonly name = 'UnknownProjection';
}

/**
 * What Athena projects a partition column to.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 *
 * @param now what NOW in a range of days is, in milliseconds
 * @throws UnknownProjection
 */
export function valuesOf(column: string, properties: Properties, now: number): PartitionValues {
  if (properties['projection.enabled']?.trim().toLowerCase() !== 'true') return { kind: 'catalog' };
  const of = (name: string): string | undefined => properties[`projection.${column}.${name}`];
  const type = of('type')?.trim().toLowerCase();
  switch (type) {
    case 'enum': {
      return { kind: 'listed', values: new Set((of('values') ?? '').split(',')) };
    }
    case 'integer': {
      const [from, to] = (of('range') ?? '').split(',').map((it) => (/^\s*-?\d+\s*$/.test(it) ? Number(it) : NaN));
      if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) throw unknown(column);
      if (!isOne(of('interval'))) throw unknown(column);
      const digits = of('digits');
      return { kind: 'numbers', from, to, digits: digits === undefined ? undefined : Number(digits) };
    }
    case 'date': {
      return daysOf(column, of, now);
    }
    case 'injected': {
      return { kind: 'injected' };
    }
    default: {
      throw unknown(column);
    }
  }
}

function daysOf(column: string, of: (name: string) => string | undefined, now: number): PartitionValues {
  const format = dayFormat(of('format') ?? '');
  const unit = of('interval.unit')?.trim().toUpperCase();
  const isDaily = isOne(of('interval')) && (unit === undefined || /^DAYS?$/.test(unit));
  const [from, to] = (of('range') ?? '').split(',').map((it) => timeOf(it, format, now));
  if (format === undefined || !isDaily || from === undefined || to === undefined) throw unknown(column);
  return { kind: 'days', from: startOf(from), to: startOf(to), format };
}

function isOne(interval: string | undefined): boolean {
  return interval === undefined || interval.trim() === '1';
}

function startOf(time: number): number {
  return Math.floor(time / day) * day;
}

function unknown(column: string): UnknownProjection {
  return new UnknownProjection(
    `the projection of its partition column '${column}' does not tell single days, or values one by one`,
  );
}

/** Undefined where it does not tell one day from another, or holds more than days. */
export function dayFormat(text: string): DayFormat | undefined {
  if (!/^(?:yyyy|MM|dd|[/_.\s-]|'[^']*')+$/.test(text)) return undefined;
  const parts = [...text.replaceAll(/'[^']*'/g, '').matchAll(/yyyy|MM|dd/g)].map(([it]) => it);
  if (parts.toSorted().join(' ') !== 'MM dd yyyy') return undefined;
  return { text, isSorted: parts.join(' ') === 'yyyy MM dd' };
}

/** A day as its partition is called. */
export function dayText({ text }: DayFormat, time: number): string {
  const [year = '', month = '', date = ''] = new Date(time).toISOString().slice(0, 10).split('-');
  return text.replaceAll(/'([^']*)'|yyyy|MM|dd/g, (it, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    return it === 'yyyy' ? year : it === 'MM' ? month : date;
  });
}

const units: Readonly<Record<string, number>> = {
  WEEK: 7 * day,
  DAY: day,
  HOUR: day / 24,
  MINUTE: day / 1440,
  SECOND: day / 86_400,
};

/** `NOW-3YEARS`, or a day in the format of the column; undefined where it is neither. */
function timeOf(given: string, format: DayFormat | undefined, now: number): number | undefined {
  const text = given.trim();
  const relative = /^NOW\s*(?:([+-])\s*(\d+)\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)?$/.exec(text);
  if (relative !== null) return shifted(now, relative);
  if (format === undefined) return undefined;
  const pattern = format.text.replaceAll(/'([^']*)'|yyyy|MM|dd|[.]/g, (it, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted.replaceAll(/\W/g, String.raw`\$&`);
    return { yyyy: String.raw`(?<y>\d{4})`, MM: String.raw`(?<m>\d\d)`, dd: String.raw`(?<d>\d\d)` }[it] ?? '[.]';
  });
  const { y, m, d } = new RegExp(`^${pattern}$`).exec(text)?.groups ?? {};
  const time = Date.parse(`${y}-${m}-${d}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time;
}

function shifted(now: number, [, sign, count = '0', unit]: RegExpExecArray): number {
  const many = Number(`${sign ?? ''}${count}`);
  if (unit === undefined) return now;
  const length = units[unit];
  if (length !== undefined) return now + many * length;
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() + many * (unit === 'YEAR' ? 12 : 1));
  return date.getTime();
}
