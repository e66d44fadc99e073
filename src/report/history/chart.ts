import { counted } from '../../text/plural.js';
import { escaped } from '../html/shared/markup.js';
import type { ChangeDay } from './changes.js';

const width = 960;
const left = 48;
const right = 8;
/** What is open, over what was opened (up) and closed (down). */
const upper = { top: 22, height: 100 };
const lower = { top: 158, height: 80 };
const bottom = lower.top + lower.height;
const height = bottom + 26;
const mostBars = 92;
const mostDates = 7;

/** Some days as one bar, as a window of years has more days than there is room for. */
interface Bar {
  readonly first: string;
  readonly last: string;
  readonly open: number;
  readonly unseen: number;
  readonly opened: number;
  readonly closed: number;
  readonly isMissed: boolean;
}

/**
 * Findings over time as a picture: what is open at the end of each day, and what was opened and closed on it. Colors and
 * patterns come from the page's style. All that it shows stands in the table below it, too.
 */
export function changesChart(days: readonly ChangeDay[]): string {
  const bars = barsOf(days);
  const step = (width - left - right) / bars.length;
  const mostOpen = Math.max(1, ...bars.map((it) => it.open + it.unseen));
  const mostMoved = Math.max(1, ...bars.flatMap((it) => [it.opened, it.closed]));
  const middle = lower.top + lower.height / 2;
  const columns = bars.map((it, at) => {
    const place = { x: left + at * step, width: Math.max(1, step - Math.min(2, step / 5)) };
    const open = (it.open / mostOpen) * upper.height;
    const unseen = (it.unseen / mostOpen) * upper.height;
    const floor = upper.top + upper.height;
    const moved = (count: number): number => (count / mostMoved) * (lower.height / 2);
    return [
      `<g><title>${escaped(describeBar(it))}</title>`,
      it.isMissed ? rect('missed', { ...place, y: upper.top, height: bottom - upper.top }) : '',
      rect('open', { ...place, y: floor - open, height: open }),
      rect('unseen', { ...place, y: floor - open - unseen, height: unseen }),
      rect('opened', { ...place, y: middle - moved(it.opened), height: moved(it.opened) }),
      rect('closed', { ...place, y: middle, height: moved(it.closed) }),
      '</g>',
    ].join('');
  });
  return [
    `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-text">`,
    '<title id="chart-title">Findings over time</title>',
    `<desc id="chart-text">${escaped(describeChart(days))} The table below has the same day by day.</desc>`,
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6"/></pattern></defs>',
    text(0, 12, 'Open findings'),
    text(0, lower.top - 10, 'Opened (up) and closed (down)'),
    ...columns,
    line(upper.top + upper.height),
    line(middle),
    scale(upper.top, String(mostOpen)),
    scale(upper.top + upper.height, '0'),
    scale(lower.top, String(mostMoved)),
    scale(middle, '0'),
    scale(bottom, String(mostMoved)),
    ...dates(bars, step),
    '</svg>',
  ].join('');
}

function barsOf(days: readonly ChangeDay[]): readonly Bar[] {
  const size = Math.max(1, Math.ceil(days.length / mostBars));
  const bars: Bar[] = [];
  for (let at = 0; at < days.length; at += size) {
    const own = days.slice(at, at + size);
    const last = own.at(-1);
    const sum = (of: (it: ChangeDay) => number): number => own.reduce((total, it) => total + of(it), 0);
    bars.push({
      first: own[0]?.day ?? '',
      last: last?.day ?? '',
      open: last?.open ?? 0,
      unseen: last?.unseen ?? 0,
      opened: sum((it) => it.counts.opened + it.counts.reopened),
      closed: sum((it) => it.counts.closed + it.counts.waived),
      isMissed: own.some((it) => it.isMissed),
    });
  }
  return bars;
}

function describeBar({ first, last, open, unseen, opened, closed, isMissed }: Bar): string {
  const when = first === last ? first : `${first} to ${last}`;
  return [
    `${when}: ${opened} opened, ${closed} closed, ${open} open`,
    ...(unseen > 0 ? [`${unseen} not seen again`] : []),
    ...(isMissed ? ['no complete run'] : []),
  ].join(', ');
}

function describeChart(days: readonly ChangeDay[]): string {
  const sum = (of: (it: ChangeDay) => number): number => days.reduce((total, it) => total + of(it), 0);
  const opened = sum((it) => it.counts.opened + it.counts.reopened);
  const closed = sum((it) => it.counts.closed + it.counts.waived);
  const [first, last] = [days[0], days.at(-1)];
  return (
    `${first?.day ?? ''} to ${last?.day ?? ''}: ${counted(opened, 'finding')} opened or reopened, ${closed} closed or waived. ` +
    `At the end ${(last?.open ?? 0) + (last?.unseen ?? 0)} open.`
  );
}

function rect(look: string, place: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>): string {
  if (place.height === 0) return '';
  const [x, y, w, h] = [place.x, place.y, place.width, place.height].map(rounded);
  const shape = `x="${x}" y="${y}" width="${w}" height="${h}"`;
  const plain = `<rect class="${look}" ${shape}/>`;
  return look === 'unseen' || look === 'missed' ? `${plain}<rect fill="url(#hatch)" ${shape}/>` : plain;
}

function dates(bars: readonly Bar[], step: number): readonly string[] {
  const each = Math.ceil(bars.length / mostDates);
  return bars.flatMap(({ first }, at) =>
    at % each === 0 ? [text(left + at * step, height - 6, first), tick(left + at * step)] : [],
  );
}

function tick(x: number): string {
  return `<path class="axis" d="M${rounded(x)} ${bottom}v6"/>`;
}

function line(y: number): string {
  return `<path class="axis" d="M${left} ${rounded(y)}H${width - right}"/>`;
}

function scale(y: number, label: string): string {
  return `<text x="${left - 6}" y="${rounded(y + 4)}" text-anchor="end">${label}</text>`;
}

function text(x: number, y: number, label: string): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}">${escaped(label)}</text>`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
