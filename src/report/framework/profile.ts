import type { FrameworkControl } from '../../model/framework.js';

/** `L2, manual`: what the benchmark itself says of a recommendation; empty where it says nothing. */
export function profileOf({ level, assessment }: FrameworkControl): string {
  return [...(level === undefined ? [] : [`L${level}`]), ...(assessment === undefined ? [] : [assessment])].join(', ');
}

/** What a reader must know of these, where a framework has any. */
export const profileNote =
  'Level, and automated or manual, are what the benchmark itself calls a recommendation. A policy may decide what it calls manual.';
