import type { History, Interval, State } from '../../src/model/history.js';
import { aFingerprint, aTarget } from './results-builders.js';

/** From when on, what, and what else is said of it: `02T06` is 06:00 of the second of March. */
export type Step = readonly [at: string, state: State, more?: Partial<Interval>];

/** Nobody looked. */
export const unseen: Partial<Interval> = { gaps: ['no-run'] };

/** A history of the first week of March, of which each timeline is a list of steps. */
export function aHistory(...all: readonly (readonly Step[])[]): History {
  const window = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' };
  const seconds = { compliant: 0, nonCompliant: 0, notApplicable: 0, insufficientData: 0, notThere: 0 };
  return {
    schemaVersion: '1',
    tool: { name: 'trailproof', version: '1.0.0' },
    window,
    source: 'results',
    changePoints: 0,
    policies: [],
    runs: {
      read: 1,
      days: 7,
      covered: 6,
      missed: [{ day: '2026-03-04', why: 'no-run', message: 'no run' }],
    },
    timelines: all.map((steps, index) => ({
      policyId: `policy-${index}`,
      severity: 'high',
      target: aTarget(),
      fingerprint: aFingerprint(`policy-${index}`),
      seconds,
      worst: null,
      intervals: steps.map(([at, state, more], nth): Interval => {
        const next = steps[nth + 1]?.[0];
        return {
          state,
          from: moment(at),
          to: next === undefined ? window.to : moment(next),
          seconds: 0,
          message: '',
          gaps: [],
          began: {
            at: moment(at),
            items: [],
            ...(nth === 0 ? {} : { between: { before: moment(at), after: moment('01T00') } }),
          },
          ended: next === undefined ? null : { at: moment(next), items: [] },
          ...more,
        };
      }),
    })),
    gaps: [],
    summary: { timelines: all.length, everNonCompliant: 0, nonCompliantNow: 0, seconds, worst: null },
  };
}

function moment(at: string): string {
  return `2026-03-${at}:00:00.000Z`;
}
