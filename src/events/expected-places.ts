import type { Window } from './window.js';

/** An account in a Region whose events must be there, and since when. */
export interface ExpectedPlace {
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch; undefined: all the time. */
  readonly since?: number;
}

/** The part of the window in which something is expected of a place. */
export function spanOf({ since }: ExpectedPlace, window: Window): Window {
  return { from: Math.max(window.from, since ?? window.from), to: window.to };
}
