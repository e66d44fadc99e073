/** The form of a noun or verb that goes with a count: `plural(2, 'account')`, `plural(1, 'is', 'are')`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `3 accounts`, `1 account`, `2 policies`. */
export function counted(count: number, one: string, many?: string): string {
  return `${count} ${plural(count, one, many)}`;
}

/** `1,204`: for numbers that run into the thousands. */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1,204 accounts`, `1 account`. */
export function countedInThousands(count: number, one: string, many?: string): string {
  return `${thousands(count)} ${plural(count, one, many)}`;
}
