import { day, startOfDay, type Window } from './window.js';

/** The days that a window touches, as records write them: `2026-11-20`. */
export function dayText({ from, to }: Window): readonly string[] {
  const days: string[] = [];
  for (let it = startOfDay(from); it < to; it += day) days.push(new Date(it).toISOString().slice(0, 10));
  return days;
}
