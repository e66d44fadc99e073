import { isObject } from '../../model/is-object.js';
import { MalformedAnswer } from '../malformed-answer.js';

/** Members of a JSON object whose shape nobody has checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The member as an object; undefined where it is missing, null or an empty text. */
export function objectIn(object: JsonObject, member: string): JsonObject | undefined {
  const value = object[member];
  if (isNothing(value)) return undefined;
  if (isObject(value)) return value;
  throw new MalformedAnswer(`The configuration item's ${member} is not an object.`);
}

/** The member as a list of objects; empty where it is missing or null. */
export function objectsIn(object: JsonObject, member: string): readonly JsonObject[] {
  const value = object[member];
  if (isNothing(value)) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new MalformedAnswer(`The configuration item's ${member} is not a list of objects.`);
}

/** The member as text; undefined where it is missing, null or empty. */
export function textIn(object: JsonObject, member: string): string | undefined {
  const value = object[member];
  if (isNothing(value)) return undefined;
  if (typeof value === 'string') return value;
  throw new MalformedAnswer(`The configuration item's ${member} is not a text.`);
}

export function textsIn(object: JsonObject, member: string): readonly string[] {
  const value = object[member];
  if (isNothing(value)) return [];
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) return value;
  throw new MalformedAnswer(`The configuration item's ${member} is not a list of texts.`);
}

/** The member as true or false, which the API writes as text. */
export function booleanIn(object: JsonObject, member: string): boolean | undefined {
  const value = object[member];
  if (isNothing(value)) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new MalformedAnswer(`The configuration item's ${member} is neither true nor false.`);
}

/** The member as a number; AWS Config writes -1 for what is not set. */
export function numberIn(object: JsonObject, member: string): number | undefined {
  const value = object[member];
  if (isNothing(value) || value === -1) return undefined;
  if (typeof value === 'number') return value;
  throw new MalformedAnswer(`The configuration item's ${member} is not a number.`);
}

/** Undefined also for what is malformed: a member that is not what it should be is not told. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}

function isNothing(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** How deep AWS Config nests JSON in texts: the ACL that the API gives is a text in a text. */
const deepest = 3;

/**
 * The object behind a value that some of the four encodings of an item write as an object, others as a text of JSON,
 * or as a text in a text.
 *
 * @returns undefined where there is nothing
 */
export function decodeObject(value: unknown, what: string): JsonObject | undefined {
  let decoded = value;
  for (let depth = 0; typeof decoded === 'string' && decoded !== '' && depth < deepest; depth += 1) {
    decoded = parse(decoded, what);
  }
  if (isNothing(decoded)) return undefined;
  if (isObject(decoded)) return decoded;
  throw new MalformedAnswer(`The configuration item's ${what} is not an object.`);
}

function parse(text: string, what: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (error) {
    throw new MalformedAnswer(`The configuration item's ${what} is not complete JSON.`, { cause: error });
  }
}

/** A document that stays a text, such as a policy, taken out of the texts that the API wraps around it. */
export function innerText(text: string, what: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'string' ? innerText(parsed, what) : text;
  } catch (error) {
    throw new MalformedAnswer(`The configuration item's ${what} is not complete JSON.`, { cause: error });
  }
}
