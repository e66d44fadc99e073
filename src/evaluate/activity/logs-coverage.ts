import type { CoverageCell, EventCoverage } from '../../model/log-events.js';
import type { LogsCoverage, UnreadableHours } from '../../model/results.js';
import { byText } from '../../text/order.js';

const hour = 3_600_000;

/** What was there to be read, in numbers; hours that could not be read follow on each other in one span. */
export function logsCoverage({ from, to, cells, deliveredUntil }: EventCoverage): LogsCoverage {
  const count = (state: CoverageCell['state']): number => cells.filter((it) => it.state === state).length;
  return {
    from,
    to,
    ...(deliveredUntil === undefined ? {} : { deliveredUntil }),
    cells: cells.length,
    proven: count('proven'),
    present: count('present'),
    silent: count('silent'),
    unreadable: spans(cells.filter((it) => it.state === 'unreadable')),
  };
}

function spans(cells: readonly CoverageCell[]): readonly UnreadableHours[] {
  const found: { accountId: string; region: string; from: string; to: string }[] = [];
  const sorted = cells.toSorted(
    (a, b) => byText(a.account, b.account) || byText(a.region, b.region) || byText(a.hour, b.hour),
  );
  for (const { account, region, hour: text } of sorted) {
    const from = `${text}:00:00.000Z`;
    const to = new Date(Date.parse(from) + hour).toISOString();
    const last = found.at(-1);
    if (last !== undefined && last.accountId === account && last.region === region && last.to === from) last.to = to;
    else found.push({ accountId: account, region, from, to });
  }
  return found;
}
