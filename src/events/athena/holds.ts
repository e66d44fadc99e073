import { day, startOfDay } from '../window.js';
import { dayText, type PartitionValues } from './projection.js';
import type { DayPart, Part, PartitionColumn, TableLayout } from './layout.js';

/** Whether a table can hold events of the account. */
export function holdsAccount({ account }: TableLayout, id: string): boolean {
  return holds(account, id);
}

export function holdsRegion({ region }: TableLayout, name: string): boolean {
  return holds(region, name);
}

/** The values that a part lists; undefined: it does not tell. */
export function listedBy(part: Part): readonly string[] | undefined {
  if (part.kind === 'fixed') return [part.value];
  const { values } = part.column;
  return values.kind === 'listed' ? [...values.values] : undefined;
}

function holds(part: Part, value: string): boolean {
  return part.kind === 'fixed' ? part.value === value : canBe(part.column.values, value);
}

function canBe(values: PartitionValues, value: string): boolean {
  switch (values.kind) {
    case 'listed': {
      return values.values.has(value);
    }
    case 'numbers': {
      return isNumberOf(values, value);
    }
    case 'days': {
      return false;
    }
    case 'injected':
    case 'catalog': {
      return true;
    }
  }
}

function isNumberOf({ from, to, digits }: Extract<PartitionValues, { kind: 'numbers' }>, value: string): boolean {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < from || number > to) return false;
  return String(number).padStart(digits ?? 1, '0') === value;
}

/** The days of a span, by their beginnings. */
export function daysOf({ from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  const days: number[] = [];
  for (let it = startOfDay(from); it < to; it += day) days.push(it);
  return days;
}

/** Whether what was delivered on a day has a partition. */
export function holdsDay(days: DayPart, time: number): boolean {
  if (days.kind === 'one') {
    const { values } = days.column;
    if (values.kind === 'days') return time >= values.from && time <= values.to;
    return canBe(values, dayText(days.format, time));
  }
  const parts = new Date(time).toISOString().slice(0, 10).split('-');
  return days.columns.every((column, index) => textsOf(column, parts[index] ?? '').length > 0);
}

/** How a year, month or day is called in its partition: of partitions that are added one by one, `08` and `8`. */
export function textsOf({ values, isNumber }: PartitionColumn, part: string): readonly string[] {
  const short = String(Number(part));
  const names = isNumber ? [short] : [...new Set([part, short])];
  // The path has two digits.
  if (values.kind === 'catalog' || values.kind === 'injected') return names;
  if (values.kind === 'numbers' && isNumber)
    return Number(part) >= values.from && Number(part) <= values.to ? names : [];
  return canBe(values, part) ? [part] : [];
}
