import { ABSENT, JsonValue, Unknown, ViewList, type Value } from './values.js';

/** What a value of the kind `json` is read as where something of another kind is wanted. */
export type Coercion = 'text' | 'int' | 'bool' | 'list' | 'texts';

const nothingKnown = new Unknown([]);

/**
 * A value of JSON, as expressions see it: null is absent.
 *
 * @param unreadable - what a part is that cannot be read as what is asked of it
 */
export function fromJson(data: unknown, unreadable: Unknown): Value {
  if (data === null || data === undefined) return ABSENT;
  return isOmitted(data) ? unreadable : new JsonValue(data, unreadable);
}

/**
 * CloudTrail leaves out what is too large for a record. An object that holds nothing but the note of it is not known:
 * it is not absent.
 */
function isOmitted(data: unknown): boolean {
  if (!isJsonObject(data) || data['omitted'] !== true) return false;
  return Object.keys(data).every((key) => key === 'omitted' || key === 'originalSize' || key === 'reason');
}

function isJsonObject(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** A field of a value of JSON. What has no fields is not what the expression takes it for, so nothing is known. */
export function fieldOfJson({ json, unreadable }: JsonValue, field: string): Value {
  if (!isJsonObject(json)) return unreadable;
  return Object.hasOwn(json, field) ? fromJson(json[field], unreadable) : ABSENT;
}

/** The value as the kind that is wanted. What is of no such kind is not known. */
export function coerced(value: Value, to: Coercion): Value {
  if (value instanceof ViewList && to === 'texts') return new ViewList(value.members.map((it) => coerced(it, 'text')));
  if (!(value instanceof JsonValue)) return value;
  switch (to) {
    case 'text': {
      return textOfJson(value);
    }
    case 'int': {
      return intOf(value) ?? value.unreadable;
    }
    case 'bool': {
      return boolOf(value) ?? value.unreadable;
    }
    case 'list':
    case 'texts': {
      const members = membersOf(value);
      if (members === undefined) return value.unreadable;
      return new ViewList(to === 'list' ? members : members.map((it) => coerced(it, 'text')));
    }
  }
}

/** Text as it is, and any other value as JSON writes it. */
export function textOfJson({ json }: JsonValue): string {
  return typeof json === 'string' ? json : (JSON.stringify(json) ?? '');
}

function intOf({ json }: JsonValue): number | undefined {
  const number = typeof json === 'string' && /^-?\d{1,16}$/.test(json) ? Number(json) : json;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** CloudTrail writes some booleans as text. */
function boolOf({ json }: JsonValue): boolean | undefined {
  if (typeof json === 'boolean') return json;
  const text = typeof json === 'string' ? json.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Members that are null are none. */
function membersOf({ json, unreadable }: JsonValue): readonly Value[] | undefined {
  if (!Array.isArray(json)) return undefined;
  // Array.isArray() knows the members as any.
  const members = json as readonly unknown[];
  return members.map((it) => fromJson(it, unreadable)).filter((it) => it !== ABSENT);
}

/** The value of a key, where the map is JSON. */
export function keyOfJson(map: JsonValue, key: Value): Value {
  return typeof key === 'string' ? fieldOfJson(map, key) : nothingKnown;
}
