import type { HttpAnswer } from './answer.js';

/** An answer of the JSON protocols: dates as seconds since 1970, members without value left out. */
export function jsonAnswer(value: object): HttpAnswer {
  return { status: 200, headers: {}, body: JSON.stringify(value, datesAsSeconds) };
}

function datesAsSeconds(this: unknown, key: string, value: unknown): unknown {
  // JSON.stringify hands over dates as text already; the date itself is still in the object that holds it.
  const held: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : undefined;
  return held instanceof Date ? held.getTime() / 1000 : value;
}
