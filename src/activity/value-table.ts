/** Numbers for values that come again and again. */
export class ValueTable<T> {
  private readonly numbers = new Map<T, number>();
  private readonly values: T[] = [];

  numberOf(value: T): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.numbers.set(value, number);
    this.values.push(value);
    return number;
  }

  at(number: number): T {
    const value = this.values[number];
    if (value === undefined) throw new Error('a row names what is in the table');
    return value;
  }
}
