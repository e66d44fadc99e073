import { MalformedAnswer } from './malformed-answer.js';

/** AWS's older status fields say "none" with an empty string. */
export function optionalText(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

/** RFC 3339, or undefined; a date that is none is malformed. */
export function optionalTime(time: Date | string | undefined, member: string): string | undefined {
  if (time === undefined || time === '') return undefined;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new MalformedAnswer(`The answer's ${member} is not a time.`);
  return date.toISOString();
}

/** The object without the members that are undefined: what is not there is not written. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
