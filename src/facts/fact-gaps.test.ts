import { describe, expect, test } from 'vitest';
import { FactGaps } from './fact-gaps.js';

const gap = {
  call: 'organizations:ListPolicies',
  accountId: '111111111111',
  region: 'global',
  reason: 'unsupported',
  message: 'Not read yet.',
  at: '2026-11-21T00:00:00.000Z',
} as const;

describe('gaps of facts', () => {
  test('are kept once, whenever and however often they are noted', () => {
    const gaps = new FactGaps();
    const id = gaps.add(gap);
    expect(gaps.add({ ...gap, at: '2027-01-01T00:00:00.000Z' })).toBe(id);
    expect(gaps.all()).toEqual([{ id, ...gap }]);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  test('differ by what they are about', () => {
    const gaps = new FactGaps();
    const ids = [gap, { ...gap, resource: 'a' }, { ...gap, region: 'b' }].map((it) => gaps.add(it));
    expect(new Set(ids).size).toBe(3);
    expect(gaps.all().map(({ id }) => id)).toEqual(ids.toSorted());
  });
});
