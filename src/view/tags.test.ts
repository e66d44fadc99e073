import { describe, expect, test } from 'vitest';
import { isViewMap, Unknown, ViewList, type ViewObject } from '../expression/index.js';
import { absent, known, unknown } from '../model/known.js';
import { aBucket, aGap, anInventory, aTrail } from '../../test/support/inventory-builders.js';
import type { Inventory } from '../model/inventory.js';
import { buildView } from './index.js';

const tags = known({ 'aws:cloudformation:stack-id': 's-1', owner: 'security', stage: '', __proto__key: 'x' });

function first(inventory: Inventory, kind: 'trail' | 'log-bucket'): ViewObject {
  const [target] = buildView(inventory).targets(kind);
  if (target === undefined) throw new Error(`There is no ${kind}.`);
  return target.object;
}

function withoutTags<T extends { tags?: unknown }>(it: T): Omit<T, 'tags'> {
  const copy = { ...it };
  delete copy.tags;
  return copy;
}

const kinds = [
  ['trail', (it: Parameters<typeof aTrail>[0]) => anInventory({ trails: [aTrail(it)], buckets: [aBucket()] })],
  [
    'log-bucket',
    (it: { tags?: ReturnType<typeof aTrail>['tags'] }) =>
      anInventory({ trails: [aTrail()], buckets: [aBucket(it.tags === undefined ? {} : { tags: it.tags })] }),
  ],
] as const;

describe.each(kinds)('the tags of a %s', (kind, inventoryWith) => {
  test("are read by their keys, of which AWS's own are left out of the list", () => {
    const object = first(inventoryWith({ tags }), kind);
    expect(object.get('tagKeys')).toEqual(new ViewList(['__proto__key', 'owner', 'stage']));
    const map = object.get('tags');
    const read = (key: string) => (typeof map === 'object' && isViewMap(map) ? map.get(key) : undefined);
    expect(['owner', 'stage', 'Owner', 'constructor', 'aws:cloudformation:stack-id'].map(read)).toEqual([
      'security',
      '',
      '',
      '',
      's-1',
    ]);
  });

  test('what is not there has none', () => {
    expect(first(inventoryWith({ tags: absent }), kind).get('tagKeys')).toEqual(new ViewList([]));
  });

  test('what was refused is unknown', () => {
    const inventory = { ...inventoryWith({ tags: unknown('refused') }), gaps: [aGap({ id: 'refused' })] };
    expect(first(inventory, kind).get('tagKeys')).toEqual(new Unknown(['refused']));
    expect(first(inventory, kind).get('tags')).toEqual(new Unknown(['refused']));
  });

  test('an inventory that was read without them does not say that there are none', () => {
    const { trails, buckets, ...rest } = inventoryWith({ tags });
    const without = { ...rest, trails: trails.map(withoutTags), buckets: buckets.map(withoutTags) };
    expect(first(without, kind).get('tagKeys')).toBeInstanceOf(Unknown);
  });
});
