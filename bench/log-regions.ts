import { alwaysEnabledRegions } from '../src/model/identifiers.js';

/** So many Regions that each account has, the trail's own among them. */
export function regionsOf(count: number): string[] {
  const others = alwaysEnabledRegions('aws').filter((it) => it !== 'us-east-1');
  return ['us-east-1', ...others].slice(0, count);
}
