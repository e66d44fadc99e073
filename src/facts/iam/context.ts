import type { KeyValue } from './compile-test.js';
import { freely } from './condition-keys.js';
import type { ContextValue, RequesterKind, Requests } from './request.js';

/** What is known of the requests' condition keys, by key in lower case. */
export type Context = (key: string) => ContextValue;

export function contextOf(kind: RequesterKind, requests: Requests): Context {
  const all = [...Object.entries(kind.context), ...Object.entries(requests.context ?? {})];
  const known = new Map(all.map(([key, value]) => [key.toLowerCase(), value]));
  const others = known.get('*');
  return (key) => {
    const value = known.get(key) ?? known.get(key.replace(/\/.*$/s, '/*')) ?? others ?? freely(key);
    if (value.state !== 'unknown' || value.within !== undefined) return value;
    // Whatever it is, it is something that the key can be.
    const within = freely(key);
    return within.state === 'unknown' ? value : { ...value, within };
  };
}

/** The value that a policy variable stands for. */
export function variableValue(value: ContextValue): KeyValue {
  switch (value.state) {
    case 'value':
      return { state: 'values', values: value.values };
    case 'absent':
      return { state: 'absent' };
    case 'unknown':
      return { state: 'unknown', why: value.why };
    case 'any':
    case 'outside':
      return { state: 'unknown', why: 'differs from one request to another' };
  }
}
