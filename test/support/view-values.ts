import {
  ABSENT,
  Duration,
  isViewMap,
  JsonValue,
  isViewObject,
  Timestamp,
  Unknown,
  ViewList,
  type Value,
  type ViewObject,
} from '../../src/expression/index.js';
import type { TargetType } from '../../src/model/results.js';
import { type View } from '../../src/view/index.js';

/** A value of the View as plain data that a test can compare: objects by their label, unknowns by their gaps. */
export function plain(value: Value): unknown {
  if (value === ABSENT) return 'absent';
  if (value instanceof Unknown) return { unknown: value.gaps };
  if (value instanceof Timestamp) return new Date(value.milliseconds).toISOString();
  if (value instanceof Duration) return `${value.milliseconds} ms`;
  if (value instanceof ViewList) return plainList(value);
  if (typeof value !== 'object') return value;
  if (value instanceof JsonValue) return value.json;
  return isViewMap(value) ? 'map' : (value.label ?? value.type);
}

function plainList({ members, doubtful, rest }: ViewList): unknown {
  const known = members.map(plain);
  if (doubtful.length === 0 && rest === undefined) return known;
  return {
    known,
    ...(doubtful.length === 0 ? {} : { doubtful: doubtful.map((it) => [plain(it.value), it.because.gaps]) }),
    ...(rest === undefined ? {} : { rest: rest.gaps }),
  };
}

/** The value at a path of fields and list indexes, e.g. `trails.0.delivery.logs.error`, and map keys in brackets. */
export function at(object: ViewObject, path: string): unknown {
  return plain(valueAt(object, path));
}

export function valueAt(object: ViewObject, path: string): Value {
  let value: Value = object;
  for (const step of path.match(/[^.[\]]+|\[[^\]]+\]/g) ?? []) value = follow(value, step.replace(/^\[|\]$/g, ''));
  return value;
}

function follow(value: Value, step: string): Value {
  if (value instanceof ViewList) {
    const member = value.members[Number(step)];
    if (member === undefined) throw new Error(`The list has no member ${step}.`);
    return member;
  }
  if (typeof value === 'object' && (isViewMap(value) || isViewObject(value))) return value.get(step);
  throw new Error(`${String(plain(value))} has no ${step}.`);
}

/** The object of the target with this id, or of the first one. */
export function targetOf(view: View, type: TargetType, id?: string): ViewObject {
  const target = view.targets(type).find((it) => id === undefined || it.id === id);
  if (target === undefined) throw new Error(`There is no ${type} ${id ?? ''}.`);
  return target.object;
}
