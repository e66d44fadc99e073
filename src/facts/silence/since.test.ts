import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aStatus } from '../../../test/support/inventory-builders.js';
import type { TrailStatus } from '../../model/inventory.js';
import { never, quietSince } from './since.js';

const at = (text: string): number => Date.parse(text);
const day = 24 * 60 * 60 * 1000;

function logging(start: string | undefined, stop: string | undefined): TrailStatus {
  const { startLoggingTime: _, ...status } = aStatus();
  return {
    ...status,
    ...(start === undefined ? {} : { startLoggingTime: start }),
    ...(stop === undefined ? {} : { stopLoggingTime: stop }),
  };
}

interface Row {
  readonly name: string;
  readonly last?: string;
  readonly start?: string;
  readonly stop?: string;
  readonly best: number;
  readonly worst?: number;
}

describe('the clock of a channel', () => {
  test.each<Row>([
    { name: 'runs from the last arrival', start: '2026-01-01', last: '2026-11-01', best: at('2026-11-01') },
    { name: 'runs from the first start where nothing arrived', start: '2026-11-01', best: at('2026-11-01') },
    { name: 'says never where nothing is told', best: never },
    {
      name: 'is not renewed by StartLogging',
      last: '2026-09-20',
      start: '2026-11-19',
      best: at('2026-09-20'),
    },
    {
      name: 'is not renewed by a stop of one day in sixty',
      last: '2026-09-20',
      stop: '2026-11-18',
      start: '2026-11-19',
      best: at('2026-09-21'),
      worst: at('2026-09-20'),
    },
    {
      name: 'leaves open whether all the time without an arrival was a stop',
      last: '2026-09-20',
      stop: '2026-09-20T00:05Z',
      start: '2026-11-20',
      best: at('2026-11-20') - 5 * 60_000,
      worst: at('2026-09-20'),
    },
    {
      name: 'takes an arrival shortly after a stop for a late one',
      last: '2026-09-20T00:10Z',
      stop: '2026-09-20T00:00Z',
      start: '2026-11-20',
      best: at('2026-11-20'),
      worst: at('2026-09-20T00:10Z'),
    },
    {
      name: 'takes an arrival long after a stop for one of a later run',
      last: '2026-10-20',
      stop: '2026-09-20',
      start: '2026-11-20',
      best: at('2026-10-20'),
    },
    {
      name: 'leaves open how long it ran before, where nothing ever arrived',
      stop: '2026-11-19',
      start: '2026-11-20',
      best: at('2026-11-20'),
      worst: never,
    },
  ])('$name', ({ last, start, stop, best, worst = best }) => {
    expect(quietSince(last, logging(start, stop))).toEqual({ best, worst });
  });

  test('is never later than the last start, and its kind reading never earlier than the harsh one', () => {
    const time = fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined });
    fc.assert(
      fc.property(time, time, time, (last, start, stop) => {
        const text = (days: number): string => new Date(at('2026-01-01') + days * day).toISOString();
        const status = logging(start === undefined ? start : text(start), stop === undefined ? stop : text(stop));
        const { best, worst } = quietSince(last === undefined ? undefined : text(last), status);
        expect(worst).toBeLessThanOrEqual(best);
        const latest = Math.max(...[last, start].map((it) => (it === undefined ? never : at(text(it)))));
        expect(best).toBeLessThanOrEqual(latest);
        expect(worst).toBeLessThanOrEqual(last === undefined ? latest : at(text(last)));
      }),
    );
  });

  test('is renewed by no restart: a later start after the same arrivals is never read more kindly for certain', () => {
    const days = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(days, days, days, (last, first, pause) => {
        const text = (count: number): string => new Date(at('2026-01-01') + count * day).toISOString();
        const before = aStatus({ startLoggingTime: text(first) });
        const after = aStatus({
          startLoggingTime: text(Math.max(first, last) + pause + 1),
          stopLoggingTime: text(Math.max(first, last) + 1),
        });
        expect(quietSince(text(last), after).worst).toBe(quietSince(text(last), before).worst);
      }),
    );
  });
});
