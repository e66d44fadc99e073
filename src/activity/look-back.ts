import type { ViewObject } from '../expression/index.js';
import type { CoverageCell, EventCoverage } from '../model/log-events.js';
import type { Window } from './collector.js';
import type { CompiledActivity } from './compiled-activity.js';
import { quantityOf } from './scope.js';

const hour = 3_600_000;

/** How long before the window what a policy counts, or waits for, may begin and reach into it: milliseconds. */
export function lookBackOf({ form }: CompiledActivity, params: ViewObject): number {
  if (form.kind !== 'at-most' && form.kind !== 'followed-by') return 0;
  return quantityOf(form.within, params) ?? 0;
}

/** Where reading begins for series that reach into the window: at a whole hour, as hours are there or not. */
export function readFrom(from: number, lookBack: number): number {
  return lookBack === 0 ? from : Math.floor((from - lookBack) / hour) * hour;
}

/** The coverage of a longer reading as that of the window that is asked: hours before it stand for themselves. */
export function coverageFrom(coverage: EventCoverage, from: string): EventCoverage {
  const asked = Date.parse(from);
  if (asked <= Date.parse(coverage.from)) return coverage;
  const startOf = ({ hour: text }: CoverageCell): number => Date.parse(`${text}:00:00Z`);
  return {
    ...coverage,
    from,
    cells: coverage.cells.filter((it) => startOf(it) + hour > asked),
    before: { from: coverage.from, cells: coverage.cells.filter((it) => startOf(it) < asked) },
  };
}

/** The time of which events are at hand: the window, and what was read before it. */
export function windowAtHand({ before }: EventCoverage, window: Window): Window {
  return before === undefined ? window : { from: Math.min(window.from, Date.parse(before.from)), to: window.to };
}
