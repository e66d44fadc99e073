/**
 * Computes once for each object: what follows from a part of a document alone is the same in each question, and the
 * automata of its patterns are built only once.
 */
export function memo<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/** Remembers what was computed for the keys that were asked for last, so many of them. */
export function recent<K, T>(size: number, keyOf: (it: K) => string, compute: (it: K) => T): (it: K) => T {
  const known = new Map<string, { readonly value: T }>();
  return (it) => {
    const key = keyOf(it);
    const found = known.get(key) ?? { value: compute(it) };
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > size && oldest !== undefined) known.delete(oldest);
    return found.value;
  };
}
