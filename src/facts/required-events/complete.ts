import { fieldOf, isEventObject, isOpen, type EventObject, type EventValue } from '../partial-event/index.js';

/** The event with this value at this place. */
export function replaced(event: EventObject, path: readonly string[], value: EventValue): EventObject {
  const [key, ...rest] = path;
  if (key === undefined) return event;
  if (rest.length === 0) return { ...event, [key]: value };
  const inner = fieldOf(event, key);
  return { ...event, [key]: replaced(inner !== undefined && isEventObject(inner) ? inner : {}, rest, value) };
}

/** The event without the field at this place. */
export function withoutField(event: EventObject, path: readonly string[]): EventObject {
  const [key, ...rest] = path;
  if (key === undefined) return event;
  if (rest.length === 0) return Object.fromEntries(Object.entries(event).filter(([it]) => it !== key));
  const inner = fieldOf(event, key);
  return inner !== undefined && isEventObject(inner) ? { ...event, [key]: withoutField(inner, rest) } : event;
}

/** An event that can be shown: what may be absent is left out, all else has its commonest value. */
export function completed(event: EventObject): EventObject {
  return Object.fromEntries(
    Object.entries(event).flatMap(([key, value]) => {
      const plain = completedValue(value);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}

function completedValue(value: EventValue): EventValue | undefined {
  if (!isOpen(value)) return isEventObject(value) ? completed(value) : value;
  if (value.mayBeAbsent) return undefined;
  switch (value.of) {
    case 'text':
      return value.typical[0];
    case 'values':
      return value.values[0] ?? null;
    case 'anything':
      return null;
  }
}
