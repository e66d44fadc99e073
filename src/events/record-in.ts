import { isObject } from '../model/is-object.js';
import type { EventRecord } from '../model/log-events.js';
import { isAmbiguous } from './repeated-names.js';

/** The record in a text; undefined where it is none, or a name occurs twice in it, so that nobody knows what it says. */
export function recordIn(text: string): EventRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const bytes = Buffer.from(text);
    return isObject(value) && !isAmbiguous(bytes, 0, bytes.length, value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
