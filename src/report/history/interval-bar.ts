import type { History, Interval, State } from '../../model/history.js';

const looks: Readonly<Record<State, string>> = {
  COMPLIANT: 'good',
  NON_COMPLIANT: 'opened',
  INSUFFICIENT_DATA: 'unseen',
  NOT_APPLICABLE: 'missed',
  NOT_THERE_YET: '',
  GONE: '',
};
const length = 200;
/** A short outage is not hidden by the time around it. */
const shortest = 2;

/** The window as a strip, for the eye only: the numbers stand beside it. */
export function intervalStrip({ window }: Pick<History, 'window'>, intervals: readonly Interval[]): string {
  const start = Date.parse(window.from);
  const scale = length / (Date.parse(window.to) - start);
  const at = (time: string): number => Math.round((Date.parse(time) - start) * scale * 100) / 100;
  // What fails is drawn last, over its neighbors.
  const inOrder = intervals.toSorted((a, b) => Number(isFailing(a)) - Number(isFailing(b)));
  const shapes = inOrder.map((it) => {
    const look = it.waived === true ? 'waived' : looks[it.state];
    if (look === '') return '';
    const width = Math.max(isFailing(it) ? shortest : 0, at(it.to) - at(it.from));
    const x = Math.min(at(it.from), length - width);
    return `<rect class="${look}" x="${x}" y="0" width="${Math.round(width * 100) / 100}" height="12"/>`;
  });
  return `<svg class="strip" viewBox="0 0 ${length} 12" aria-hidden="true">${shapes.join('')}</svg>`;
}

function isFailing({ state }: Interval): boolean {
  return state === 'NON_COMPLIANT';
}
