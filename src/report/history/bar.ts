import type { History, Interval, State } from '../../model/history.js';

/** Of the states within one cell the first of these shows: a short outage is not hidden by the time around it. */
const signs: readonly (readonly [State, string])[] = [
  ['NON_COMPLIANT', '!'],
  ['INSUFFICIENT_DATA', '?'],
  ['COMPLIANT', '='],
  ['NOT_APPLICABLE', '-'],
  ['NOT_THERE_YET', '.'],
  ['GONE', '.'],
];

export const legend = '= compliant, ! out of compliance, ? not known, - does not apply, . not there';

/** The window as a line of so many cells, each of the same length of time. */
export function bar({ window }: Pick<History, 'window'>, intervals: readonly Interval[], cells: number): string {
  const start = Date.parse(window.from);
  const length = (Date.parse(window.to) - start) / cells;
  let line = '';
  for (let cell = 0; cell < cells; cell += 1) {
    const from = start + cell * length;
    const to = from + length;
    const here = new Set(
      intervals.flatMap((it) => (Date.parse(it.from) < to && Date.parse(it.to) > from ? it.state : [])),
    );
    line += signs.find(([state]) => here.has(state))?.[1] ?? ' ';
  }
  return line;
}
