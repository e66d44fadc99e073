/** A span of event time in milliseconds since the epoch; its end is no part of it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `2026-11-20T10`, in UTC. */
export function hourText(time: number): string {
  return new Date(time).toISOString().slice(0, 13);
}

/** The beginnings of the hours that a window touches, in order. */
export function hoursOf({ from, to }: Window): number[] {
  const hours: number[] = [];
  for (let it = startOfHour(from); it < to; it += hour) hours.push(it);
  return hours;
}

export function startOfHour(time: number): number {
  return Math.floor(time / hour) * hour;
}

export function startOfDay(time: number): number {
  return Math.floor(time / day) * day;
}

/** `2026/11/20`, as folders of a day are called. */
export function dayPath(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
}

/** The clocks of services and of delivery are not the same, and names have the minute alone. */
const clockSlack = 5 * minute;

/** How long after the event what holds it is still looked for: what is not there may hold events of so long before. */
export const latest = 24 * hour;

/** When what holds events of the window was delivered. */
export function deliverySpan({ from, to }: Window): Window {
  return { from: Math.floor((from - clockSlack) / minute) * minute, to: to + latest };
}

/** Until when what holds events of the window was delivered, as far as it can be there at a time. RFC 3339. */
export function deliveredUntil(window: Window, at: string): string {
  return new Date(Math.min(deliverySpan(window).to, Date.parse(at))).toISOString();
}
