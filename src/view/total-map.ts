import type { Value, ViewMap } from '../expression/index.js';

/** A map that has a value for every key, computed when it is asked for. */
export function totalMap(compute: (key: string) => Value): ViewMap {
  const values = new Map<string, Value>();
  return {
    isMap: true,
    keys: undefined,
    get(key) {
      const value = values.get(key) ?? compute(key);
      values.set(key, value);
      return value;
    },
  };
}
