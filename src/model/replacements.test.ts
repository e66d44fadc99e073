import { describe, expect, test } from 'vitest';
import { Replacements, type Replaceable } from './replacements.js';

const account = '111122223333';

function known(...pairs: readonly (readonly [original: string, by: string, verified?: boolean])[]): Replacements {
  const all = new Replacements();
  for (const [original, by, verified = false] of pairs) all.add({ original, by, account, verified });
  return all;
}

const event = (eventID: string, verified = false): Replaceable => ({ eventID, account, verified });

describe('what later records replace', () => {
  test('is replaced, also by a chain of them', () => {
    const all = known(['a', 'b'], ['b', 'c']);
    expect(['a', 'b', 'c'].map((it) => all.of(event(it)))).toEqual(['replaced', 'replaced', undefined]);
  });

  test('is open where they replace each other, however many', () => {
    for (const pairs of [
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
    ] as const) {
      const all = known(...pairs);
      expect(pairs.map(([it]) => all.of(event(it)))).toEqual(pairs.map(() => 'circle'));
    }
  });

  test('is open where it is replaced by what is itself in a circle', () => {
    const all = known(['a', 'b'], ['b', 'c'], ['c', 'b']);
    expect(all.of(event('a'))).toBe('circle');
    expect(known(['a', 'b'], ['b', 'c'], ['c', 'b'], ['a', 'd']).of(event('a'))).toBe('replaced');
  });

  test('is as it was where it is verified and the update is not', () => {
    const all = known(['a', 'b']);
    expect(all.of(event('a', true))).toBeUndefined();
    expect(known(['a', 'b', true]).of(event('a', true))).toBe('replaced');
  });

  test('is replaced where only a forged record closes the circle', () => {
    const all = known(['a', 'b', true], ['b', 'a', false]);
    expect(all.of(event('a', true))).toBe('replaced');
    expect(all.of(event('b', true))).toBeUndefined();
  });

  test('is not what another account has', () => {
    expect(known(['a', 'b']).of({ ...event('a'), account: '444455556666' })).toBeUndefined();
  });
});
